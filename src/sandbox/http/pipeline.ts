// One request from its headers to its answer: log, fault, delay, body, rate limit, service, socket.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, tooLarge, tooManyRequests } from '../answers';
import type { JsonObject } from '../json';
import { matchRoute, type Route } from '../service/router';
import { refuseByHeaders, serve } from '../service/service';
import type { Tenant } from '../service/tenant';
import { type Fault, type Faults, headersOf, isCarriedOut } from './faults';
import type { RateLimitState, RateLimits } from './rateLimit';
import type { RequestLog, RequestRecord } from './requestLog';
import { type Body, discardBody, readBody, reset, send, sendHalf } from './wire';

export interface Pipeline {
  readonly tenant: Tenant;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  readonly delayMs: number;
  readonly maxBodyBytes: number;
  /** Undefined for the real clock. */
  readonly now: (() => number) | undefined;
  /** Ends every wait when the sandbox closes. */
  readonly closing: AbortSignal;
  /** A write by another client, for the `edit` fault. */
  readonly edit: (userId: string, set: JsonObject) => void;
}

interface Arrived {
  readonly request: IncomingMessage;
  readonly route: Route | undefined;
  readonly query: string;
  readonly body: Body;
  readonly limit: RateLimitState;
}

/** A request for a token needs no token: anybody can send this much. */
const MAX_TOKEN_BODY_BYTES = 64 * 1024;

const WITH_BODY = new Set(['POST', 'PATCH', 'PUT']);

/** @throws if the client goes away, or the sandbox closes, while the request waits. */
export async function handle(pipeline: Pipeline, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const [path = '', query = ''] = splitAtQuery(url);
  const route = matchRoute(method, path);
  const record = pipeline.log.begin(method, url, request.headers, request.rawHeaders);
  const rule = pipeline.faults.take(route?.name, method, url);
  const fault = rule?.fault;

  const delayMs = pipeline.delayMs + (rule?.delayMs ?? 0);
  if (delayMs > 0) await sleep(delayMs, undefined, { signal: pipeline.closing });
  if (fault?.kind === 'resetBeforeRead') {
    reset(request);
    return;
  }
  const body = WITH_BODY.has(method) ? await bodyOf(pipeline, request, route) : { text: '' };
  if ('text' in body) pipeline.log.received(record, body.text);
  const limit = pipeline.rateLimits.take(route?.name);

  if (fault) await aside(pipeline, fault, 'before', record);
  const applied = isCarriedOut(fault) ? carryOut(pipeline, { request, route, query, body, limit }, fault) : undefined;
  if (fault) await aside(pipeline, fault, 'after', record);

  const answer = fault?.kind === 'answer' ? fault.answer : applied;
  if (fault?.kind === 'stallHeaders') fault.stalled?.();
  if (fault?.kind === 'stallHeaders' || answer === undefined) return;
  if (fault?.kind === 'resetAfterApply') {
    reset(request);
    return;
  }
  record.status = answer.status;
  const headers = headersOf(limit, fault, pipeline.now);
  if (fault?.kind === 'stallBody' || fault?.kind === 'truncateJson') sendHalf(response, answer, headers, fault);
  else send(response, answer, headers);
}

/** @throws if the client goes away before the body is complete */
function bodyOf(pipeline: Pipeline, request: IncomingMessage, route: Route | undefined): Body | Promise<Body> {
  const unread = refuseByHeaders(pipeline.tenant, route, request.headers.authorization);
  if (!unread) return readBody(request, route?.name === 'token' ? MAX_TOKEN_BODY_BYTES : pipeline.maxBodyBytes);
  discardBody(request);
  return { unread };
}

function carryOut(pipeline: Pipeline, arrived: Arrived, fault: Fault | undefined): Answer {
  const { request, route, query, body, limit } = arrived;
  if (!limit.allowed) return tooManyRequests();
  if ('unread' in body) return body.unread;
  if ('tooLarge' in body) return tooLarge(body.tooLarge);
  const { authorization, 'content-type': contentType } = request.headers;
  return serve(pipeline.tenant, {
    route,
    query,
    authorization,
    contentType,
    body: body.text,
    ...(fault?.kind === 'hook' && fault.store ? { beforeStore: fault.store } : {}),
  });
}

/** Runs what a fault does before or after the request. */
async function aside(pipeline: Pipeline, fault: Fault, when: 'before' | 'after', record: RequestRecord): Promise<void> {
  if (fault.kind === 'hook') await fault[when]?.(record);
  if (fault.kind === 'edit' && fault.when === when) pipeline.edit(fault.userId, fault.set);
}

function splitAtQuery(url: string): readonly [string, string] {
  const at = url.indexOf('?');
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

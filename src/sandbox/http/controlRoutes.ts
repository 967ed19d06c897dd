// The control over HTTP, under /sandbox/, for tests in another process. Off by default, because it needs no token.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, apiError, NO_CONTENT, ok, unknownRoute, unknownUser } from '../answers';
import { isArray, isObject, type Json, type JsonObject, parseJson } from '../json';
import { decodeId, ROUTES } from '../service/router';
import { ASSERTION_ALGORITHMS, type AssertionAlgorithm } from '../state/clientKeys';
import type { Control } from './control';
import type { Fault, FaultRule } from './faults';
import { refuseControl } from './guard';
import { BUCKET_NAMES } from './plans';
import type { ForeignTraffic } from './rateLimit';
import { discardBody, readBody, send } from './wire';

export const CONTROL_PREFIX = '/sandbox/';

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Kinds that are plain data. `hook` contains code, and works only in the same process. */
const KINDS: Readonly<Record<Exclude<Fault['kind'], 'hook'>, (fault: JsonObject) => boolean>> = {
  answer: ({ answer }) => isObject(answer) && typeof answer.status === 'number' && typeof answer.body === 'string',
  resetBeforeRead: () => true,
  resetAfterApply: () => true,
  stallHeaders: () => true,
  stallBody: () => true,
  truncateJson: () => true,
  clockSkew: ({ skewMs }) => typeof skewMs === 'number',
  delay: () => true,
  edit: ({ userId, set, when }) =>
    typeof userId === 'string' && isObject(set) && (when === 'before' || when === 'after'),
};

export async function handleControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refused = refuseControl(request.headers);
  if (refused) {
    discardBody(request);
    send(response, refused, {});
    return;
  }
  const body = await readBody(request, MAX_BODY_BYTES);
  send(response, answerOf(control, request, 'text' in body ? body.text : ''), {});
}

function answerOf(control: Control, { method = 'GET', url = '/' }: IncomingMessage, text: string): Answer {
  try {
    const [resource, encodedId = '', action] = url.slice(CONTROL_PREFIX.length).split('/');
    const body = text === '' ? null : parseJson(text);
    if (resource === 'requests') return requests(control, method);
    if (resource === 'faults') return faults(control, method, body);
    if (resource === 'drain') return drain(control, method, body);
    if (resource === 'keys') return keys(control, method, body);
    if (resource === 'users' && encodedId !== '') return user(control, method, decodeId(encodedId), action, body);
    return unknownRoute();
  } catch (error) {
    return apiError(400, error instanceof Error ? error.message : 'Bad request');
  }
}

function requests(control: Control, method: string): Answer {
  if (method === 'GET') return ok(JSON.stringify(control.requests));
  if (method !== 'DELETE') return unknownRoute();
  control.clearRequests();
  return NO_CONTENT;
}

function faults(control: Control, method: string, body: Json): Answer {
  if (method === 'DELETE') {
    control.clearFaults();
    return NO_CONTENT;
  }
  if (method !== 'POST') return unknownRoute();
  const rules: readonly unknown[] = isArray(body) ? body : [body];
  if (!rules.every(isFaultRule))
    return apiError(400, 'A fault rule is {route?, method?, path?, skip?, times?, delayMs?, fault: {kind, …}}.');
  for (const rule of rules) control.fail(rule);
  return NO_CONTENT;
}

function drain(control: Control, method: string, body: Json): Answer {
  if (method !== 'POST') return unknownRoute();
  if (!isForeignTraffic(body)) return apiError(400, 'Foreign traffic is {bucket?, requests} or {bucket?, perSecond}.');
  control.drain(body);
  return NO_CONTENT;
}

function keys(control: Control, method: string, body: Json): Answer {
  if (method !== 'POST') return unknownRoute();
  const { publicKey, algorithms = ASSERTION_ALGORITHMS } = isObject(body) ? body : {};
  if (typeof publicKey !== 'string' || !isArray(algorithms) || !algorithms.every(isAlgorithm)) {
    return apiError(400, `A key is {publicKey, algorithms?}, with algorithms of ${ASSERTION_ALGORITHMS.join(', ')}.`);
  }
  return ok(JSON.stringify({ keyId: control.registerPublicKey(publicKey, algorithms) }), 201);
}

function user(control: Control, method: string, id: string, action: string | undefined, body: Json): Answer {
  if (method === 'PUT' && action === undefined && isObject(body)) {
    control.put({ ...body, user_id: id });
    return ok(JSON.stringify(control.user(id)));
  }
  if (control.user(id) === undefined) return unknownUser();
  if (method === 'POST' && action === 'login') return ok(JSON.stringify(control.login(id)));
  if (action !== undefined) return unknownRoute();
  if (method === 'GET') return ok(JSON.stringify(control.user(id)));
  if (method === 'PATCH' && isObject(body)) return ok(JSON.stringify(control.set(id, body)));
  if (method !== 'DELETE') return unknownRoute();
  control.delete(id);
  return NO_CONTENT;
}

function isAlgorithm(value: Json): value is AssertionAlgorithm {
  return ASSERTION_ALGORITHMS.some(name => name === value);
}

function isForeignTraffic(value: unknown): value is ForeignTraffic {
  if (!isObject(value)) return false;
  const { bucket, requests, perSecond } = value;
  const isAmount = (amount: unknown): boolean => typeof amount === 'number' && amount >= 0;
  const isBucket = bucket === undefined || BUCKET_NAMES.some(name => name === bucket);
  return isBucket && (requests === undefined ? isAmount(perSecond) : isAmount(requests) && perSecond === undefined);
}

function isFaultRule(value: unknown): value is FaultRule {
  if (!isObject(value) || !isObject(value.fault)) return false;
  const { route, method, path, skip, times, delayMs, fault } = value;
  const optional = (member: unknown, type: string): boolean => member === undefined || typeof member === type;
  const kind = Object.entries(KINDS).find(([name]) => name === fault.kind);
  return (
    kind?.[1](fault) === true &&
    (route === undefined || ROUTES.some(name => name === route)) &&
    [method, path].every(member => optional(member, 'string')) &&
    [skip, times, delayMs].every(member => optional(member, 'number'))
  );
}

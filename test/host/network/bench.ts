// What the tests of proxies share: an https tenant of our own behind a proxy, which the extension reaches by its domain.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import type { Identity } from '../../support/certificate';
import { type Connect, type HttpsTenant, serveOverHttps } from '../../support/httpsTenant';

/** The module itself, whose functions VS Code replaces, too; an import could not be changed. */
export const tls: typeof import('node:tls') = require('node:tls');

export type Settings = Readonly<Record<string, unknown>>;

/** What NODE_EXTRA_CA_CERTS has let this host believe since it started; undefined if it was not our launcher's. */
export const EXTRA: Identity | undefined = JSON.parse(process.env.HOST_TEST_EXTRA_IDENTITY ?? 'null') ?? undefined;

export function skipWithout(context: Mocha.Context, identity: Identity | undefined): Identity {
  return identity ?? context.skip();
}

export interface Network {
  readonly sandbox: Sandbox;
  readonly tenant: HttpsTenant;
  /** Opens a user. @returns whether the document came, and over which connections: `opened: direct` by the kind, `failed: 407, 407` each */
  readonly open: () => Promise<string>;
  readonly close: () => Promise<void>;
}

const USERS = 60;

/** A tenant with the certificate of `identity`, connected in the extension. Its users are `auth0|1`, `auth0|2`, … */
export async function connectOverHttps(identity: Identity): Promise<Network> {
  const domain = identity.name;
  const users = Array.from({ length: USERS }, (_, i) => ({ user_id: `auth0|${i + 1}`, email: `${i + 1}@example.com` }));
  const sandbox = await startSandbox({ domain, users, recordBodies: true });
  const tenant = await serveOverHttps(sandbox, identity);
  const direct = rerouteDirect(domain, tenant.httpsPort);
  await vscode.commands.executeCommand('auth0Metadata.addTenant', { domain, token: sandbox.token });
  let opened = 0;
  return {
    sandbox,
    tenant,
    open: async () => {
      // Nobody reads the connection that an earlier test has left.
      tenant.cut();
      direct.count = 0;
      // A document that was open before would cost no request.
      const userId = `auth0|${++opened}`;
      assert(opened <= USERS, 'more users are needed');
      const uri = await vscode.commands.executeCommand('auth0Metadata.openUser', { userId, tenant: domain });
      const connections = [...Array<string>(direct.count).fill('direct'), ...tenant.connects.map(inWords)];
      if (uri === undefined) return `failed: ${connections.join(', ')}`;
      // A connection that was just cut may be tried first, and another one opened: what counts is the way.
      return `opened: ${[...new Set(connections)].join(', ')}`;
    },
    close: async () => {
      direct.end();
      await apply({});
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.commands.executeCommand('auth0Metadata.removeTenant', { tenant: domain });
      await tenant.close();
      await sandbox.close();
    },
  };
}

function inWords({ status, authorization }: Connect): string {
  const what = status === 200 ? 'proxy' : String(status);
  return authorization === undefined ? what : `${what} with ${authorization}`;
}

/** Leads connections without a proxy to `port`: no name server knows the domain, and not everybody may listen on 443. */
function rerouteDirect(domain: string, port: number): { count: number; end(): void } {
  const { connect } = tls;
  const rerouted = {
    count: 0,
    end: () => {
      tls.connect = connect;
    },
  };
  const reroute = (...args: readonly unknown[]) => {
    const [options, ...more] = args;
    const isOurs = typeof options === 'object' && options !== null && 'host' in options && options.host === domain;
    // A tunnel of the proxy is a socket already.
    if (!isOurs || ('socket' in options && options.socket)) return Reflect.apply(connect, tls, args);
    rerouted.count += 1;
    return Reflect.apply(connect, tls, [{ ...options, host: '127.0.0.1', port }, ...more]);
  };
  Object.assign(tls, { connect: reroute });
  return rerouted;
}

const applied = new Map<string, unknown>();

/** Sets these settings of VS Code, where its user would, and takes away what the last call has set beyond them. */
export async function apply(settings: Settings): Promise<void> {
  for (const name of new Set([...applied.keys(), ...Object.keys(settings)])) {
    const value = settings[name];
    // Each update takes as long as everything else in a test.
    if (isDeepStrictEqual(applied.get(name), value)) continue;
    await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
    applied.set(name, value);
  }
}

/** Sets variables of the extension host's environment as long as `task` runs; undefined takes one away. */
export async function withEnv<T>(
  env: Readonly<Record<string, string | undefined>>,
  task: () => Promise<T>,
): Promise<T> {
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  const before = Object.keys(env).map(name => [name, process.env[name]] as const);
  for (const [name, value] of Object.entries(env)) set(name, value);
  try {
    return await task();
  } finally {
    for (const [name, value] of before) set(name, value);
  }
}

// A VS Code server is its user's alone: on both versions, for every route, and where its token could be read.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import * as path from 'node:path';
import { after, before, describe } from 'node:test';
import { launchBrowser } from '../workbench/browser';
import { fetchCodeServer, MINIMUM_VERSION, NEWEST_VERSION } from '../workbench/codeServer';
import { installCompanion } from '../workbench/companion/install';
import { WorkbenchServer } from '../workbench/server';
import { createThrowawayFolder, type ThrowawayFolder } from '../workbench/throwaway';
import { scenario } from './harness';

const TENANT = { url: 'http://127.0.0.1:1', domain: 'acme.localhost', token: 't', clientId: 'c', clientSecret: 's' };
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const SOCKET = '/?reconnectionToken=00000000-0000-4000-8000-000000000000&reconnection=false&skipWebSocketFrames=false';

for (const version of [MINIMUM_VERSION, NEWEST_VERSION]) {
  describe(`the server of VS Code ${version}`, () => {
    let profile: ThrowawayFolder;
    let server: WorkbenchServer;
    before(async () => {
      profile = createThrowawayFolder('access');
      const extensionsFolder = path.join(profile.path, 'extensions');
      installCompanion(extensionsFolder, TENANT);
      server = await WorkbenchServer.start(await fetchCodeServer(version), {
        dataFolder: path.join(profile.path, 'data'),
        extensionsFolder,
        settings: { 'workbench.startupEditor': 'none' },
      });
    });
    after(async () => {
      await server.stop();
      profile.remove();
    });

    type Headers = Readonly<Record<string, string>>;
    const send = (method: string, url: string, headers: Headers): ClientRequest =>
      request({ host: '127.0.0.1', port: server.port, method, path: url, headers, agent: false }).end();
    const status = async (method: string, url: string, headers: Headers = {}): Promise<number | undefined> => {
      const [response]: IncomingMessage[] = await once(send(method, url, headers), 'response');
      response?.resume();
      return response?.statusCode;
    };
    /** What an upgrade is answered with. */
    const upgraded = (headers: Headers): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = send('GET', SOCKET, { ...UPGRADE, ...headers });
        sent.on('response', response => resolve(response.resume().statusCode));
        sent.on('upgrade', (response, socket) => {
          socket.destroy();
          resolve(response.statusCode);
        });
        sent.on('error', reject);
      });
    const cookie = () => `vscode-tkn=${server.token}`;
    const ROUTES = [
      ...[['GET', '/'] as const, ['GET', '/version'] as const, ['POST', '/mint-key'] as const],
      ...[
        ['GET', '/vscode-remote-resource?path=%2Fetc%2Fhostname'] as const,
        ['GET', '/static/out/nls.keys.json'] as const,
      ],
    ];

    scenario('gives nothing to who has no token, or another', async () => {
      for (const [method, route] of ROUTES) {
        assert.equal(await status(method, route), 403, route);
        assert.equal(
          await status(method, route, { cookie: `vscode-tkn=${'x'.repeat(server.token.length)}` }),
          403,
          route,
        );
      }
      assert.equal(await upgraded({}), 403);
    });

    scenario('gives nothing under another name, even with the token', async () => {
      const rebound = { cookie: cookie(), host: `rebound.example:${server.port}` };
      for (const [method, route] of ROUTES) assert.equal(await status(method, route, rebound), 403, route);
      assert.equal(await upgraded(rebound), 403);
    });

    scenario('gives nothing to the page of another site, even with the token', async () => {
      for (const origin of ['http://rebound.example', 'http://127.0.0.1:1', 'null']) {
        assert.equal(await status('POST', '/mint-key', { cookie: cookie(), origin }), 403);
        assert.equal(await upgraded({ cookie: cookie(), origin }), 403);
      }
    });

    scenario('answers who has the token', async () => {
      assert.equal(await status('GET', new URL(server.url).pathname + new URL(server.url).search), 302);
      for (const [method, route] of ROUTES) assert.equal(await status(method, route, { cookie: cookie() }), 200, route);
      const origin = new URL(server.url).origin;
      assert.equal(await upgraded({ cookie: cookie(), origin }), 101);
    });

    scenario('shows a workbench that misses nothing, and writes its token down in one place alone', async () => {
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage();
        const forbidden: string[] = [];
        page.on('response', response => {
          if (response.status() === 403) forbidden.push(new URL(response.url()).pathname);
        });
        await page.goto(server.url);
        await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
        // The companion runs in the extension host: it is up, and has failed to find the extension.
        await page.locator('.notification-list-item', { hasText: 'The sample tenant was not connected' }).waitFor();
        assert.deepEqual(forbidden, []);
        // A token may begin with a hyphen.
        const search = ['-rlF', '-D', 'skip', '-e', server.token, profile.path];
        const { stdout } = spawnSync('grep', search, { encoding: 'utf8' });
        assert.equal(stdout.trim(), path.join(profile.path, 'data', 'connection-token'));
        const processes = spawnSync('ps', ['-e', '-ww', '-o', 'args'], { encoding: 'utf8' }).stdout;
        assert(processes.includes('connection-token-file'));
        assert(!processes.includes(server.token));
      } finally {
        await browser.close();
      }
    });

    scenario('lies in folders that are closed to others', () => {
      const mode = (...names: string[]) => (statSync(path.join(profile.path, ...names)).mode & 0o777).toString(8);
      assert.deepEqual([mode(), mode('data'), mode('extensions')], ['700', '700', '700']);
      for (const file of ['connection-token', 'server.log', path.join('data', 'User', 'settings.json')]) {
        assert.equal(mode('data', file), '600', file);
      }
      const [companion = ''] = readdirSync(path.join(profile.path, 'extensions')).filter(name =>
        name.includes('companion'),
      );
      assert.equal(mode('extensions', companion), '700');
      for (const file of readdirSync(path.join(profile.path, 'extensions', companion))) {
        assert.equal(mode('extensions', companion, file), '600', file);
      }
      return Promise.resolve();
    });
  });
}

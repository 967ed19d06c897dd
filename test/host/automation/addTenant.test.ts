// The contract for automation: `addTenant` with arguments asks nothing, unless a tenant would move elsewhere.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startSandbox } from '../../../src/sandbox/http/server';
import { type Bench, open, replace, requests } from '../support';
import { connectTwoUsers, disconnect, ID, PATH, run } from './bench';

describe('automation', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectTwoUsers();
  });

  afterEach(() => disconnect(bench));

  it('addTenant with a token costs no request and gives the domain; again, it changes nothing', async () => {
    assert.deepEqual(requests(bench), []);
    const { url, domain, token } = bench.sandbox;
    assert.equal(await run('addTenant', { url, domain, token }), domain);
    assert.deepEqual(bench.asked, []);
  });

  it('addTenant with client credentials fetches one token for all that follows', async () => {
    const { url, domain, clientId, clientSecret } = bench.sandbox;
    await run('addTenant', { url, domain, clientId, clientSecret });
    const document = await open(bench, ID);
    await replace(document, '"x": 1', '"x": 1, "y": 2');
    assert.equal(await document.save(), true);
    assert.deepEqual(requests(bench), [
      'POST /oauth/token 200',
      `GET ${PATH} 200`,
      `GET ${PATH} 200`,
      `PATCH ${PATH} 200`,
    ]);
  });

  it('addTenant with a private key fetches one token for all that follows', async () => {
    const { url, domain, clientId, privateKey, keyId } = bench.sandbox;
    for (const more of [{}, { keyId, algorithm: 'PS256' }, { algorithm: 'RS384' }]) {
      await run('addTenant', { url, domain, clientId, privateKey, ...more });
      bench.sandbox.control.clearRequests();
      await open(bench, ID);
      assert.deepEqual(requests(bench), ['POST /oauth/token 200', `GET ${PATH} 200`]);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
    await assert.rejects(async () => run('addTenant', { url, clientId, privateKey: 'hunter2' }), /not a private key/);
  });

  it('addTenant refuses what is no tenant', async () => {
    const { token } = bench.sandbox;
    await assert.rejects(async () => run('addTenant', { domain: 'not a domain', token }), /domain/);
    await assert.rejects(async () => run('addTenant', { url: 'http://example.com', token }), /url/);
    await assert.rejects(async () => run('addTenant', { domain: 'acme.eu.auth0.com' }), /token/);
    for (const list of [[], ['acme.eu.auth0.com'], [{ domain: 'acme.eu.auth0.com', token }]]) {
      await assert.rejects(async () => run('addTenant', list), /addTenant/);
    }
  });

  it('addTenant asks before a domain that is connected is connected elsewhere; Cancel leaves it where it is', async () => {
    const other = await startSandbox({ domain: bench.tenant, users: [{ user_id: ID, email: 'other@example.com' }] });
    const { url, token } = other;
    try {
      const move = async () => run('addTenant', { url, domain: bench.tenant, token });
      await assert.rejects(move, new RegExp(`stays there: ${bench.sandbox.url}`));
      const [question] = bench.asked;
      assert.match(question?.detail ?? '', new RegExp(`Now: ${bench.sandbox.url}\nFrom then on: ${url}\n`));
      await open(bench, ID);
      assert.deepEqual([other.control.requests.length, requests(bench).length], [0, 1]);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      bench.answers.push('Connect at the New Address');
      assert.equal(await move(), bench.tenant);
      assert.match((await run<vscode.Uri>('openUser', { userId: ID })).path, /other@example\.com/);
      assert.equal(requests(bench).length, 1, 'no token goes to the place that was left');
    } finally {
      await other.close();
    }
  });
});

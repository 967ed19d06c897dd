import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Asked, isWelcome } from '../../workbench/serverGuard';

const TOKEN = 'a-b_c';
const OWN = '127.0.0.1:8080';

function asked(method: string, url: string, headers: Asked['headers']): Asked {
  return { method, url, headers: { host: OWN, ...headers } };
}

describe('a VS Code server', () => {
  const cookie = `vscode-tkn=${TOKEN}`;
  const upgrade = { upgrade: 'websocket', cookie };
  const welcome: readonly [what: string, asked: Asked][] = [
    ['the token in the query', asked('GET', `/?tkn=${TOKEN}`, {})],
    ['the token behind other parameters', asked('GET', `/?folder=/a&tkn=${TOKEN}`, {})],
    ['the token in the cookie', asked('GET', '/', { cookie })],
    ['the token among cookies', asked('GET', '/', { cookie: `a=b; ${cookie}; c=d` })],
    ['another name of this machine', asked('GET', '/', { cookie, host: 'LocalHost:1' })],
    ['its address in version 6', asked('GET', '/', { cookie, host: '[::1]:8080' })],
    ['its own page', asked('POST', '/mint-key', { cookie, origin: `http://${OWN}` })],
    ['an upgrade by its own page', asked('GET', '/', { ...upgrade, origin: `http://${OWN}` })],
    ['an upgrade by a program', asked('GET', '/', upgrade)],
  ];
  for (const [what, request] of welcome) {
    it(`answers ${what}`, () => assert(isWelcome(request, TOKEN)));
  }

  const refused: readonly [what: string, asked: Asked][] = [
    ['no token', asked('GET', '/', {})],
    ['another token', asked('GET', '/?tkn=a-b_d', { cookie: 'vscode-tkn=a-b_d' })],
    ['a part of the token', asked('GET', '/?tkn=a-b', {})],
    ['an empty token', asked('GET', '/?tkn=', { cookie: 'vscode-tkn=' })],
    ['the token in another cookie', asked('GET', '/', { cookie: `x-vscode-tkn=${TOKEN}` })],
    ['the token in the path', asked('GET', `/${TOKEN}`, {})],
    ['another name', asked('GET', '/', { cookie, host: 'rebound.example:8080' })],
    ['another name that begins as ours', asked('GET', '/', { cookie, host: '127.0.0.1.rebound.example' })],
    ['no name', asked('GET', '/', { cookie, host: '' })],
    ['the page of another site', asked('POST', '/mint-key', { cookie, origin: 'http://rebound.example' })],
    ['the page of another port', asked('POST', '/mint-key', { cookie, origin: 'http://127.0.0.1:1' })],
    ['a page without an origin', asked('POST', '/mint-key', { cookie, origin: 'null' })],
    ['an upgrade by the page of another site', asked('GET', '/', { ...upgrade, origin: 'http://rebound.example' })],
    ['an upgrade without the token', asked('GET', '/', { upgrade: 'websocket' })],
  ];
  for (const [what, request] of refused) {
    it(`refuses ${what}`, () => assert(!isWelcome(request, TOKEN)));
  }
});

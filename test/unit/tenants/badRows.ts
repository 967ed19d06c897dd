// What people give in the wrong place or form when they add a tenant: the rows of bad-input.md.

import { jwt } from '../../support/jwt';
import { ecKey, encrypted, jwk, oneLine, pkcs8, rsaPair, spki } from '../../support/keys';

const CLIENT_ID = 'kxrODb3qdrkyHMvq3fBOVxneID7OX5QW';
const SECRET = `${CLIENT_ID}_${CLIENT_ID.slice(1)}`;
const API = 'https://acme.eu.auth0.com/api/v2/';
const TOKEN = jwt({ aud: API, azp: CLIENT_ID });
const { privateKey, publicKey } = rsaPair();
const PEM = pkcs8(privateKey);
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----\n';
const SSH = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE\n-----END OPENSSH PRIVATE KEY-----\n';

/** `of`: the domain that is being signed in to. */
export interface Row {
  readonly given: string;
  readonly input: string;
  readonly of?: string;
}

/** By the name of the question. */
export const ROWS: Readonly<Record<string, readonly Row[]>> = {
  domain: [
    { given: 'nothing', input: '' },
    { given: '`acme`', input: 'acme' },
    { given: '`http://acme.eu.auth0.com/`', input: 'http://acme.eu.auth0.com/' },
    { given: '`acme.eu.auth0.com:8443`', input: 'acme.eu.auth0.com:8443' },
    { given: '`ftp://acme.eu.auth0.com`', input: 'ftp://acme.eu.auth0.com' },
    { given: '`https://jane:secret@acme.eu.auth0.com`', input: 'https://jane:secret@acme.eu.auth0.com' },
    {
      given: '`https://manage.auth0.com/dashboard/eu/acme/users`',
      input: 'https://manage.auth0.com/dashboard/eu/acme/users',
    },
    { given: '`manage.auth0.com`', input: 'manage.auth0.com' },
    { given: '`https://auth0.com/docs`', input: 'https://auth0.com/docs' },
    { given: '`jane@acme.com`', input: 'jane@acme.com' },
    { given: '`203.0.113.7`', input: '203.0.113.7' },
    { given: '`http://localhost:4000`', input: 'http://localhost:4000' },
    { given: '`acme eu auth0 com`', input: 'acme eu auth0 com' },
    { given: '`acme_dev.eu.auth0.com`', input: 'acme_dev.eu.auth0.com' },
    { given: 'a client ID', input: CLIENT_ID },
    { given: 'a client secret', input: SECRET },
    { given: 'a token of the Management API', input: `Bearer ${TOKEN}` },
    { given: 'another token', input: jwt({ aud: 'https://api.acme.com', azp: CLIENT_ID }) },
    { given: 'a private key', input: oneLine(PEM) },
  ],
  token: [
    { given: 'nothing', input: '' },
    { given: '`Bearer`', input: 'Bearer' },
    { given: '`Bearer abc`', input: 'Bearer abc' },
    { given: '`two words`', input: 'two words' },
    { given: 'an ID token', input: jwt({ aud: CLIENT_ID, sub: 'auth0|1', nonce: 'n' }) },
    { given: 'a token for another API', input: jwt({ aud: 'https://api.acme.com', azp: CLIENT_ID }) },
    {
      given: 'a token for userinfo',
      input: jwt({ aud: 'https://acme.eu.auth0.com/userinfo', azp: CLIENT_ID, scope: 'openid' }),
    },
    {
      given: 'a token for another tenant',
      input: jwt({ aud: 'https://other.eu.auth0.com/api/v2/', azp: CLIENT_ID }),
    },
    { given: 'a token for another region', input: jwt({ aud: 'https://acme.us.auth0.com/api/v2/', azp: CLIENT_ID }) },
    { given: 'an expired token', input: jwt({ aud: API, azp: CLIENT_ID, exp: 1_700_000_000 }) },
    { given: 'a token that is not valid yet', input: jwt({ aud: API, azp: CLIENT_ID, nbf: 33_000_000_000 }) },
    { given: 'an encrypted token', input: 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn' },
    { given: 'half of a token', input: TOKEN.slice(0, 30) },
    { given: 'a client ID', input: CLIENT_ID },
    { given: 'a client secret', input: SECRET },
    { given: 'a private key', input: oneLine(PEM) },
  ],
  clientId: [
    { given: 'nothing', input: '""' },
    { given: 'a client secret', input: SECRET },
    { given: 'a token', input: TOKEN },
    { given: 'a private key', input: oneLine(PEM) },
    { given: 'a domain', input: 'acme.eu.auth0.com' },
    { given: 'the name of an application', input: 'Metadata Editor' },
  ],
  audience: [
    { given: 'nothing', input: '', of: 'login.acme.com' },
    { given: '`acme`', input: 'acme', of: 'login.acme.com' },
    { given: '`http://acme.eu.auth0.com`', input: 'http://acme.eu.auth0.com', of: 'login.acme.com' },
    {
      given: '`https://acme.eu.auth0.com/userinfo`',
      input: 'https://acme.eu.auth0.com/userinfo',
      of: 'login.acme.com',
    },
    { given: '`https://api.acme.com/orders`', input: 'https://api.acme.com/orders', of: 'login.acme.com' },
    {
      given: '`https://manage.auth0.com/dashboard/eu/acme`',
      input: 'https://manage.auth0.com/dashboard/eu/acme',
      of: 'login.acme.com',
    },
  ],
  clientSecret: [
    { given: 'nothing', input: '' },
    { given: 'a token', input: TOKEN },
    { given: 'a private key', input: oneLine(PEM) },
    { given: 'a public key', input: oneLine(spki(publicKey)) },
  ],
  algorithm: [
    { given: 'nothing', input: '' },
    { given: '`ES256`', input: 'ES256' },
    { given: '`HS256`', input: 'HS256' },
  ],
  privateKey: [
    { given: 'nothing', input: '' },
    { given: 'a public key', input: oneLine(spki(publicKey)) },
    { given: 'a public JWK', input: jwk(publicKey) },
    { given: 'a certificate', input: oneLine(CERTIFICATE) },
    { given: 'a key with a passphrase', input: oneLine(encrypted(privateKey)) },
    { given: 'an SSH key', input: oneLine(SSH) },
    { given: 'an EC key', input: oneLine(pkcs8(ecKey())) },
    { given: 'a key of 1024 bits', input: oneLine(pkcs8(rsaPair(1024).privateKey)) },
    { given: 'a JWK for RS512', input: jwk(privateKey, { alg: 'RS512' }) },
    { given: 'a shared secret as JWK', input: '{"kty":"oct","k":"AAAA"}' },
    { given: 'a set of two JWKs', input: `{"keys":[${jwk(privateKey)},${jwk(privateKey)}]}` },
    { given: 'the first line of a key', input: PEM.split('\n')[0] ?? '' },
    { given: 'a key without its end', input: oneLine(PEM).slice(0, 800) },
    { given: 'a key without its first line', input: PEM.split('\n').slice(1).join('') },
    { given: 'a token', input: TOKEN },
    { given: 'a client ID', input: CLIENT_ID },
    { given: 'a client secret', input: SECRET },
  ],
};

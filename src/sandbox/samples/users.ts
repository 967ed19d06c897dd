// The sample tenant: a few hundred people of several connections, the same on every start.

import type { JsonObject } from '../json';
import { type Connection, DEFAULT_CONNECTIONS } from '../state/connections';
import { gravatarUrl, identityOf, inServiceOrder, type User } from '../state/user';
import { sampleAppMetadata, sampleUserMetadata } from './metadata';
import { createRandom, type Random } from './random';

const SAMPLE_COUNT = 320;

const DEFAULT_SEED = 20_260_901;

/** The sample tenant's "now": its dates must not depend on the day on which it starts. */
const TODAY_MS = Date.parse('2026-09-01T09:00:00.000Z');
const DAY_MS = 86_400_000;

// biome-ignore format: a table
const GIVEN_NAMES = [
  'Amelia', 'Noah', 'Sofia', 'Liam', 'Hana', 'Mateo', 'Zoë', 'Ravi', 'Ingrid', 'Omar', 'Chloé', 'Jan', 'Priya', 'Lucas',
  'Yuki', 'Elena', 'Tomás', 'Aisha', 'Peter', 'Mei', 'Nils', 'Fatima', 'Daniel', 'Olga', 'Samuel', 'Leïla', 'Marco',
  'Ana', 'Kofi', 'Björn', 'Grace', 'Ivan',
] as const;
// biome-ignore format: a table
const FAMILY_NAMES = [
  'Sanchez', 'Schmidt', 'Okafor', 'Tanaka', 'Rossi', 'Novák', 'Johnson', 'Dubois', 'Nguyen', 'Larsen', "O'Connor",
  'Kowalski', 'Silva', 'Haddad', 'Müller', 'Patel', 'Jansen', 'García', 'Kim', 'Andersson', 'Brown', 'Moreau', 'Yılmaz',
  'Popescu', 'Van den Berg', 'Smith-Jones', 'Ivanova', 'Costa', 'Weber', 'Osei',
] as const;

/** Weighted list: most users have a password, a few come from each of the other connections. */
// biome-ignore format: a table
const CONNECTION_NAMES = [
  ...Array.from({ length: 12 }, () => 'Username-Password-Authentication'),
  ...Array.from({ length: 3 }, () => 'google-oauth2'),
  'partners', 'github', 'acme-saml', 'acme-saml', 'contoso', 'sms', 'email',
];

/**
 * @param count number of users; some of the first have odd ids, as in real tenants, and the same ones for every seed
 * @param seed each makes other people
 */
export function* sampleUsers(count = SAMPLE_COUNT, seed = DEFAULT_SEED): Generator<User> {
  const random = createRandom(seed);
  for (let index = 0; index < count; index++) {
    const odd = ODD_USERS[index % 32 === 7 ? (index - 7) / 32 : -1];
    yield sampleUser(random, index, odd);
  }
}

interface OddUser {
  readonly connection: string;
  readonly localId: string;
}

/** Spread over the first pages. All of these characters have broken URLs in real software. */
const ODD_USERS: readonly OddUser[] = [
  { connection: 'acme-saml', localId: 'acme-saml|ada.lovelace@example.com' },
  { connection: 'partners', localId: 'legacy#4711' },
  { connection: 'acme-saml', localId: 'acme-saml|people/engineering/grace' },
  { connection: 'partners', localId: 'import%3A2019%2F07' },
  { connection: 'contoso', localId: 'Zx_9-contoso?tid=1&oid=2' },
  { connection: 'partners', localId: 'with spaces and ünïcode' },
];

function sampleUser(random: Random, index: number, odd: OddUser | undefined): User {
  const connection = connectionNamed(odd?.connection ?? CONNECTION_NAMES[random.below(CONNECTION_NAMES.length)]);
  const given = random.pick(GIVEN_NAMES);
  const family = random.pick(FAMILY_NAMES);
  const name = `${given} ${family}`;
  const email = `${asciiOf(given)}.${asciiOf(family)}${index}@${random.pick(['example.com', 'example.org', 'mail.example.net'])}`;
  const localId = odd?.localId ?? localIdFor(connection, email, random);
  const createdMs = TODAY_MS - (1 + random.below(1_400)) * DAY_MS + random.below(DAY_MS);
  const loggedIn = random.chance(0.85);
  const lastLoginMs = createdMs + Math.floor(((TODAY_MS - createdMs) * random.below(1_000)) / 1_000);
  const phone = `+1555${String(1_000_000 + index).slice(-7)}`;
  const isPhone = connection.strategy === 'sms';
  return inServiceOrder({
    ...(random.chance(0.06) ? { blocked: true } : {}),
    created_at: isoOf(createdMs),
    ...(isPhone ? { phone_number: phone, phone_verified: true } : { email, email_verified: random.chance(0.8) }),
    ...(isPhone ? {} : { family_name: family, given_name: given }),
    identities: [identityOf(connection, localId)],
    name: isPhone ? phone : name,
    nickname: isPhone ? phone : asciiOf(given),
    picture: gravatarUrl(isPhone ? phone : email, name),
    updated_at: isoOf(loggedIn ? lastLoginMs : createdMs),
    user_id: `${connection.strategy}|${localId}`,
    ...(connection.allowsUsername && random.chance(0.3) ? { username: `${asciiOf(given)}${index}` } : {}),
    ...(loggedIn ? loginOf(random, lastLoginMs) : {}),
    ...sampleMetadata(random),
  });
}

/** A sixth of the users have none, some have one of the two, a few have the empty object that clearing leaves. */
function sampleMetadata(random: Random): JsonObject {
  if (random.chance(1 / 6)) return {};
  const cleared = random.chance(0.05);
  return {
    ...(random.chance(0.85) ? { user_metadata: cleared ? {} : sampleUserMetadata(random) } : {}),
    ...(random.chance(0.75) ? { app_metadata: sampleAppMetadata(random) } : {}),
  };
}

function loginOf(random: Random, atMs: number): JsonObject {
  return {
    last_login: isoOf(atMs),
    last_ip: `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${1 + random.below(254)}`,
    logins_count: 1 + random.below(random.chance(0.1) ? 2_000 : 60),
  };
}

function localIdFor(connection: Connection, email: string, random: Random): string {
  switch (connection.strategy) {
    case 'google-oauth2':
      return `1${Array.from({ length: 20 }, () => random.below(10)).join('')}`;
    case 'github':
      return String(1_000_000 + random.below(90_000_000));
    case 'samlp':
      return `${connection.name}|${email}`;
    default:
      return random.hex(24);
  }
}

function connectionNamed(name: string | undefined): Connection {
  const found = DEFAULT_CONNECTIONS.find(connection => connection.name === name);
  if (found === undefined) throw new Error(`The sample tenant has no connection ${name}.`);
  return found;
}

/** For addresses: no accents, spaces, apostrophes. */
function asciiOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^a-z0-9-]/g, '');
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

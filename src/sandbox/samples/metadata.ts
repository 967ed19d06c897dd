// Sample metadata like that of real tenants: preferences, addresses, plans, roles; nested, in arrays, under odd names.
import type { JsonObject } from '../json';
import type { Random } from './random';

type Part = (random: Random) => JsonObject;

const CITIES = [
  { city: 'Anytown', region: 'ST', postalCode: '12345', country: 'US' },
  { city: 'Musterstadt', region: 'BY', postalCode: '80331', country: 'DE' },
  { city: 'Sampleville', region: 'ON', postalCode: 'K1A 0B1', country: 'CA' },
  { city: 'Exempleville', region: 'ARA', postalCode: '69001', country: 'FR' },
  { city: 'Testbury', region: 'Kent', postalCode: 'TN9 1AP', country: 'GB' },
] as const;

const STREETS = [
  'Main Street',
  'Industrial Way',
  'Station Road',
  'Rue de la Gare',
  'Lindenallee',
  'Harbour View',
] as const;

const address: Part = random => ({ line1: `${1 + random.below(180)} ${random.pick(STREETS)}`, ...random.pick(CITIES) });

const USER_PARTS: readonly [Part, ...Part[]] = [
  random => ({ hobby: random.pick(['surfing', 'chess', 'climbing', 'cooking', 'gardening', 'photography']) }),
  random => ({
    preferences: {
      theme: random.pick(['light', 'dark', 'system']),
      language: random.pick(['en-US', 'de-DE', 'fr-FR', 'ja-JP', 'pt-BR']),
      notifications: {
        email: random.chance(0.8),
        push: random.chance(0.5),
        digest: random.pick(['daily', 'weekly', 'never']),
      },
    },
  }),
  random => ({ addresses: { home: address(random), ...(random.chance(0.5) ? { work: address(random) } : {}) } }),
  random => ({
    devices: Array.from({ length: 1 + random.below(3) }, () => ({
      id: random.hex(8),
      type: random.pick(['phone', 'tablet', 'laptop']),
      trusted: random.chance(0.7),
    })),
  }),
  random => ({ 'favorite color': random.pick(['#7A28CB', 'teal', 'orange']), 'pets[]': [random.pick(['cat', 'dog'])] }),
  random => ({ onboarding: { completed: ['profile', 'avatar'].slice(random.below(2)), skippedAt: null } }),
  random => ({ phone_extension: `0${100 + random.below(900)}`, height_cm: 150 + random.below(50) + 0.5 }),
  () => ({ größe: 'L', '📱': { 'bevorzugt?': true }, '': 'a value under an empty name' }),
];

const APP_PARTS: readonly [Part, ...Part[]] = [
  random => ({ plan: random.pick(['free', 'team', 'full', 'enterprise']) }),
  random => ({
    subscription: {
      plan: random.pick(['silver', 'gold', 'platinum']),
      seats: 1 + random.below(250),
      trial: random.chance(0.2),
      renews_at: `2027-0${1 + random.below(9)}-01`,
      add_ons: [{ sku: `sku_${random.hex(6)}`, quantity: 1 + random.below(4) }],
    },
  }),
  random => ({ roles: ['viewer', 'editor', 'billing', 'admin'].slice(0, 1 + random.below(4)) }),
  random => ({
    feature_flags: { new_dashboard: random.chance(0.5), beta_search: random.chance(0.3), limits: { api: 1000 } },
  }),
  random => ({ stripe_customer_id: `cus_${random.hex(14)}`, credit: random.below(100_000) / 100 }),
  random => ({ tenant_ids: [random.below(9_000), random.below(9_000)], internal_notes: '' }),
  random => ({ 'crm/account': { owner: 'sales@example.com', score: random.below(100), tags: ['eu', 'priority'] } }),
  random => ({
    migrated_from: { system: 'legacy-ldap', dn: `cn=${random.hex(5)},ou=people,dc=example,dc=com`, verified: null },
  }),
];

export function sampleUserMetadata(random: Random): JsonObject {
  return some(random, USER_PARTS);
}

export function sampleAppMetadata(random: Random): JsonObject {
  return some(random, APP_PARTS);
}

/** Combines one to three different parts. */
function some(random: Random, parts: readonly [Part, ...Part[]]): JsonObject {
  const first = random.below(parts.length);
  const chosen = [0, 3, 5].slice(0, 1 + random.below(3)).map(step => parts[(first + step) % parts.length] ?? parts[0]);
  return Object.assign({}, ...chosen.map(part => part(random)));
}

// Documents of a wanted size and shape, as text before and after an edit. Deterministic.

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface EditedDocument {
  readonly base: string;
  readonly edited: string;
  /** Root keys of the two sections that the edit touched. */
  readonly rootKeys: number;
}

/** One root key of `user_metadata`, of about `bytes` as it is written in the document. */
type Shape = (index: number, bytes: number) => { [key: string]: Json };

export interface Scenario {
  readonly name: string;
  /** Every n-th root key gets an edit; undefined: three in all. */
  readonly everyNth?: number;
  readonly shape: Shape;
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'few edits', shape: realistic },
  { name: 'many edits', shape: realistic, everyNth: 2 },
  { name: 'deep', shape: deep },
  { name: 'wide', shape: wide },
  { name: 'arrays', shape: arrays },
];

/** A document of at least `bytes` and little more. */
export function editedDocument({ shape, everyNth }: Scenario, bytes: number): EditedDocument {
  const user: { [key: string]: Json } = {};
  const app: { [key: string]: Json } = { plan: 'enterprise', roles: ['admin', 'editor'], seats: 25, beta: false };
  let length = textOf({ user_metadata: user, app_metadata: app }).length;
  for (let i = 0; length < bytes; i++) {
    const piece = shape(i, bytes - length);
    Object.assign(user, piece);
    length += textOf({ user_metadata: piece }).length - '{\n  "user_metadata": {\n  }\n}\n'.length + 1;
  }
  const base = textOf({ user_metadata: user, app_metadata: app });
  const keys = Object.keys(user);
  const step = everyNth ?? Math.max(1, Math.ceil(keys.length / 3));
  const touched = keys.filter((_, i) => i % step === 0);
  const changed = Object.fromEntries(
    keys.map((key, i) => [key, i % step === 0 ? edit(user[key] ?? null) : (user[key] ?? null)]),
  );
  return { base, edited: textOf({ user_metadata: changed, app_metadata: app }), rootKeys: touched.length };
}

/** Through bytes, as a file's content comes: one flat string, which JSON.parse and all others read faster. */
function textOf(value: Json): string {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`).toString();
}

/** The last leaf gets another value. */
function edit(value: Json): Json {
  if (Array.isArray(value)) return [...value.slice(0, -1), edit(value.at(-1) ?? null)];
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const last = entries.at(-1);
    return last ? { ...value, [last[0]]: edit(last[1]) } : { added: true };
  }
  return typeof value === 'number' ? value + 1 : `${value} (edited)`;
}

/** What applications keep: preferences, addresses, identifiers, dates, a few numbers, some text beyond ASCII. */
function realistic(index: number): { [key: string]: Json } {
  return {
    [`profile_${index}`]: {
      displayName: `Jane "JD" Döe ${index}`,
      language: 'pt-BR',
      marketingConsent: { email: index % 2 === 0, sms: false, updatedAt: `2026-03-${10 + (index % 20)}T08:15:30.000Z` },
      addresses: [
        { label: 'home', street: '123 Main Street', city: 'Seattle', zip: '98101', geo: [47.60621, -122.33207] },
        { label: 'work', street: `${index} Rue de l’Université`, city: 'Paris', zip: '75007', geo: [48.8593, 2.3253] },
      ],
      externalIds: { crm: `0035g00000${index}AbC`, billing: 900_000_000 + index, legacy: null },
      tags: ['beta', 'vip', `cohort-${index % 12}`],
    },
  };
}

/** One chain of objects; indentation makes a document's size quadratic in its depth. */
function deep(index: number, bytes: number): { [key: string]: Json } {
  const levels = Math.min(100, Math.max(4, Math.floor(Math.sqrt(bytes / 6))));
  let value: Json = { leaf: index, note: 'at the bottom' };
  for (let i = 0; i < levels; i++) value = { [`level${i}`]: value, n: i };
  return { [`chain_${index}`]: value };
}

function wide(index: number): { [key: string]: Json } {
  return { [`setting_${index}`]: index % 3 === 0 ? index : index % 3 === 1 ? `value ${index}` : index % 2 === 0 };
}

function arrays(index: number, bytes: number): { [key: string]: Json } {
  const length = Math.min(2_000, Math.max(2, Math.floor(bytes / 150)));
  const items = Array.from(
    { length },
    (_, i): Json => ({ id: 1_000 * index + i, name: `item ${i}`, scores: [i, i / 4, -i] }),
  );
  return { [`list_${index}`]: items };
}

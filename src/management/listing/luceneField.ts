// Whether a word with a colon (or `=`) behind it is a field of Auth0's user search, or only looks like one.

export interface FieldAhead {
  /** As Lucene wants it; the root of a field of the profile in lower case. */
  readonly name: string;
  /** How much of the text it takes, with the separator and the spaces around it. */
  readonly length: number;
  /** A space stands behind the separator, as in `email: jane`. */
  readonly spaced: boolean;
  /** The name stands in quotes, which Lucene does not take. */
  readonly quoted: boolean;
}

/** The first step of every path that the documentation lists. Others may exist: they are taken in Lucene's own spelling only. */
const KNOWN: ReadonlySet<string> = new Set([
  '_exists_',
  'app_metadata',
  'blocked',
  'connection',
  'created_at',
  'email',
  'email_verified',
  'family_name',
  'given_name',
  'identities',
  'last_ip',
  'last_login',
  'last_password_reset',
  'logins_count',
  'multifactor',
  'multifactor_last_modified',
  'name',
  'nickname',
  'organization_id',
  'phone_number',
  'phone_verified',
  'picture',
  'provider',
  'updated_at',
  'user_id',
  'user_metadata',
  'username',
]);

/** Schemes of addresses, which people paste as they are. */
const SCHEMES: ReadonlySet<string> = new Set(['ftp', 'http', 'https', 'javascript', 'mailto', 'sms', 'tel', 'urn']);

const NAME = String.raw`(?:\\.|[\p{L}_])(?:\\.|[\p{L}\p{N}_.-])*`;

/** A name, perhaps quoted as in JSON, and its separator. Keys of metadata may hold escaped characters. */
const FIELD = new RegExp(
  `^(?:["“”](?<quoted>${NAME})["“”]|(?<bare>${NAME}))(?<before> *)(?<sign>[:：=])(?<behind> *)`,
  'u',
);

/** A value in single quotes: the closing one stands at its end, unlike an apostrophe. */
export const SINGLE = /^['‘’`](?<inner>(?:\\.|[^'‘’`"\\])*)['‘’`](?=[\s)]|[,;]+(?:\s|$)|$)/;

/** What stands at the beginning of `text`; undefined where it is a word, as in `https://…`, `12:30`, `Re: hello`. */
export function fieldAhead(text: string): FieldAhead | undefined {
  const match = FIELD.exec(text);
  if (!match) return undefined;
  const { quoted, bare, before, sign, behind } = match.groups ?? {};
  const name = quoted ?? bare ?? '';
  const length = match[0].length;
  const value = text.slice(length);
  const [root = '', ...below] = name.split('.');
  const isTight = before === '' && behind === '';
  const field = { name, length, spaced: behind !== '', quoted: quoted !== undefined };
  const isKnown = KNOWN.has(root.toLowerCase());
  // What had to be escaped belongs to a name only where that is certain.
  if (/\\[:/^~!]/.test(name) && (!isKnown || sign === '=')) return undefined;
  if (isKnown) {
    const isField = sign !== '=' || isQuoted(value) || (isTight && /^[^\s=]/.test(value));
    return isField ? { ...field, name: [root.toLowerCase(), ...below].join('.') } : undefined;
  }
  if (SCHEMES.has(root) || /^\p{Lu}/u.test(name) || value.startsWith('//')) return undefined;
  if (isQuoted(value)) return field;
  if (sign !== ':' || quoted !== undefined) return undefined;
  // `c:\users` is a path.
  return (isTight ? /^(?!\\\w)[^\s)]/ : /^[[{]/).test(value) ? field : undefined;
}

function isQuoted(value: string): boolean {
  return /^["“”„‟«]/.test(value) || SINGLE.test(value);
}

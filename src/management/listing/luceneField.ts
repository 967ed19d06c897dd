// Decides whether a word before a colon (or `=`) is a field of Auth0's user search, or only looks like one.

export interface FieldAhead {
  /** In Lucene's spelling; the root of a known field in lower case. */
  readonly name: string;
  /** Its length in the text, with the separator and the spaces around it. */
  readonly length: number;
  /** Whether a space follows the separator, as in `email: jane`. */
  readonly spaced: boolean;
}

/** The roots of all documented paths. Other fields may exist; they are accepted in Lucene's exact spelling only. */
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

/** URL schemes: people paste whole URLs. */
const SCHEMES: ReadonlySet<string> = new Set(['ftp', 'http', 'https', 'javascript', 'mailto', 'sms', 'tel', 'urn']);

/** Straight and curly: keyboards and editors mix opening and closing ones. */
export const OPENING_QUOTE = '["“”„‟«]';
export const CLOSING_QUOTE = '["“”„‟»]';

const NAME = String.raw`(?:\\.|[\p{L}_])(?:\\.|[\p{L}\p{N}_.-])*`;

/** A name, possibly quoted as in JSON, and its separator. Metadata keys may contain escaped characters. */
const FIELD = new RegExp(
  `^(?:${OPENING_QUOTE}(?<quoted>${NAME})${CLOSING_QUOTE}|(?<bare>${NAME}))(?<before> *)(?<sign>[:：=])(?<behind> *)`,
  'u',
);

/** The beginning of a phrase. */
export const QUOTED = new RegExp(`^${OPENING_QUOTE}`);

/** A value in single quotes. Unlike an apostrophe, the closing quote is at the end of the value. */
export const SINGLE = /^['‘’`](?<inner>(?:\\.|[^'‘’`"\\])*)['‘’`](?=[,;]*(?:[\s()"]|&&|\|\||$))/;

/** The field at the beginning of `text`; undefined for other words, as in `https://…`, `12:30`, `Re: hello`. */
export function fieldAhead(text: string): FieldAhead | undefined {
  const match = FIELD.exec(text);
  if (!match) return undefined;
  const { quoted, bare, before, sign, behind } = match.groups ?? {};
  const name = quoted ?? bare ?? '';
  const length = match[0].length;
  const value = text.slice(length);
  const [root = '', ...below] = name.split('.');
  const isTight = before === '' && behind === '';
  const field = { name, length, spaced: behind !== '' };
  const isKnown = KNOWN.has(root.toLowerCase());
  // Escaped characters are part of a name only if the field is known and followed by a colon.
  if (/\\[:/^~!]/.test(name) && (!isKnown || sign === '=')) return undefined;
  if (isKnown) {
    const isField = sign !== '=' || isQuoted(value) || (isTight && /^[^\s=]/.test(value));
    return isField ? { ...field, name: [root.toLowerCase(), ...below].join('.') } : undefined;
  }
  if (SCHEMES.has(root) || /^\p{Lu}/u.test(name) || value.startsWith('//')) return undefined;
  if (isQuoted(value)) return field;
  if (sign !== ':' || quoted !== undefined) return undefined;
  // Excludes paths such as `c:\users`.
  return (isTight ? /^(?!\\\w)[^\s)]/ : /^[[{]/).test(value) ? field : undefined;
}

function isQuoted(value: string): boolean {
  return QUOTED.test(value) || SINGLE.test(value);
}

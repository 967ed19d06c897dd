// Unwraps what people paste to find a user: URLs, `q=`, percent-encoding, quotes, `Name <mail>`.

/** A strategy, a bar, the rest: `auth0|5f7c`, `samlp|conn|user@domain`. Not `a || b`. */
const ID = /^[\w.-]+\|[^|]/;

/** `=` may be part of an address, but `q=…` and `email=…` are parameters. */
const EMAIL =
  /^(?!(?:q|email)=)[^\s@":：()<>[\]{},;|\\]+@[^\s@":：()<>[\]{},;|\\]+\.[^\s@":：()<>[\]{},;|\\]*[^\s@":：()<>[\]{},;|\\.]$/;

/** Operators in capitals between spaces, which no id contains. */
const OPERATOR = /\s(?:AND|OR|NOT|&&|\|\|)\s/;

/** Invisible characters, often copied from web pages. Joiners between letters of other scripts are kept as spelling. */
const INVISIBLE =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Cs}|(?<![^\0-\u024F])[\u200C\u200D]|[\u200C\u200D](?![^\0-\u024F])/gu;

/** The text that is meant: on one line, without its wrapping. Idempotent. */
export function unwrapPasted(input: string): string {
  let text = tidy(input);
  for (;;) {
    const inner = tidy(innerOf(text) ?? text);
    // Unwrapping always makes the text shorter.
    if (inner.length >= text.length) return text;
    text = inner;
  }
}

export function isIdText(text: string): boolean {
  return ID.test(text) && !OPERATOR.test(text);
}

export function isEmailText(text: string): boolean {
  return EMAIL.test(text);
}

/** Removes invisible characters, turns all white space into plain spaces, and trims. */
function tidy(text: string): string {
  return text.replaceAll(/\s/g, ' ').replaceAll(INVISIBLE, '').trim();
}

function innerOf(text: string): string | undefined {
  return (
    bareIdentity(text) ??
    userOfUrl(text) ??
    queryOf(text) ??
    membersOf(text) ??
    (isEncoded(text) ? decodeForm(text) : undefined)
  );
}

/** The members of a JSON object, without its braces. */
function membersOf(text: string): string | undefined {
  return /^\{ *(["“”„][^"“”„]+["“”„] *:.*)\}[ ,;]*$/.exec(text)?.[1];
}

const PAIRS = new Set(['""', "''", '``', '“”', '””', '„“', '„”', '‘’', '’’', '«»', '<>', '()', '[]', '{}']);

/** An id or an e-mail address in quotes or brackets, before a comma, or after a name. */
function bareIdentity(text: string): string | undefined {
  let bare = /^[^<>]*<([^<>]+)>[\s,;.]*$/.exec(text)?.[1] ?? text;
  for (;;) {
    const before = bare;
    bare = bare.trim().replace(/[,;]$/, '');
    if (bare.length > 1 && PAIRS.has(bare.charAt(0) + bare.slice(-1))) bare = bare.slice(1, -1);
    bare = bare.replace(/^mailto:([^?]*).*$/i, '$1');
    if (bare === before) break;
  }
  if (/\s/.test(bare)) return undefined;
  const loose = bare.replace(/^["'`“”„‘’<([{]+(?=[^@]+@)|["'`“”‘’>)\]}.]+$/g, '');
  return [bare, decodeId(bare), loose, decode(loose)].find(
    one => one !== undefined && (ID.test(one) || EMAIL.test(one)),
  );
}

/** The user in a URL of the dashboard (the id percent-encoded, or that in base64) or of the API. */
function userOfUrl(text: string): string | undefined {
  const [, api] = /^(?:GET )?(?:https?:\/\/[^\s/]+)?\/?api\/v2\/users\/([^\s/?#]+)/i.exec(text) ?? [];
  if (api !== undefined) return decodeId(api);
  const [, page] = /^https?:\/\/manage\.[^\s/]+\/(?:\S*\/)?users\/([^\s/?#]+)/i.exec(text) ?? [];
  if (page !== undefined) return decodeId(fromBase64(page)) ?? decodeId(page);
  const [, email] = /users-by-email\?(?:\S*&)?email=([^\s&]+)/i.exec(text) ?? [];
  return email === undefined ? undefined : decode(email);
}

function fromBase64(text: string): string {
  return /^[\w+=-]+$/.test(text) ? Buffer.from(text, 'base64url').toString('utf8') : '';
}

const QUERY =
  /^(?:(?:GET )?(?<url>https?:\/\/[^\s?]*|\/?(?:api\/v2\/)?users)?\?)?(?:[a-z_]+=[^\s&]*&)*q ?= ?(?<value>.+)$/i;
const OTHER_PARAMETERS =
  /&(?:page|per_page|include_totals|sort|connection|fields|include_fields|search_engine|primary_order)=.*$/;

/** The value of `q=`, alone or in a URL. */
function queryOf(text: string): string | undefined {
  const { url, value } = QUERY.exec(text)?.groups ?? {};
  if (value === undefined) return undefined;
  const raw = value.replace(OTHER_PARAMETERS, '');
  const encoded = !/[\s"“”]/.test(raw) && (/%[\da-f]{2}/i.test(raw) || url?.includes('://'));
  return encoded ? decodeForm(raw) : raw;
}

/** Whether the whole text is percent-encoded: it contains none of the characters that should be encoded. */
function isEncoded(text: string): boolean {
  return !/[\s"“”|:@]/.test(text) && /%(?:25)*(?:7c|3a|22|40)/i.test(text);
}

/** Decodes an id that was encoded up to three times. Stops at the bar, so that an id's own `%3A` stays. */
function decodeId(text: string): string | undefined {
  let id = text;
  for (let times = 0; times < 3 && !id.includes('|'); times++) id = decode(id) ?? id;
  return ID.test(id) ? id : undefined;
}

/** In a query string `+` is a space, unless the text with `+` is an address or an id. */
function decodeForm(text: string): string | undefined {
  const plain = decode(text);
  if (plain === undefined || ID.test(plain) || EMAIL.test(plain)) return plain;
  return decode(text.replaceAll('+', ' '));
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

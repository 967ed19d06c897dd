// Cleans tokens and keys that people paste.

/** A JWT by its shape; its parts may be incomplete. */
const JWT = /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/;

/** A JWT in a command or a program. Its end is certain only before a quote, a bracket or the end of the text. */
const JWT_INSIDE = /(?<token>eyJ[\w-]*\.[\w-]+\.[\w-]+)(?:(?<end>["'`,;)}\]]|$)|)/g;

const NAMED = /(?:^|[?#&\s{"'])access_token["']?\s*[=:]\s*["']?(?<token>[^&\s"',}]+)/;

/**
 * Removes what was pasted with a token: spaces, line ends, quotes, `Authorization: Bearer`, `access_token=`, the JSON
 * of the token endpoint. Undefined if the rest cannot be a token.
 */
export function cleanToken(input: string): string | undefined {
  const token = bareToken(input.replaceAll(/[\u200B-\u200F\u2060\uFEFF]/g, '').trim());
  // Other characters are not valid in a header, and the transport's error would quote the token.
  return /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

function bareToken(text: string): string {
  const bare = unquoted(text);
  // Terminals wrap long lines, and the line breaks are copied too.
  const joined = bare.replaceAll(/\s*[\r\n]\s*/g, '');
  if (JWT.test(joined)) return joined;
  const named = NAMED.exec(text)?.groups?.token;
  if (named !== undefined) return decode(named);
  const [only, ...others] = Array.from(text.matchAll(JWT_INSIDE), ({ groups }) => groups);
  return others.length === 0 && only?.end !== undefined ? (only.token ?? bare) : bare;
}

/** What a text certainly is, by its shape. Auth0 makes client IDs of 32 and secrets of 64 characters. */
export function shapeOf(text: string): 'token' | 'key' | 'clientId' | 'clientSecret' | undefined {
  if (/BEGIN [A-Z\d ]{0,40}(?:KEY|CERTIFICATE)|"kty"\s{0,9}:/.test(text)) return 'key';
  if (JWT.test(cleanToken(text) ?? '')) return 'token';
  if (/^[A-Za-z\d]{32}$/.test(text)) return 'clientId';
  return /^[\w-]{64}$/.test(text) ? 'clientSecret' : undefined;
}

/** A client ID or secret without the spaces and quotes around it. */
export function cleanKey(input: string): string {
  return input
    .trim()
    .replace(/^(["'`])(.*?)\1[,;]?$/, '$2')
    .trim();
}

function unquoted(text: string): string {
  let bare = text;
  for (;;) {
    const before = bare;
    bare = bare
      .trim()
      .replace(/^(?:-H|--header)\s+/, '')
      .replace(/^(["'`“”‘’])(.*)["'`“”‘’][,;]?$/s, '$2')
      .replace(/^authorization\s*[:=]\s*/i, '')
      .replace(/^bearer(?:\s+|$)/i, '');
    if (bare === before) return bare;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

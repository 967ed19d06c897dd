// What is left of a token or a key as people paste it.

/** A JWT, or enough of one. */
const JWT = /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/;

/** In a command or in a program: its end is certain where a quote, a bracket or nothing follows. */
const JWT_INSIDE = /(?<token>eyJ[\w-]*\.[\w-]+\.[\w-]+)(?:(?<end>["'`,;)}\]]|$)|)/g;

const NAMED = /(?:^|[?#&\s{"'])access_token["']?\s*[=:]\s*["']?(?<token>[^&\s"',}]+)/;

/**
 * A pasted token without what came along: spaces, line ends, quotes, `Authorization: Bearer`, `access_token=`, the JSON
 * of the token endpoint. Undefined if what is left cannot be a token.
 */
export function cleanToken(input: string): string | undefined {
  const token = bareToken(input.replaceAll(/[\u200B-\u200F\u2060\uFEFF]/g, '').trim());
  // Anything else would not survive as a header, and a transport's complaint would quote it.
  return /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

function bareToken(text: string): string {
  const bare = unquoted(text);
  // A terminal breaks lines where a token has none.
  const joined = bare.replaceAll(/\s*[\r\n]\s*/g, '');
  if (JWT.test(joined)) return joined;
  const named = NAMED.exec(text)?.groups?.token;
  if (named !== undefined) return decode(named);
  const [only, ...others] = Array.from(text.matchAll(JWT_INSIDE), ({ groups }) => groups);
  return others.length === 0 && only?.end !== undefined ? (only.token ?? bare) : bare;
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

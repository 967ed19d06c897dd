// Makes hidden and deceptive characters visible: names and keys come from strangers.

/** Controls, formatting (bidi, zero-width), lone surrogates, line separators, and whatever renders as nothing. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Hidden characters that are part of an emoji: the variation selector, and the joiner between two pictographs. */
const EMOJI_GLUE =
  /[\uFE0E\uFE0F]|(?<=\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier})\u200D(?=\p{Extended_Pictographic})/gu;

/**
 * Markup that VS Code renders: links in a notification, where a click on a `command:` link runs it, and icons in a
 * picker or in the status bar.
 */
const MARKUP = /\](?=\((?:https?:\/\/|command:|file:))|\$(?=\([a-z\d-]+(?:~[a-z]+)?\))/gi;

/**
 * `text` on one line, with `␊` for a line feed, `<U+202E>` for the right-to-left override, and so on. Markup is broken
 * up by a space, so that it is shown and not rendered.
 *
 * @param maxLength of the result in UTF-16 code units; longer text is cut and ends in `…`
 */
export function visibleText(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  // Replacements never make a text shorter, so this part of a long text is enough.
  const shown = showHidden(text.slice(0, maxLength + 1)).replace(MARKUP, '$& ');
  if (shown.length <= maxLength) return shown;
  const cut = shown.slice(0, Math.max(0, maxLength - 1));
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** Unicode blocks of right-to-left scripts, including their digits. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * Prepares `text`, a result of `visibleText`, for a place inside a sentence. Right-to-left letters are put in an
 * isolate (U+2068 … U+2069), so that they do not reorder the words around them. Nothing in `text` can end the isolate,
 * because `visibleText` has replaced all control characters.
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** Prepares text from data for a place inside a sentence. Not for file names, URIs, or text that is compared. */
export function inSentence(text: string, maxLength?: number): string {
  return isolated(visibleText(text, maxLength));
}

/** Isolates each string and key of visible JSON or of a path, so that keys, values and items keep their order. */
export function isolatedParts(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? text.replace(PARTS, isolated) : text;
}

/** A quoted string, complete or cut, or a bare word. */
const PARTS = /"(?:[^"\\]|\\.)*(?:"|$)|[^\s"[\]{}.,:]+/gu;

function showHidden(text: string): string {
  // Fast path for long lists: most texts have no hidden characters.
  if (text.search(HIDDEN) < 0) return text;
  const kept = new Set(Array.from(text.matchAll(EMOJI_GLUE), match => match.index));
  return text.replace(HIDDEN, (character, index: number) => (kept.has(index) ? character : nameOf(character)));
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

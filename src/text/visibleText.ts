// Makes the characters visible that could disguise a text: names and keys come from strangers.

/** Controls, formatting (bidi, zero-width), lone surrogates, line separators, and whatever renders as nothing. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** What belongs to a visible emoji: its variation selector, and the joiner between two pictographs. */
const EMOJI_GLUE =
  /[\uFE0E\uFE0F]|(?<=\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier})\u200D(?=\p{Extended_Pictographic})/gu;

/**
 * What VS Code renders in a text of ours: a link in a notification, whose `command:` runs when it is clicked, and an icon
 * in a picker or in the status bar.
 */
const MARKUP = /\](?=\((?:https?:\/\/|command:|file:))|\$(?=\([a-z\d-]+(?:~[a-z]+)?\))/gi;

/**
 * `text` on one line, with `␊` for a line feed, `<U+202E>` for what reverses the direction, and so on. Markup is
 * parted by a space, so that it is read and not rendered.
 *
 * @param maxLength of the result in UTF-16 code units; what is longer ends in `…`
 */
export function visibleText(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  // Nothing becomes shorter by being made visible, so no more of a long text than this needs a look.
  const shown = showHidden(text.slice(0, maxLength + 1)).replace(MARKUP, '$& ');
  if (shown.length <= maxLength) return shown;
  const cut = shown.slice(0, Math.max(0, maxLength - 1));
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** Blocks of the scripts that run from right to left, their digits included. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * `text`, already made visible, for a place inside a sentence of ours: in isolates (U+2068 … U+2069), so that letters that
 * run from right to left do not take what stands beside them along. Without such letters it needs none. Nothing in it can
 * end the isolate: `visibleText` has made its own controls visible.
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** Text from data, for a place inside a sentence of ours. Not for file names, URIs, or what is compared. */
export function inSentence(text: string, maxLength?: number): string {
  return isolated(visibleText(text, maxLength));
}

/** JSON or a path, already made visible: each string and key by itself, so that keys, values and items keep their order. */
export function isolatedParts(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? text.replace(PARTS, isolated) : text;
}

/** A string, whole or cut, or a bare word. */
const PARTS = /"(?:[^"\\]|\\.)*(?:"|$)|[^\s"[\]{}.,:]+/gu;

function showHidden(text: string): string {
  // Most texts hide nothing, and lists are long.
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

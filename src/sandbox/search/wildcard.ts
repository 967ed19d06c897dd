// Matches a text with a pattern of `*` and `?`, reading each character once. Bits hold all places in the pattern that
// the text so far can have reached (Shift-And, Baeza-Yates and Gonnet 1992). A regular expression would backtrack, with
// some patterns practically forever.
import { ANY_TEXT, type Wildcard } from './syntax';

/** Takes the text's characters (code points), as a string gives them. */
export type WildcardTest = (text: Iterable<string>) => boolean;

const WORD_BITS = 32;

export function compileWildcard(pattern: Wildcard): WildcardTest {
  const pieces = pattern.flatMap((piece): Wildcard => (typeof piece === 'string' ? [...piece] : [piece]));
  const length = pieces.filter(piece => piece !== ANY_TEXT).length;
  const words = Math.floor(length / WORD_BITS) + 1;
  /** Bit n: a `*` follows the first n characters of the pattern, so any text may come there. */
  const stays = new Uint32Array(words);
  /** Bit n: the pattern's character n is a `?`. */
  const anyCharacter = new Uint32Array(words);
  /** Bit n: the pattern's character n is this one. */
  const byCharacter = new Map<string, Uint32Array>();
  let at = 0;
  for (const piece of pieces) {
    if (piece === ANY_TEXT) {
      setBit(stays, at);
      continue;
    }
    const places = typeof piece === 'string' ? (byCharacter.get(piece) ?? new Uint32Array(words)) : anyCharacter;
    if (typeof piece === 'string') byCharacter.set(piece, places);
    setBit(places, at++);
  }
  for (const places of byCharacter.values()) {
    for (const [word, bits] of anyCharacter.entries()) places[word] = (places[word] ?? 0) | bits;
  }

  return text => {
    const reached = new Uint32Array(words);
    setBit(reached, 0);
    for (const character of text) step(reached, byCharacter.get(character) ?? anyCharacter, stays);
    return hasBit(reached, length);
  };
}

/** Advances each reached place by one if its next character matches. Places at a `*` also stay. */
function step(reached: Uint32Array, matching: Uint32Array, stays: Uint32Array): void {
  let carried = 0;
  for (let at = 0; at < reached.length; at++) {
    const here = reached[at] ?? 0;
    const moving = here & (matching[at] ?? 0);
    reached[at] = (here & (stays[at] ?? 0)) | (moving << 1) | carried;
    carried = moving >>> (WORD_BITS - 1);
  }
}

function setBit(bits: Uint32Array, at: number): void {
  const word = Math.floor(at / WORD_BITS);
  bits[word] = (bits[word] ?? 0) | (1 << (at % WORD_BITS));
}

function hasBit(bits: Uint32Array, at: number): boolean {
  return ((bits[Math.floor(at / WORD_BITS)] ?? 0) & (1 << (at % WORD_BITS))) !== 0;
}

// When two number literals mean the same, without trusting a double more than it can hold.

/**
 * Whether two JSON number literals are the same number: their texts are, or a double holds both faithfully and they
 * are equal. So `1`, `1.0` and `10e-1` are the same; `12345678901234567890` and `12345678901234567891`, which one
 * double stands for, are not.
 */
export function sameNumber(a: string, b: string): boolean {
  if (a === b) return true;
  const value = Number(a);
  return value === Number(b) && isFaithful(a, value) && isFaithful(b, value);
}

/** One text for all literals that are the same number, and for no others. */
export function normalNumber(text: string): string {
  return isFaithful(text, Number(text)) ? decimal(text) : `=${text}`;
}

/** The longest literal without an exponent that a double certainly holds. */
const SHORT = 300;

/** Whether a JavaScript service would read a literal as Infinity, and write `null` back. */
export function isOutOfRange(text: string): boolean {
  return (text.length > SHORT || /e/i.test(text)) && !Number.isFinite(Number(text));
}

/** Whether `value`, printed again, has every digit that `text` has. */
function isFaithful(text: string, value: number): boolean {
  return Number.isFinite(value) && decimal(text) === decimal(String(value));
}

/** Significant digits and exponent in one normal form; the sign of zero is dropped, as `===` does. */
function decimal(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? mantissa.slice(1) : mantissa).split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (!significant) return '0';
  const scale = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${negative ? '-' : ''}${significant}e${scale}`;
}

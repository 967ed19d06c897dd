// Compares number literals without losing digits that a double cannot hold.

/**
 * Whether two JSON number literals are the same number: the texts are equal, or both keep all their digits as a double
 * and the doubles are equal. `1`, `1.0` and `10e-1` are the same. `12345678901234567890` and `12345678901234567891` are
 * not, although both round to the same double.
 */
export function sameNumber(a: string, b: string): boolean {
  if (a === b) return true;
  const value = Number(a);
  return value === Number(b) && isFaithful(a, value) && isFaithful(b, value);
}

/** Normal form: equal for literals that are the same number, different for all others. */
export function normalNumber(text: string): string {
  return isFaithful(text, Number(text)) ? decimal(text) : `=${text}`;
}

/** Literals up to this length, in code units, are always finite as a double if they have no exponent. */
const SHORT = 300;

/** Whether a JavaScript service would read a literal as Infinity, and write it back as `null`. */
export function isOutOfRange(text: string): boolean {
  return (text.length > SHORT || /e/i.test(text)) && !Number.isFinite(Number(text));
}

/** Whether `value` is printed with all the digits of `text`. */
function isFaithful(text: string, value: number): boolean {
  return Number.isFinite(value) && decimal(text) === decimal(String(value));
}

/** Significant digits and exponent in one normal form. Drops the sign of zero: `===` ignores it too. */
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

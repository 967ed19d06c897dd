// Formats a time as "3 days ago", in the language of VS Code.

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** The largest unit that fits at least once; "now" below a minute. Works for the future too. */
export function relativeTime(atMs: number, nowMs: number, locale: string): string {
  const format = formatOf(locale);
  const elapsedMs = atMs - nowMs;
  for (const [unit, unitMs] of UNITS) {
    if (Math.abs(elapsedMs) >= unitMs) return format.format(Math.trunc(elapsedMs / unitMs), unit);
  }
  return format.format(0, 'second');
}

/** Cached by locale: creating a formatter costs more than the rest of a tree row. */
const formats = new Map<string, Intl.RelativeTimeFormat>();

function formatOf(locale: string): Intl.RelativeTimeFormat {
  const format = formats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  formats.set(locale, format);
  return format;
}

// Dates in a `q`: a shortened date means its whole period, as in Elasticsearch.
import { LuceneError, type RangeEnd } from './syntax';

/** ISO texts of equal length, so that they can be compared as texts. */
export interface Period {
  readonly first: string;
  readonly last: string;
}

const DATE_FIELDS = new Set([
  'created_at',
  'updated_at',
  'last_login',
  'last_password_reset',
  'multifactor_last_modified',
]);

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

export function isDateField(field: readonly string[]): boolean {
  return field.length === 1 && DATE_FIELDS.has(field[0] ?? '');
}

/** @returns undefined if the text is not a date. */
export function periodOf(text: string): Period | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone = 'Z'] = match;
  const start = Date.parse(
    `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '0').padEnd(3, '0')}${zone}`,
  );
  if (Number.isNaN(start)) return undefined;
  const end = new Date(start);
  if (month === undefined) end.setUTCFullYear(end.getUTCFullYear() + 1);
  else if (day === undefined) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setTime(start + lengthMs(hour, second, fraction));
  return { first: new Date(start).toISOString(), last: new Date(end.getTime() - 1).toISOString() };
}

/** Tests whether a date is in a range. An inclusive end includes its whole period, an exclusive one none of it. */
export function dateRange(from: RangeEnd, to: RangeEnd): (value: string) => boolean {
  const low = from.text === undefined ? undefined : strictPeriod(from.text);
  const high = to.text === undefined ? undefined : strictPeriod(to.text);
  return value =>
    (low === undefined || (from.inclusive ? value >= low.first : value > low.last)) &&
    (high === undefined || (to.inclusive ? value <= high.last : value < high.first));
}

function strictPeriod(text: string): Period {
  const period = periodOf(text);
  if (period === undefined) throw new LuceneError(`"${text}" is no date`);
  return period;
}

function lengthMs(hour: string | undefined, second: string | undefined, fraction: string | undefined): number {
  if (hour === undefined) return 86_400_000;
  if (second === undefined) return 60_000;
  return fraction === undefined ? 1_000 : 1;
}

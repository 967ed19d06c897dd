// What the rate limit headers of the real service mean, by the recorded ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isArray, isObject, parseJson } from '../../../src/sandbox/json';
import { sharedFile } from '../../support/shared';

const recorded = sharedFile('recordings/users.json');

/** Requests a second that came back under each limit when the answers were recorded. */
const RECORDED_RATES: Readonly<Record<string, number>> = { '10': 2, '50': 16 };

test('the recorded headers mean a steady refill: a reset when all that is missing has come back', {
  skip: recorded.skip,
}, () => {
  let count = 0;
  for (const { limit, remaining, resetS, writtenS } of recordedWrites(parseJson(recorded.text ?? '{}'))) {
    const fullAfterS = (limit - remaining) / (RECORDED_RATES[limit] ?? Number.NaN);
    const late = resetS - writtenS - fullAfterS;
    // Up to a second of rounding, and the time between the count and the write. What has come back in part is not in `remaining`.
    assert.ok(late > -0.6 && late <= 1, `${limit} ${remaining} ${resetS} ${writtenS}`);
    count++;
  }
  assert.ok(count >= 15, String(count));
});

function* recordedWrites(recordings: unknown) {
  const exchanges = isObject(recordings)
    ? Object.values(recordings).flatMap(value => (isArray(value) ? value : []))
    : [];
  for (const exchange of exchanges) {
    if (!isObject(exchange) || !isObject(exchange.responseHeaders) || !isObject(exchange.responseBody)) continue;
    const { responseHeaders: headers, responseBody: body, method } = exchange;
    if (headers['x-ratelimit-reset'] === undefined || !['POST', 'PATCH'].includes(String(method))) continue;
    const [limit = 0, remaining = 0, resetS = 0] = ['limit', 'remaining', 'reset'].map(name =>
      Number(headers[`x-ratelimit-${name}`]),
    );
    yield { limit, remaining, resetS, writtenS: Date.parse(String(body.updated_at)) / 1000 };
  }
}

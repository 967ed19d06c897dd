// What the log says of an error that nobody expected: where it came from, and nothing of what it may quote.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { noteUnexpected, noteUnexpectedIn, traceOf } from '../../../src/shell/unexpected';
import { cases } from '../../support/cases';

const SECRET = 'hunter2';

function thrown(message: string): Error {
  return new TypeError(message);
}

test('name, code, frames and causes', () => {
  const cause = Object.assign(new RangeError(SECRET), { code: 'ERR_OUT_OF_RANGE' });
  const trace = traceOf(new Error(SECRET, { cause }));
  assert.match(trace, /^Error\n {4}at .*\(unexpected\.test\.\w+:\d+:\d+\)/);
  assert.match(trace, /\n {2}caused by RangeError \(ERR_OUT_OF_RANGE\)\n {4}at /);
  assert(!trace.includes(SECRET) && !trace.includes(__dirname));
});

const QUOTING: readonly unknown[] = [
  thrown(SECRET),
  thrown(`x\n    at ${SECRET} (/tmp/${SECRET}.js:1:2)\n    at ${SECRET}:1:2`),
  Object.assign(thrown('x'), { name: SECRET.repeat(20) }),
  Object.assign(thrown('x'), { name: `Bearer ${SECRET}` }),
  Object.assign(thrown('x'), { code: SECRET }),
  Object.assign(thrown('x'), { stack: `Error: ${SECRET}` }),
  Object.assign(thrown(`first ${SECRET}\n    at ${SECRET}.js:1:1`), { message: 'another' }),
  thrown(`x`.concat('\n', `{"password":"${SECRET}"}`)),
  SECRET,
  { password: SECRET },
  new Error('x', { cause: SECRET }),
  new AggregateError([thrown(SECRET)], SECRET),
  null,
  undefined,
];
for (const [i, error] of QUOTING.entries()) {
  test(`nothing is quoted (${i})`, () => assert(!traceOf(error).includes(SECRET), traceOf(error)));
}

test('whatever the message, its text is not in the trace', () => {
  const message = fc.oneof(fc.string(), fc.constantFrom('\n    at ', ' (', ')', ':1:2', '/a.js'));
  fc.assert(
    fc.property(fc.array(message), fc.string({ minLength: 3 }), (parts, more) => {
      const marker = `<${more}>`;
      assert(!traceOf(thrown(parts.join(marker) + marker)).includes(marker));
    }),
    cases('property'),
  );
});

test('an error is noted once, however often it is described', () => {
  const lines: string[] = [];
  noteUnexpectedIn({ error: line => lines.push(String(line)) });
  const error = thrown(SECRET);
  noteUnexpected(error);
  noteUnexpected(error);
  noteUnexpected('text');
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? '', /^unexpected: TypeError\n/);
  assert.equal(lines[1], 'unexpected: thrown: string');
});

// What a person sees of a wait, and what *Cancel* ends: the requests of that gesture, and no others.
import '../support/vscode/install';

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { RequestScope } from '../../src/shell/requestScope';
import { api } from '../support/vscode/api';

interface Notice {
  readonly title: string;
  cancel(): void;
  isShown: boolean;
}

/** Notifications as VS Code shows them: the task is called a turn later. */
function notices(t: TestContext): Notice[] {
  const shown: Notice[] = [];
  t.mock.method(
    api.window,
    'withProgress',
    async (options: object, task: (progress: object, token: object) => unknown) => {
      await Promise.resolve();
      const listeners: (() => void)[] = [];
      const notice = {
        title: 'title' in options ? String(options.title) : '',
        cancel: () => {
          for (const listener of listeners) listener();
        },
        isShown: true,
      };
      shown.push(notice);
      await task({}, { onCancellationRequested: (listener: () => void) => listeners.push(listener) });
      notice.isShown = false;
    },
  );
  return shown;
}

const turns = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

/** A gesture with a request that ends when it is told to, or aborted. */
function gesture(scope: RequestScope, outer?: AbortSignal) {
  let end: () => void = () => undefined;
  let given: AbortSignal | undefined;
  const ended = scope.run(signal => {
    given = signal;
    return new Promise<string>((resolve, reject) => {
      end = () => resolve('ended');
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      if (signal.aborted) reject(new Error('aborted'));
    });
  }, outer);
  assert(given);
  return { signal: given, end: () => end(), outcome: ended.catch((error: unknown) => String(error)) };
}

test('Cancel on one wait ends its own gesture alone', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const shown = notices(t);
  const scope = new RequestScope();
  const [listing, saving, quiet] = [gesture(scope), gesture(scope), gesture(scope)];
  scope.waiting(30_000, listing.signal);
  scope.waiting(60_000, saving.signal);
  await turns();
  assert.deepEqual(
    shown.map(({ title, isShown }) => [title, isShown]),
    [
      ['Waiting 30 seconds for Auth0’s rate limit…', true],
      ['Waiting 60 seconds for Auth0’s rate limit…', true],
    ],
  );
  shown[0]?.cancel();
  assert.equal(await listing.outcome, 'Error: aborted');
  await turns();
  assert.deepEqual(
    [saving.signal.aborted, quiet.signal.aborted, shown[0]?.isShown, shown[1]?.isShown],
    [false, false, false, true],
  );
  saving.end();
  quiet.end();
  assert.deepEqual([await saving.outcome, await quiet.outcome], ['ended', 'ended']);
  await turns();
  assert.equal(shown[1]?.isShown, false);
});

test('a wait of nobody who is known is not shown as somebody else’s', async t => {
  const shown = notices(t);
  const scope = new RequestScope();
  const saving = gesture(scope);
  scope.waiting(30_000, undefined);
  scope.waiting(30_000, new AbortController().signal);
  await turns();
  assert.equal(shown.length, 0);
  saving.end();
  await saving.outcome;
});

test('a notification goes when the wait is over, though its gesture goes on', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const shown = notices(t);
  const scope = new RequestScope();
  const saving = gesture(scope);
  scope.waiting(2_000, saving.signal);
  await turns();
  t.mock.timers.tick(2_000);
  await turns();
  assert.deepEqual([shown.length, shown[0]?.isShown, saving.signal.aborted], [1, false, false]);
  saving.end();
  await saving.outcome;
});

test('one that is over before VS Code has shown it goes as well', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const shown = notices(t);
  const scope = new RequestScope();
  const saving = gesture(scope);
  scope.waiting(2_000, saving.signal);
  saving.end();
  await saving.outcome;
  await turns();
  assert.deepEqual(
    shown.map(({ isShown }) => isShown),
    [false],
  );
});

test('an answer that is slow can be cancelled too, and one that comes in time shows nothing', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const shown = notices(t);
  const scope = new RequestScope();
  const saving = gesture(scope);
  scope.sent(saving.signal);
  t.mock.timers.tick(4_999);
  scope.answered(saving.signal);
  t.mock.timers.tick(60_000);
  await turns();
  assert.equal(shown.length, 0);
  scope.sent(saving.signal);
  t.mock.timers.tick(5_000);
  await turns();
  assert.deepEqual(
    shown.map(({ title }) => title),
    ['Waiting for Auth0’s answer…'],
  );
  shown[0]?.cancel();
  assert.equal(await saving.outcome, 'Error: aborted');
});

test('whoever began it can end it as well', async () => {
  const scope = new RequestScope();
  const outer = new AbortController();
  const listing = gesture(scope, outer.signal);
  outer.abort();
  assert.equal(await listing.outcome, 'Error: aborted');
  assert.equal(await gesture(scope, outer.signal).outcome, 'Error: aborted');
});

test('the end of the window ends everything', async () => {
  const scope = new RequestScope();
  const both = [gesture(scope), gesture(scope)];
  scope.dispose();
  for (const { outcome } of both) assert.equal(await outcome, 'Error: aborted');
});

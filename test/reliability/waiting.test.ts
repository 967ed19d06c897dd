// What a person sees of a wait, and what *Cancel* ends: the requests of that gesture, and no others.
import '../support/vscode/install';

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { RequestScope } from '../../src/shell/requestScope';
import { Waits } from '../../src/shell/waits';
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

/** What the status bar says of the wait; undefined while it is hidden. */
function statusBar(t: TestContext): { text(): string | undefined; tooltip(): string } {
  let isShown = false;
  const set = (shown: boolean) => () => {
    isShown = shown;
  };
  const item = { text: '', tooltip: '', show: set(true), hide: set(false), dispose: set(false) };
  t.mock.method(api.window, 'createStatusBarItem', () => item);
  return { text: () => (isShown ? item.text : undefined), tooltip: () => item.tooltip };
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

/** With its waits in the status bar, as once the network is loaded. */
function shownScope(): RequestScope {
  const scope = new RequestScope();
  scope.showIn(new Waits());
  return scope;
}

test('a click on the wait ends all that wait, and nothing else', async t => {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'] });
  const bar = statusBar(t);
  const scope = shownScope();
  const [listing, saving, quiet] = [gesture(scope), gesture(scope), gesture(scope)];
  scope.waiting(30_000, listing.signal);
  assert.equal(bar.text(), '$(watch) Auth0: waiting 30 seconds… $(close) Cancel');
  assert.match(bar.tooltip(), /Click to cancel\.$/);
  scope.waiting(60_000, saving.signal);
  assert.equal(bar.text(), '$(watch) Auth0: waiting 60 seconds… $(close) Cancel');
  assert.match(bar.tooltip(), /cancel all 2 requests/);
  t.mock.timers.tick(5_000);
  assert.equal(bar.text(), '$(watch) Auth0: waiting 55 seconds… $(close) Cancel');
  scope.cancelWaiting();
  assert.deepEqual([await listing.outcome, await saving.outcome], ['Error: aborted', 'Error: aborted']);
  assert.deepEqual([quiet.signal.aborted, bar.text()], [false, undefined]);
  quiet.end();
  assert.equal(await quiet.outcome, 'ended');
});

test('a wait of nobody who is known is not shown as somebody else’s', async t => {
  const bar = statusBar(t);
  const scope = shownScope();
  const saving = gesture(scope);
  scope.waiting(30_000, undefined);
  scope.waiting(30_000, new AbortController().signal);
  assert.equal(bar.text(), undefined);
  saving.end();
  await saving.outcome;
});

test('the wait is over when its request is sent, or its gesture ends', async t => {
  const bar = statusBar(t);
  const scope = shownScope();
  const [saving, listing] = [gesture(scope), gesture(scope)];
  scope.waiting(2_000, saving.signal);
  scope.waiting(9_000, listing.signal);
  scope.sent(listing.signal);
  assert.equal(bar.text(), '$(watch) Auth0: waiting 2 seconds… $(close) Cancel');
  saving.end();
  await saving.outcome;
  await turns();
  assert.deepEqual([bar.text(), saving.signal.aborted], [undefined, false]);
  scope.answered(listing.signal);
  listing.end();
  await listing.outcome;
});

test('an answer that is slow can be cancelled too, and one that comes in time shows nothing', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const shown = notices(t);
  const scope = shownScope();
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

test('a request that waits for the answers to others counts as one that is not answered, from its own beginning', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const shown = notices(t);
  const scope = shownScope();
  const [opening, searching, saving] = [gesture(scope), gesture(scope), gesture(scope)];
  for (const { signal } of [opening, searching, saving]) scope.blocked(signal);
  t.mock.timers.tick(4_000);
  scope.sent(opening.signal);
  scope.sent(searching.signal);
  scope.answered(searching.signal);
  t.mock.timers.tick(1_000);
  await turns();
  assert.deepEqual(
    shown.map(({ isShown }) => isShown),
    [true, true],
  );
  scope.answered(opening.signal);
  await turns();
  assert.deepEqual(
    shown.map(({ isShown }) => isShown),
    [false, true],
  );
  shown[1]?.cancel();
  assert.equal(await saving.outcome, 'Error: aborted');
});

test('whoever began it can end it as well', async () => {
  const scope = shownScope();
  const outer = new AbortController();
  const listing = gesture(scope, outer.signal);
  outer.abort();
  assert.equal(await listing.outcome, 'Error: aborted');
  assert.equal(await gesture(scope, outer.signal).outcome, 'Error: aborted');
});

test('the end of the window ends everything', async () => {
  const scope = shownScope();
  const both = [gesture(scope), gesture(scope)];
  scope.dispose();
  for (const { outcome } of both) assert.equal(await outcome, 'Error: aborted');
});

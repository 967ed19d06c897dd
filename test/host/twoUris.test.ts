// The same user under two URIs: two documents with a text and a base of their own, and one server.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isDirty, roundTrips, secondUri } from './documentLife';
import { type Bench, bodies, connect, open, replace, untilShown } from './support';

const ID = 'auth0|jane';

describe('a user who is open under two URIs', () => {
  let bench: Bench;
  let first: vscode.TextDocument;
  let second: vscode.TextDocument;

  beforeEach(async () => {
    const user = { user_metadata: { hobby: 'surfing' }, app_metadata: { plan: 'full' } };
    bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com', ...user }] });
    first = await open(bench, ID);
    second = await vscode.workspace.openTextDocument(secondUri(first.uri));
    await vscode.window.showTextDocument(second, { preview: false });
    assert.notEqual(first, second);
  });

  afterEach(() => bench.close());

  const stored = () => {
    const user = bench.sandbox.control.user(ID);
    return { ...Object(user?.user_metadata), ...Object(user?.app_metadata) };
  };

  async function bothShow(...values: readonly string[]): Promise<void> {
    for (const document of [first, second]) {
      for (const value of values) await untilShown(document, `"${value}"`);
      assert.equal(isDirty(document.uri), false);
    }
  }

  for (const [order, pick] of [
    ['the second after the first', () => [first, second] as const],
    ['the first after the second', () => [second, first] as const],
  ] as const) {
    it(`${order}: each sends what was typed in it, and a clean one is brought up to date`, async () => {
      const [one, other] = pick();
      await replace(one, '"surfing"', '"sailing"');
      assert.equal(await one.save(), true);
      await untilShown(other, '"sailing"');
      assert.equal(isDirty(other.uri), false);
      await replace(other, '"full"', '"gold"');
      assert.equal(await other.save(), true);
      assert.deepEqual(stored(), { hobby: 'sailing', plan: 'gold' });
      assert.deepEqual(bodies(bench, 'PATCH'), [
        '{"user_metadata":{"hobby":"sailing"}}',
        '{"app_metadata":{"plan":"gold"}}',
      ]);
      await bothShow('sailing', 'gold');
      assert.deepEqual(bench.asked, []);
    });

    it(`${order}, both typed into before: neither takes back what the other has saved`, async () => {
      const [one, other] = pick();
      await replace(one, '"surfing"', '"sailing"');
      await replace(other, '"full"', '"gold"');
      assert.equal(await one.save(), true);
      await roundTrips(10);
      assert.deepEqual([isDirty(other.uri), other.getText().includes('"surfing"')], [true, true], 'unsaved text stays');
      assert.equal(await other.save(), true);
      assert.deepEqual(stored(), { hobby: 'sailing', plan: 'gold' });
      assert.deepEqual(bodies(bench, 'PATCH'), [
        '{"user_metadata":{"hobby":"sailing"}}',
        '{"app_metadata":{"plan":"gold"}}',
      ]);
      await bothShow('sailing', 'gold');
      assert.deepEqual(bench.asked, []);
    });

    it(`${order}, both changing the same: the later save asks`, async () => {
      const [one, other] = pick();
      await replace(one, '"surfing"', '"sailing"');
      await replace(other, '"surfing"', '"rowing"');
      assert.equal(await one.save(), true);
      assert.equal(await other.save(), false);
      assert.deepEqual(bench.asked[0]?.buttons, ['Compare', 'Overwrite', 'Take Theirs']);
      assert.deepEqual([stored().hobby, bodies(bench, 'PATCH').length, isDirty(other.uri)], ['sailing', 1, true]);
      bench.answers.push('Overwrite');
      assert.equal(await other.save(), true);
      assert.equal(stored().hobby, 'rowing');
      await bothShow('rowing');
    });
  }

  it('both saved at once: one save after the other, and both changes are there', async () => {
    await replace(first, '"surfing"', '"sailing"');
    await replace(second, '"full"', '"gold"');
    assert.deepEqual(await Promise.all([first.save(), second.save()]), [true, true]);
    assert.deepEqual(stored(), { hobby: 'sailing', plan: 'gold' });
    await bothShow('sailing', 'gold');
  });

  it('both saved at once, below the same root key: the later one is planned on what the earlier one has left', async () => {
    await replace(first, '"hobby"', '"at": { "home": 1 }, "hobby"');
    assert.equal(await first.save(), true);
    await untilShown(second, '"home"');
    await replace(first, '"home": 1', '"home": 1, "work": 2');
    await replace(second, '"home": 1', '"home": 1, "boat": 3');
    assert.deepEqual(await Promise.all([first.save(), second.save()]), [true, true]);
    assert.deepEqual(stored().at, { home: 1, work: 2, boat: 3 });
  });

  it('a save that finds its change made already: the other document shows it as well', async () => {
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'sailing' } });
    await replace(first, '"surfing"', '"sailing"');
    assert.equal(await first.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), []);
    await bothShow('sailing', 'full');
  });

  it('opened later than a change by somebody else, the second does not move the first’s base', async () => {
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'chess!!' } });
    const third = await vscode.workspace.openTextDocument(first.uri.with({ path: `/users/${ID}/third.json` }));
    await vscode.window.showTextDocument(third, { preview: false });
    await replace(first, '"full"', '"gold"');
    assert.equal(await first.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"app_metadata":{"plan":"gold"}}']);
    assert.deepEqual([stored(), bench.asked], [{ hobby: 'chess!!', plan: 'gold' }, []]);
  });
});

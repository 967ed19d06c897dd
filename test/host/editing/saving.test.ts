// Edit and save, in a real extension host. What counts is what the server holds afterwards.
import assert from 'node:assert/strict';
import { type Bench, bodies, open, replace, requests, show, type, untilCompared, untilShown } from '../support';
import { connectJane, ID, PATH, storedIn } from './bench';

describe('editing a user', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectJane();
  });

  afterEach(() => bench.close());

  const stored = () => storedIn(bench);

  it('saves with one GET and one PATCH that holds only what changed', async () => {
    const document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    bench.sandbox.control.clearRequests();
    assert.equal(await document.save(), true);
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`, `PATCH ${PATH} 200`]);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
    assert.equal(document.isDirty, false);
    assert.deepEqual(bench.asked, []);
  });

  it('saves again and again: each save is planned against the last', async () => {
    const document = await open(bench, ID);
    for (const hobby of ['a', 'b', 'c']) {
      await replace(
        document,
        `"hobby": ${JSON.stringify(JSON.parse(document.getText()).user_metadata.hobby)}`,
        `"hobby": "${hobby}"`,
      );
      assert.equal(await document.save(), true);
    }
    assert.deepEqual(bodies(bench, 'PATCH').length, 3);
    assert.equal(JSON.parse(JSON.stringify(stored())).user_metadata.hobby, 'c');
  });

  it('sends nothing for a change of the formatting alone', async () => {
    const document = await open(bench, ID);
    await type(document, JSON.stringify(stored()));
    bench.sandbox.control.clearRequests();
    assert.equal(await document.save(), true);
    assert.deepEqual(requests(bench), []);
  });

  it('asks before a nested value is replaced, naming user, tenant, path and both values; Save sends', async () => {
    const document = await open(bench, ID);
    await replace(document, '123 Main Street', '1 Elm Street');
    bench.answers.push('Save');
    assert.equal(await document.save(), true);
    const [question] = bench.asked;
    assert(question);
    assert.match(question.message, new RegExp(`jane\\.doe@example\\.com on ${bench.tenant}`));
    assert.match(question.detail, /user_metadata\.addresses\.home: "123 Main Street" → "1 Elm Street"/);
    assert.deepEqual(question.buttons, ['Save', 'Show Changes']);
    assert.deepEqual(stored().user_metadata, { hobby: 'surfing', addresses: { home: '1 Elm Street' } });
  });

  it('Cancel leaves the server as it was and the document dirty, as typed', async () => {
    const document = await open(bench, ID);
    const before = stored();
    await replace(document, '123 Main Street', '1 Elm Street');
    const typed = document.getText();
    bench.answers.push(undefined);
    assert.equal(await document.save(), false);
    assert.deepEqual([document.isDirty, document.getText(), stored()], [true, typed, before]);
  });

  it('Show Changes opens server ↔ yours, sends nothing, and the next save does not ask again', async () => {
    const document = await open(bench, ID);
    await replace(document, '123 Main Street', '1 Elm Street');
    bench.answers.push('Show Changes');
    assert.equal(await document.save(), false);
    await untilCompared();
    assert.deepEqual(bodies(bench, 'PATCH'), []);
    assert.equal(await document.save(), true);
    assert.equal(bench.asked.length, 1);
    assert.deepEqual(stored().user_metadata, { hobby: 'surfing', addresses: { home: '1 Elm Street' } });
  });

  it('a pure addition below a root key does not ask, and sends the complete value', async () => {
    const document = await open(bench, ID);
    await show(document, {
      ...stored(),
      user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street', work: '100 Way' } },
    });
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), [
      '{"user_metadata":{"addresses":{"home":"123 Main Street","work":"100 Way"}}}',
    ]);
    assert.deepEqual(bench.asked, []);
  });

  it('emptying a section removes key by key, after asking', async () => {
    const document = await open(bench, ID);
    await show(document, { user_metadata: {}, app_metadata: { plan: 'full' } });
    bench.answers.push('Save');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":null,"addresses":null}}']);
    assert.match(bench.asked[0]?.detail ?? '', /Removed:\nuser_metadata\.hobby: "surfing"/);
  });

  it('sends exact numbers', async () => {
    const document = await open(bench, ID);
    await replace(document, '"plan": "full"', '"plan": "full",\n    "n": [12345678901234567890, 1.0, 1e3]');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"app_metadata":{"n":[12345678901234567890,1.0,1e3]}}']);
  });

  it('keeps the text when the service fails, and saves it later', async () => {
    const document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    await bench.sandbox.control.goOffline();
    assert.equal(await document.save(), false);
    assert.equal(document.isDirty, true);
    await bench.sandbox.control.goOnline();
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
  });

  it('a PATCH whose answer is lost is read back: saved is said only if it is', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.fail({ route: 'patch', fault: { kind: 'resetAfterApply' } });
    await replace(document, '"surfing"', '"sailing"');
    bench.sandbox.control.clearRequests();
    assert.equal(await document.save(), true);
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`, `PATCH ${PATH} 0`, `GET ${PATH} 200`]);
    bench.sandbox.control.fail({ route: 'patch', fault: { kind: 'resetBeforeRead' } });
    await replace(document, '"sailing"', '"rowing"');
    assert.equal(await document.save(), false);
    assert.equal(document.isDirty, true);
    assert.equal(JSON.parse(JSON.stringify(stored())).user_metadata.hobby, 'sailing');
  });

  it('shows what the service made of a save where that is something else', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.fail({
      route: 'patch',
      fault: { kind: 'edit', when: 'before', userId: ID, set: { app_metadata: { plan: 'vip' } } },
    });
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), true);
    await untilShown(document, '"vip"');
  });
});

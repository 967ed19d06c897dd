// Saving what somebody else has changed meanwhile: merged where it can be, asked about where not.
import assert from 'node:assert/strict';
import { type Bench, bodies, open, replace, show, untilCompared, untilShown } from '../support';
import { connectJane, ID, storedIn } from './bench';

describe('editing a user', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectJane();
  });

  afterEach(() => bench.close());

  const stored = () => storedIn(bench);

  it('merges a disjoint nested change by somebody else, and shows it', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, {
      user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street', boat: 'pier 4' } },
    });
    await show(document, {
      ...stored(),
      user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street', work: '100 Way' } },
    });
    assert.equal(await document.save(), true);
    assert.deepEqual(stored().user_metadata, {
      hobby: 'surfing',
      addresses: { home: '123 Main Street', work: '100 Way', boat: 'pier 4' },
    });
    await untilShown(document, 'pier 4');
    assert.equal(document.isDirty, false);
  });

  it('a root key that somebody else changed is left alone and shown afterwards', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, { app_metadata: { plan: 'gold', seats: 3 } });
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), true);
    assert.deepEqual(stored().app_metadata, { plan: 'gold', seats: 3 });
    await untilShown(document, '"seats": 3');
  });

  it('a conflict asks; Cancel changes nothing', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'chess', addresses: { home: '123 Main Street' } } });
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), false);
    assert.deepEqual(bench.asked[0]?.buttons, ['Compare', 'Overwrite', 'Take Theirs']);
    assert.match(
      bench.asked[0]?.detail ?? '',
      /user_metadata\.hobby\n\s+yours: "sailing"\s+\(was "surfing"\)\n\s+server: "chess"/,
    );
    assert.deepEqual([document.isDirty, bodies(bench, 'PATCH')], [true, []]);
  });

  it('a conflict asks; Overwrite saves mine, Take Theirs keeps the server’s and saves the rest', async () => {
    const document = await open(bench, ID);
    const conflict = async (theirs: string, mine: string, answer: string) => {
      bench.sandbox.control.set(ID, { user_metadata: { hobby: theirs, addresses: { home: '123 Main Street' } } });
      const shown = JSON.parse(document.getText());
      await show(document, {
        ...shown,
        user_metadata: { ...shown.user_metadata, hobby: mine },
        app_metadata: { plan: mine },
      });
      bench.answers.push(answer);
      assert.equal(await document.save(), true);
    };
    await conflict('chess', 'sailing', 'Overwrite');
    assert.deepEqual(stored(), {
      user_metadata: { hobby: 'sailing', addresses: { home: '123 Main Street' } },
      app_metadata: { plan: 'sailing' },
    });
    await conflict('golf', 'rowing', 'Take Theirs');
    assert.deepEqual(stored(), {
      user_metadata: { hobby: 'golf', addresses: { home: '123 Main Street' } },
      app_metadata: { plan: 'rowing' },
    });
    await untilShown(document, '"golf"');
  });

  it('Compare brings the document up to date, and saving from there asks no second time', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, {
      user_metadata: { hobby: 'chess', addresses: { home: '123 Main Street' }, since: 2020 },
    });
    await replace(document, '"surfing"', '"sailing"');
    bench.answers.push('Compare');
    assert.equal(await document.save(), false);
    await untilShown(document, '"since": 2020');
    assert.match(document.getText(), /"sailing"/);
    assert.equal(await document.save(), true);
    assert.equal(bench.asked.length, 1);
    assert.deepEqual(stored().user_metadata, { hobby: 'sailing', addresses: { home: '123 Main Street' }, since: 2020 });
  });

  it('a server that moved again after Compare asks again', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'chess', addresses: { home: '123 Main Street' } } });
    await replace(document, '"surfing"', '"sailing"');
    bench.answers.push('Compare');
    assert.equal(await document.save(), false);
    await untilCompared();
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'golf', addresses: { home: '123 Main Street' } } });
    assert.equal(await document.save(), false);
    assert.equal(bench.asked.length, 2);
    assert.equal(bodies(bench, 'PATCH').length, 0);
  });
});

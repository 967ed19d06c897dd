// Row 7: 100 saves in a row with 10 documents open: nothing grows after the tenth.
import { startSandbox } from '../../../src/sandbox/http/server';
import { productionBundles } from '../bundle/build';
import type { Bench, Figure, Unit } from '../model';
import { measureInChild, samplesOf } from '../process/parent';

const DOCUMENTS = 10;

/** The compiler adds code and feedback for some hundred calls: that growth is not the extension's. */
const STEADY = ['--no-opt', '--no-sparkplug', '--no-lazy-feedback-allocation'];

export const savesBench: Bench = {
  name: 'saves',
  title: '100 saves in a row, 10 documents open: growth after the tenth',
  async measure() {
    const folder = await productionBundles();
    const sandbox = await startSandbox();
    try {
      const { url, domain, token, control } = sandbox;
      const ids = control
        .users()
        .slice(0, DOCUMENTS)
        .map(user => user.user_id)
        .join(',');
      const held = await measureInChild('session/savesChild', { folder, url, domain, token, ids }, undefined, STEADY);
      const growth = (name: string, what: string, unit: Unit, aim: number, scale = 1): Figure => {
        const [settled = Number.NaN, end = Number.NaN] = samplesOf(held, name).map(value => value / scale);
        const beside = [{ name: 'after the tenth', value: settled, unit }];
        return { id: `saves.${name}`, what, value: end - settled, unit, beside, aim: { atMost: aim } };
      };
      return {
        figures: [
          growth('listeners', 'listeners', 'count', 0),
          growth('sockets', 'open sockets', 'count', 0),
          growth('timers', 'timers', 'count', 0),
          // A leaked document would be some 5 KB a save.
          growth('heap', 'heap', 'KB', 50, 1000),
        ],
      };
    } finally {
      await sandbox.close();
    }
  },
};

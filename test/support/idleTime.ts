// Virtual time for clients on real sockets: it passes only while no request is under way, so no machine is too slow for it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Transport } from '../../src/management/http/transport';
import { VirtualTime } from './virtualTime';

/** Of the event loop, from an answer to the next request of whoever waited for it. */
const TURNS = 5;

export class IdleTime extends VirtualTime {
  #underWay = 0;

  /** A transport whose requests hold the time. */
  holdBy(transport: Transport): Transport {
    return {
      close: () => transport.close(),
      request: async (request, signal) => {
        this.#underWay++;
        try {
          return await transport.request(request, signal);
        } finally {
          this.#underWay--;
        }
      },
    };
  }

  /** Lets time pass until the task has ended. */
  async passDuring<T>(task: Promise<T>): Promise<T> {
    let isDone: boolean = false;
    const done = () => {
      isDone = true;
    };
    task.then(done, done);
    for (let turn = 1; !isDone; turn++) {
      await nextTurn();
      if (this.#underWay > 0) turn = 0;
      else if (turn >= TURNS && this.step()) turn = 0;
    }
    return task;
  }
}

// Runs one measurement in a process of its own, in which `vscode` is the stand-in: see measureInChild.
import '../support/vscode/install';

import type { Measurement } from './measureInChild';

/** What one loads would be in the way of another: each is loaded when it is the one. */
const MEASUREMENTS = {
  load: async () => (await import('./bundle')).load,
  activate: async () => (await import('./bundle')).activate,
  window: async () => (await import('./window')).openWindow,
  bareWindow: async () => (await import('./window')).openBareWindow,
  saves: async () => (await import('./saves')).saveOften,
  listOurs: async () => (await import('./list')).listOurs,
  listSdk: async () => (await import('./list')).listSdk,
  tree: async () => (await import('./tree')).fillTree,
  queue: async () => (await import('./queue')).fillQueue,
  reads: async () => (await import('./queue')).readOften,
  sandbox: async () => (await import('./sandbox')).load,
} satisfies Record<string, () => Promise<Measurement>>;

export type MeasurementName = keyof typeof MEASUREMENTS;

const [, , name = '', argument = '{}'] = process.argv;
run().then(
  samples => end({ samples }, 0),
  (error: unknown) => end({ error: error instanceof Error ? String(error.stack) : String(error) }, 1),
);

async function run() {
  if (!isName(name)) throw new Error(`there is no measurement ${name}`);
  const measure: Measurement = await MEASUREMENTS[name]();
  return measure(JSON.parse(argument), ask);
}

function isName(text: string): text is MeasurementName {
  return text in MEASUREMENTS;
}

function ask(): Promise<number> {
  return new Promise(resolve => {
    process.once('message', message => resolve(Number(message)));
    process.send?.({ question: true });
  });
}

function end(message: object, code: number): void {
  process.send?.(message, () => process.exit(code));
}

// A measurement in a process of its own, as the parent sees it.
import { fork } from 'node:child_process';
import * as path from 'node:path';
import { onProcessEnd } from '../workbench/lifetime';
import { outRoot } from '../workbench/paths';
import type { MeasurementName } from './child';
import { isSamples, type Samples } from './samples';

/**
 * What runs in the child. It stands beside the bench that reports it, in a module that both processes load: what takes long
 * to load, or is not to be there before it is measured, is imported inside of it.
 *
 * @param ask asks the parent for a number, such as how many requests its server has had
 */
export type Measurement = (argument: Readonly<Record<string, string>>, ask: () => Promise<number>) => Promise<Samples>;

/**
 * @param answer what the child asks for while it runs
 * @param flags of Node.js
 * @throws Error with what the child died of
 */
export function measureInChild(
  name: MeasurementName,
  argument: Readonly<Record<string, string>> = {},
  answer: () => number = () => 0,
  flags: readonly string[] = [],
): Promise<Samples> {
  return new Promise((resolve, reject) => {
    const script = path.join(outRoot, 'test', 'bench', 'child.js');
    const child = fork(script, [name, JSON.stringify(argument)], { execArgv: [...flags] });
    const forget = onProcessEnd(() => child.kill('SIGKILL'));
    child.on('message', message => {
      if (has(message, 'question')) child.send(answer());
      else if (has(message, 'samples') && isSamples(message.samples)) resolve(message.samples);
      else reject(new Error(`${name}: ${has(message, 'error') ? String(message.error) : 'no samples'}`));
    });
    child.on('exit', code => {
      forget();
      // After a result this changes nothing any more.
      reject(new Error(`${name} ended with ${code} before it had measured anything.`));
    });
  });
}

function has<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}

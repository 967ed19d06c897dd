// The parent's side of a measurement in a process of its own.
import { fork } from 'node:child_process';
import * as path from 'node:path';
import { onProcessEnd } from '../../workbench/lifetime';
import { outRoot } from '../../workbench/paths';
import type { Samples } from './child';

/**
 * Runs `test/bench/<script>.ts` as a process and resolves with its samples.
 *
 * @param answer what the child asks for while it runs
 * @param flags of Node.js
 * @throws Error with what the child died of
 */
export function measureInChild(
  script: string,
  argument: Readonly<Record<string, string>> = {},
  answer: (question: string) => number = () => 0,
  flags: readonly string[] = [],
): Promise<Samples> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(outRoot, 'test', 'bench', `${script}.js`), [JSON.stringify(argument)], {
      execArgv: [...flags],
    });
    const forget = onProcessEnd(() => child.kill('SIGKILL'));
    child.on('message', message => {
      if (has(message, 'question')) child.send(answer(String(message.question)));
      else if (has(message, 'samples') && isSamples(message.samples)) resolve(message.samples);
      else reject(new Error(`${script}: ${has(message, 'error') ? String(message.error) : 'no samples'}`));
    });
    child.on('exit', code => {
      forget();
      // After a result this changes nothing any more.
      reject(new Error(`${script} ended with ${code} before it had measured anything.`));
    });
  });
}

/** The samples named `name`. @throws Error when the child took none */
export function samplesOf(samples: Samples, name: string): readonly number[] {
  const list = samples[name];
  if (!list?.length) throw new Error(`there are no samples of ${name}`);
  return list;
}

function has<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}

export function isSamples(value: unknown): value is Samples {
  const isList = (list: unknown) => Array.isArray(list) && list.every(item => typeof item === 'number');
  return typeof value === 'object' && value !== null && Object.values(value).every(isList);
}

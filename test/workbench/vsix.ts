// The extension as it is shipped: built for production and packaged.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { npmCommand } from './npm';
import { projectRoot } from './paths';
import { SetupError } from './setupError';

/** Runs the `package` script, which leaves the package at `vsixPath`. @throws SetupError with what the script said */
export async function packageExtension(): Promise<void> {
  const { command, prefix, shell } = npmCommand();
  const child = spawn(command, [...prefix, 'run', '--silent', 'package'], {
    cwd: projectRoot,
    shell,
    // Without a terminal vsce asks nothing.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new SetupError(`The extension could not be packaged:\n${output.trim()}`);
}

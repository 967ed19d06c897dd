// The extension as it is shipped: built for production and packaged.
import { runNpm } from './npm';
import { projectRoot } from './paths';
import { SetupError } from './setupError';

/** Runs the `package` script, which leaves the package at `vsixPath`. @throws SetupError with what the script said */
export async function packageExtension(): Promise<void> {
  // Collected, so without a terminal: then vsce asks nothing.
  const { code, output, errors } = await runNpm(projectRoot, ['run', '--silent', 'package'], 'collect');
  if (code !== 0) throw new SetupError(`The extension could not be packaged:\n${`${output}${errors}`.trim()}`);
}

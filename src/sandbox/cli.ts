// npm run sandbox: starts the sandbox, prints one line of JSON, lives until SIGINT or SIGTERM.
import { readFileSync } from 'node:fs';
import { type CliArguments, parseArguments, USAGE } from './cliArguments';
import { isArray, isObject, type JsonObject, parseJson } from './json';
import { type SandboxOptions, startSandbox } from './server';

async function main(args: readonly string[]): Promise<void> {
  const parsed = parseArguments(args);
  if (typeof parsed === 'string') throw new Error(`${parsed} ${USAGE}`);
  const sandbox = await startSandbox(optionsOf(parsed));
  const { url, domain, token, clientId, clientSecret } = sandbox;
  // Whoever starts the sandbox may act on the line at once: it must find these handlers in place.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
  console.log(JSON.stringify({ url, domain, token, clientId, clientSecret }));
}

function optionsOf({ usersFile, ...options }: CliArguments): SandboxOptions {
  return usersFile === undefined ? options : { ...options, users: usersIn(usersFile) };
}

function usersIn(file: string): readonly JsonObject[] {
  const users = parseJson(readFileSync(file, 'utf8'));
  if (!isArray(users) || !users.every(isObject)) throw new Error(`${file} does not hold an array of users.`);
  return users;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});

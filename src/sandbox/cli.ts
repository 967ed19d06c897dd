// Starts the sandbox, prints one line of JSON, and runs until SIGINT or SIGTERM.
// npm run sandbox -- [--port N] [--users FILE.json | --count N | --empty] [--delay MS] [--search-lag MS] [--domain NAME]
//   [--plan free|essentials|enterprise|nonproduction | --rate-limit N] [--refill steady|window] [--retry-after] [--control]
import { readFileSync } from 'node:fs';
import { type CliArguments, parseArguments } from './cliArguments';
import { type SandboxOptions, startSandbox } from './http/server';
import { isArray, isObject, type Json, type JsonObject, parseJson } from './json';

async function main(args: readonly string[]): Promise<void> {
  const sandbox = await startSandbox(optionsOf(parseArguments(args)));
  const { url, domain, token, clientId, clientSecret } = sandbox;
  // Before the output, because the parent process may send a signal as soon as it has read the line.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
  console.log(JSON.stringify({ url, domain, token, clientId, clientSecret }));
}

function optionsOf({ usersFile, ...options }: CliArguments): SandboxOptions {
  const recordBodies = options.control === true;
  return { ...options, recordBodies, ...(usersFile === undefined ? {} : { users: usersIn(usersFile) }) };
}

function usersIn(file: string): readonly JsonObject[] {
  let users: Json;
  try {
    users = parseJson(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON.`, { cause });
  }
  if (!isArray(users) || !users.every(isObject)) throw new Error(`${file} does not hold an array of users.`);
  return users;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});

// Starts the sandbox, prints one line of JSON, and runs until SIGINT or SIGTERM.
// npm run sandbox -- [--port N] [--users FILE.json | --count N | --empty] [--domain NAME | --tenants N]
//   [--plan free|essentials|enterprise|nonproduction | --rate-limit N] [--refill steady|window] [--retry-after]
//   [--delay MS] [--search-lag MS] [--control]
import { readFileSync } from 'node:fs';
import { parseArguments } from './cliArguments';
import { type Sandbox, type SandboxOptions, startSandbox } from './http/server';
import { startTenants } from './http/tenants';
import { isArray, isObject, type Json, type JsonObject, parseJson } from './json';

async function main(args: readonly string[]): Promise<void> {
  const { usersFile, tenants, ...flags } = parseArguments(args);
  const users = usersFile === undefined ? {} : { users: usersIn(usersFile) };
  const options: SandboxOptions = { ...flags, ...users, recordBodies: flags.control === true };
  const sandboxes = tenants === undefined ? [await startSandbox(options)] : await startTenants(tenants, options);
  // Before the output, because the parent process may send a signal as soon as it has read the line.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      for (const sandbox of sandboxes) void sandbox.close();
    });
  }
  const all = sandboxes.map(accessOf);
  console.log(JSON.stringify({ ...all[0], ...(tenants === undefined ? {} : { tenants: all }) }));
}

function accessOf({
  url,
  domain,
  friendlyName,
  token,
  clientId,
  clientSecret,
  keyId,
  privateKey,
}: Sandbox): JsonObject {
  return { url, domain, friendlyName, token, clientId, clientSecret, keyId, privateKey };
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

// A request as a shell command that may be pasted: nothing that an end user has put into a value can run.

/** The shells that a command can be written for. */
export const SHELLS = ['posix', 'powershell', 'cmd'] as const;
export type Shell = (typeof SHELLS)[number];

export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  /** JSON on one line. */
  readonly body: string;
}

/** The longest line that cmd takes; what is longer it cuts. */
const CMD_LENGTH = 8_191;

/**
 * `curl` for a PATCH or POST with a JSON body; the token is left to the environment variable AUTH0_TOKEN.
 *
 * For PowerShell and cmd, characters in the body's strings that either of them or a code page could touch are written as
 * `\uXXXX`: the same JSON, in plain ASCII. Numbers are as they were.
 *
 * @returns undefined for a request that is too long for the shell
 */
export function toCurl(request: CurlRequest, shell: Shell): string | undefined {
  switch (shell) {
    case 'posix':
      return posix(request);
    case 'powershell':
      return powershell(request);
    case 'cmd':
      return cmd(request);
  }
}

/** In single quotes a POSIX shell expands nothing. */
function posix({ method, url, body }: CurlRequest): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return [
    `curl --request ${method} ${quote(url)}`,
    `  --header "Authorization: Bearer $AUTH0_TOKEN"`,
    `  --header 'Content-Type: application/json'`,
    `  --data-raw ${quote(body)}`,
  ].join(' \\\n');
}

/**
 * `curl` alone is another command in Windows PowerShell. The body goes through a pipe: how double quotes in an argument
 * reach a program differs between versions.
 */
function powershell({ method, url, body }: CurlRequest): string {
  return [
    `'${inPlainAscii(body)}' |`,
    `  curl.exe --request ${method} '${withoutMarks(url)}' \``,
    `  --header "Authorization: Bearer $env:AUTH0_TOKEN" \``,
    `  --header 'Content-Type: application/json' \``,
    `  --data-binary '@-'`,
  ].join('\n');
}

/**
 * For the prompt. cmd takes every `"` for the begin or end of a quotation, the escaped ones too, so that what stands in the
 * body's strings is outside of quotes for it: only characters that mean nothing there are left as they are. It replaces
 * `%CD%` anywhere: a caret keeps the two apart, and goes away itself.
 */
function cmd({ method, url, body }: CurlRequest): string | undefined {
  const command = [
    `curl.exe --request ${method} ${withoutMarks(url).replaceAll('%', '%^')}`,
    '  --header "Authorization: Bearer %AUTH0_TOKEN%"',
    '  --header "Content-Type: application/json"',
    `  --data-raw "${inPlainAscii(body).replaceAll('"', '\\"')}"`,
  ].join(' ^\n');
  return command.length > CMD_LENGTH ? undefined : command;
}

/** The same JSON, with nothing in its strings but letters, digits and a few marks that no shell knows; no `\` before a `"`. */
function inPlainAscii(body: string): string {
  return body.replace(/"(?:[^"\\]|\\.)*"/g, literal => {
    const text: unknown = JSON.parse(literal);
    return `"${String(text).replace(/[^A-Za-z0-9 _.,:/@+-]/g, escaped)}"`;
  });
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What an encoded URL may still hold of what shells know. */
function withoutMarks(url: string): string {
  return url.replace(/[!'()*~]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

// Writes a request as a shell command that is safe to paste: nothing in a value can run, and end users control values.

/** The shells that a command can be written for. */
export const SHELLS = ['posix', 'powershell', 'cmd'] as const;
export type Shell = (typeof SHELLS)[number];

export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  /** JSON on one line. */
  readonly body: string;
}

/** The longest line that cmd accepts; longer ones are cut. */
const CMD_LENGTH = 8_191;

/**
 * `curl` for a PATCH or POST with a JSON body. The token is read from the environment variable AUTH0_TOKEN.
 *
 * For PowerShell and cmd, characters in the body's strings that the shell or a code page could change are written as
 * `\uXXXX`: the same JSON in plain ASCII. Numbers are not changed.
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

/** A POSIX shell expands nothing inside single quotes. */
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
 * `curl` without `.exe` is a different command in Windows PowerShell. The body goes through a pipe, because PowerShell
 * versions differ in how they pass double quotes in an argument.
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
 * For the prompt, not for batch files. To cmd, every `"` opens or closes a quotation, even an escaped one. The body's
 * strings are therefore outside of quotes, and only characters without a meaning there stay as they are. cmd replaces
 * variables such as `%CD%` everywhere: a caret after each `%` in the URL prevents that, and cmd removes the caret.
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

/** The same JSON. Its strings have only letters, digits and marks that no shell interprets, and no `\` before a `"`. */
function inPlainAscii(body: string): string {
  return body.replace(/"(?:[^"\\]|\\.)*"/g, literal => {
    const text: unknown = JSON.parse(literal);
    return `"${String(text).replace(/[^A-Za-z0-9 _.,:/@+-]/g, escaped)}"`;
  });
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Percent-encodes the characters that URL encoding leaves but shells interpret. */
function withoutMarks(url: string): string {
  return url.replace(/[!'()*~]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

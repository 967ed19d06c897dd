// A request as a shell command that may be pasted.

/**
 * `curl` for a PATCH or POST with a JSON body. Everything is in single quotes, in which a POSIX shell expands nothing;
 * the token is left to the environment variable AUTH0_TOKEN.
 */
export function toCurl(request: { readonly method: string; readonly url: string; readonly body: string }): string {
  return [
    `curl --request ${request.method} ${quote(request.url)}`,
    `  --header "Authorization: Bearer $AUTH0_TOKEN"`,
    `  --header 'Content-Type: application/json'`,
    `  --data-raw ${quote(request.body)}`,
  ].join(' \\\n');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

// The page that a person sees when they open the sandbox's address in a browser.
import type { IncomingMessage } from 'node:http';
import type { Answer } from '../answers';

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sandbox of the Metadata Editor for Auth0</title>
<style>body { max-width: 40em; margin: 4em auto; padding: 0 1em; font: 1em/1.5 sans-serif; color-scheme: light dark; }</style></head>
<body>
<h1>This is a sandbox</h1>
<p>An Auth0 tenant with made-up users, for the <b>Metadata Editor for Auth0</b> in VS Code. It runs on this machine alone, keeps
everything in memory, and forgets it when it ends.</p>
<p>There is nothing to click here: it speaks the Management API, under <code>/api/v2/</code>, to those who have its token. Look at
its users in VS Code, in the view <i>Auth0 Users</i>.</p>
</body>
</html>
`;

/** For a browser that opens `/`; undefined for other clients, which get the 404 of an unknown route. */
export function landingPage({ method, url, headers }: IncomingMessage): Answer | undefined {
  if (url !== '/' || method !== 'GET' || headers.accept?.includes('text/html') !== true) return undefined;
  return {
    status: 200,
    body: PAGE,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  };
}

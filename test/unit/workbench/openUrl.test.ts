import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openUrl } from '../../workbench/openUrl';

const URL_WITH_TOKEN = 'http://127.0.0.1:1/?tkn=a-b_c';

test('the browser is led to the address by a private page: its arguments do not hold it', {
  timeout: 60_000,
}, async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-open-'));
  const told = path.join(folder, 'told');
  // Stands in for the command of whichever system this is.
  for (const name of ['xdg-open', 'open']) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\necho "$@" > '${told}.new'\nmv '${told}.new' '${told}'\n`, {
      mode: 0o755,
    });
  }
  const { PATH = '' } = process.env;
  process.env.PATH = `${folder}${path.delimiter}${PATH}`;
  t.after(() => {
    process.env.PATH = PATH;
    rmSync(folder, { recursive: true });
  });
  openUrl(URL_WITH_TOKEN, folder);
  while (!existsSync(told)) await delay(5);
  const page = readFileSync(told, 'utf8').trim();
  assert.equal(path.dirname(page), folder);
  assert.equal(statSync(page).mode & 0o777, 0o600);
  assert(readFileSync(page, 'utf8').includes(`url=${URL_WITH_TOKEN}"`));
});

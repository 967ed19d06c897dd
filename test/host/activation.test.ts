import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const EXTENSION_ID = 'auth0-metadata-editor.auth0-metadata-editor';

describe('activation', () => {
  it('runs in the VS Code that was asked for', function () {
    if (!process.env.HOST_TEST_VERSION) this.skip();
    assert.equal(vscode.version, process.env.HOST_TEST_VERSION);
  });

  it('activates', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});

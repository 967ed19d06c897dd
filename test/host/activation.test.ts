import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const EXTENSION_ID = 'auth0-metadata-editor.auth0-metadata-editor';

describe('activation', () => {
  it('runs in the VS Code that was asked for', () => {
    assert.equal(vscode.version, process.env.VSCODE_VERSION);
  });

  it('activates', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});

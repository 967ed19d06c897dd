// The floor in the real host: a file system that makes the same requests with undici, and nothing else.
import { Agent, request } from 'undici';
import * as vscode from 'vscode';

export const BARE_SCHEME = 'bench-bare';

/** `bench-bare:/<user id>/user.json`, so that VS Code does the same for it as for a document of ours. */
export class BareFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  readonly #dispatcher = new Agent({ connections: 1 });
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  #size = 0;
  #version = 1;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  }

  stat(): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: this.#version, size: this.#size };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const profile = await this.#ask(uri, 'GET');
    const bytes = Buffer.from(`${JSON.stringify(profile, null, 2)}\n`);
    this.#size = bytes.length;
    return bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    this.#size = content.length;
    await this.#ask(uri, 'GET');
    await this.#ask(uri, 'PATCH', JSON.stringify({ user_metadata: { bench: ++this.#version } }));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {}
  delete(): void {}
  rename(): void {}

  async #ask(uri: vscode.Uri, method: 'GET' | 'PATCH', body?: string): Promise<unknown> {
    const url = `${this.#url}/api/v2/users/${encodeURIComponent(uri.path.split('/')[1] ?? '')}`;
    const options = { dispatcher: this.#dispatcher, headers: this.#headers, method, ...(body && { body }) };
    const answer = await request(url, options);
    return answer.body.json();
  }
}

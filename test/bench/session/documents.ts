// A user's document through the file system that the extension registers: read it, change it, write it.
import { Uri } from '../../support/vscode/uri';
import { type FileSystem, registered, saveByHand, showDocument } from '../stub/vscode';

const SCHEME = 'auth0-user';

export function userUri(domain: string, userId: string): Uri {
  return Uri.from({ scheme: SCHEME, authority: domain, path: `/users/${userId}/user.json` });
}

export function files(): FileSystem {
  const provider = registered.fileSystems.get(SCHEME);
  if (!provider) throw new Error('the extension has registered no file system');
  return provider;
}

/** Opens as VS Code does. Resolves with the text. */
export async function open(uri: Uri): Promise<string> {
  await files().stat(uri);
  const text = Buffer.from(await files().readFile(uri)).toString();
  showDocument(uri, text);
  return text;
}

/** Saves as VS Code does: the text with one root key of `user_metadata` set. Resolves with the saved text. */
export async function save(uri: Uri, text: string, value: number): Promise<string> {
  const document = JSON.parse(text);
  document.user_metadata.bench = value;
  const changed = `${JSON.stringify(document, null, 2)}\n`;
  await files().stat(uri);
  await saveByHand(uri, changed, () => files().writeFile(uri, Buffer.from(changed), { create: true, overwrite: true }));
  await files().stat(uri);
  return changed;
}

// Another language for VS Code: what a language pack leaves on the disk, without a text of VS Code's own.
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/**
 * Tells a server of that `dataFolder` that `language` is installed: extensions then speak it as far as they can. VS Code's own
 * texts stay English.
 *
 * @returns the flags of the server that ask for it
 */
export function installLanguage(dataFolder: string, language: string): readonly string[] {
  const folder = path.join(dataFolder, 'data');
  const translations = path.join(folder, `${language}.json`);
  const extension = { extensionIdentifier: { id: `languages.${language}` }, version: '1.0.0' };
  const pack = { hash: 'none', label: language, extensions: [extension], translations: { vscode: translations } };
  mkdirSync(folder, { recursive: true });
  writeFileSync(translations, JSON.stringify({ contents: {} }));
  writeFileSync(path.join(folder, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
  return ['--locale', language];
}

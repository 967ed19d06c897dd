// What must not be in a text that is shown: characters that disguise, and markup that VS Code renders or runs.
import assert from 'node:assert/strict';

/** What reverses, hides or breaks a line. */
const RAW = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u3164]/u;

/** VS Code's own pattern for links in a notification; a `command:` in one runs when it is clicked. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

/** VS Code's own pattern for an icon in the status bar or in a picker. */
const ICON = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

/** @param where for the message of a failure */
export function assertPlain(text: unknown, where: string): void {
  if (text === undefined) return;
  assert(typeof text === 'string', `${where} is markdown`);
  // Line feeds between lines, and an icon in front, are ours.
  const theirs = text.replaceAll('\n', ' ').replace(/^\$\([a-z]+\) /, '');
  for (const pattern of [RAW, LINK, ICON]) assert.doesNotMatch(theirs, pattern, `${where}: ${JSON.stringify(text)}`);
}

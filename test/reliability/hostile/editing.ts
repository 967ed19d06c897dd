// The editor without VS Code, on a client: open, add one key, save.
import assert from 'node:assert/strict';
import type { ManagementClient } from '../../../src/management/client';
import type { UserId } from '../../../src/management/resources/users';
import type { SaveQuestions } from '../../../src/saving/save';
import { DocumentSession, type SessionOutcome } from '../../../src/saving/session';
import { resourceOf } from '../../support/userResource';

const NO_QUESTIONS: SaveQuestions = {
  confirm: async () => assert.fail('nothing is replaced or removed'),
  resolve: async () => assert.fail('there is no conflict'),
  unlock: async () => assert.fail('nothing is locked'),
  signIn: async () => assert.fail('the token is accepted'),
};

export interface Edited {
  readonly opened: string;
  readonly outcome: SessionOutcome;
  /** What the editor shows afterwards. */
  readonly shown: string;
}

/** Adds `"edited": 1` to `user_metadata`, as a person does, and saves. */
export async function addOneKey(client: Pick<ManagementClient, 'getUser' | 'patchUser'>, id: UserId): Promise<Edited> {
  const session = new DocumentSession(
    resourceOf({
      get: signal => client.getUser(id, signal),
      patch: (body, signal) => client.patchUser(id, body, signal),
    }),
  );
  await session.load();
  const opened = session.read() ?? '';
  session.show(opened);
  const typed = opened.replace(/"user_metadata": \{(?=(\n?))/, (start, more: string) =>
    opened.includes('"user_metadata": {}') ? `${start}"edited": 1` : `${start}${more}    "edited": 1,`,
  );
  const outcome = await session.save(typed, () => 'replacements', NO_QUESTIONS);
  session.settle();
  return { opened, outcome, shown: session.text ?? '' };
}

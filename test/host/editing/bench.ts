// What tests of editing share: Jane, two users with odd ids, and what the server holds of Jane.
import { type Bench, connect } from '../support';

export const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
export const PATH = `/api/v2/users/${encodeURIComponent(ID)}`;

export function connectJane(): Promise<Bench> {
  return connect({
    users: [
      {
        user_id: ID,
        email: 'jane.doe@example.com',
        user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street' } },
        app_metadata: { plan: 'full' },
      },
      { user_id: 'auth0|a/b#c%3A', name: 'Odd Id' },
      { user_id: 'plain', email: 'plain@example.com' },
    ],
  });
}

export function storedIn(bench: Bench) {
  const user = bench.sandbox.control.user(ID);
  return { user_metadata: user?.user_metadata, app_metadata: user?.app_metadata };
}

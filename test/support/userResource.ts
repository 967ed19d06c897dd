// A user as a session needs it, of two functions that never make it wait.
import type { SaveRequests, UserResource } from '../../src/editor/saveUser';

export function resourceOf(requests: SaveRequests): UserResource {
  return { get: signal => requests.get(signal), begin: async () => requests };
}

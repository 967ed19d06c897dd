// Unlocking a tenant while a save waits for it, as far as saving knows it. Independent of VS Code.
import { ManagementError } from '../management/errors';

/** Asks a person. Resolves with whether the tenant may be changed now. */
export type Unlock = () => Promise<boolean>;

/** Runs `task`, and runs it again from its beginning after each unlocking. @throws what `task` throws in the end */
export async function withUnlock<T>(unlock: Unlock, task: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (!ManagementError.is(error, 'locked') || !(await unlock())) throw error;
    }
  }
}

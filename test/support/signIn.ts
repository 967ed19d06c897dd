// A window in which nobody signs in again.
import type { SignIn } from '../../src/saving/signIn';

export const nobody: SignIn = { attempt: () => async () => false };

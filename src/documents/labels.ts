// What a user is called in tabs and dialogs.

import { getMember } from '../json/value';
import type { UserProfile } from '../management/resources/users';

/** E-mail, else name, else id: the first that is there. */
export function labelOf(profile: UserProfile): string {
  for (const key of ['email', 'name']) {
    const value = getMember(profile.value, key);
    if (value?.type === 'string' && value.value.trim()) return value.value;
  }
  return profile.id;
}

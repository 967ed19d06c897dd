// The name of a user in tabs and dialogs.
import { getMember } from '../json/value';
import type { UserProfile } from '../management/resources/users';

/** The user's e-mail, else the name, else the id. */
export function labelOf(profile: UserProfile): string {
  for (const key of ['email', 'name']) {
    const value = getMember(profile.value, key);
    if (value?.type === 'string' && value.value.trim()) return value.value;
  }
  return profile.id;
}

// The facts that a user's row shows, as data: treeItems.ts puts them into words.
import type { UserSummary } from '../../management/resources/users';
import { inSentence, isolated, visibleText } from '../../text/visibleText';

const MAX_LABEL = 100;
const MAX_FACT = 300;

/** The name, else the next best that a person would recognize, at last the ID. */
export function userLabel(user: UserSummary): string {
  return visibleText(
    firstFilled(user.name, user.email, user.username, user.phone, user.nickname) ?? user.id,
    MAX_LABEL,
  );
}

/** Tells users of the same name apart. Leaves out what the label already says. */
export function userDescription(user: UserSummary): string {
  const label = userLabel(user);
  const login = firstFilled(user.email, user.username, user.phone);
  return [login, user.connection]
    .filter(part => part !== undefined && part !== '')
    .map(part => visibleText(part ?? '', MAX_LABEL))
    .filter(part => part !== label)
    .map(isolated)
    .join(' · ');
}

type TextFact = 'name' | 'email' | 'username' | 'phone' | 'connection' | 'id';

export type UserFact =
  | { readonly kind: TextFact; readonly text: string }
  | { readonly kind: 'created' | 'lastLogin'; readonly atMs: number }
  | { readonly kind: 'logins'; readonly count: number }
  | { readonly kind: 'blocked' | 'neverLoggedIn' };

/** In the order of the tooltip. Facts that the service did not give are left out. */
export function userFacts(user: UserSummary): readonly UserFact[] {
  const facts: UserFact[] = [];
  const add = (kind: TextFact, text: string | undefined) => {
    if (text) facts.push({ kind, text: inSentence(text, MAX_FACT) });
  };
  if (user.blocked) facts.push({ kind: 'blocked' });
  add('name', user.name === user.email ? undefined : user.name);
  add('email', user.email);
  add('username', user.username);
  add('phone', user.phone);
  add('connection', user.connection);
  add('id', user.id);
  const lastLoginMs = Date.parse(user.lastLogin ?? '');
  if (Number.isFinite(lastLoginMs)) facts.push({ kind: 'lastLogin', atMs: lastLoginMs });
  else facts.push({ kind: 'neverLoggedIn' });
  if (user.loginsCount !== undefined) facts.push({ kind: 'logins', count: user.loginsCount });
  const createdMs = Date.parse(user.createdAt ?? '');
  if (Number.isFinite(createdMs)) facts.push({ kind: 'created', atMs: createdMs });
  return facts;
}

function firstFilled(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.find(text => text !== undefined && text.trim() !== '');
}

// What a tenant of a file may be mistaken for: its file comes from anybody.
import { domainToUnicode } from 'node:url';
import { parseTenantDomain, type TenantDomain } from '../../management/tenant';
import type { FileTenant } from './tenantsFile';

/** `text` is not made safe to show. */
export type Suspicion =
  /** The domain is an encoded form (`xn--…`) of `text`. */
  | { readonly kind: 'encoded'; readonly text: string }
  /** As `encoded`, and a part of `text` mixes Latin letters with others: `аcme` with a Cyrillic `а`. */
  | { readonly kind: 'mixedScripts'; readonly text: string }
  /** The domain says that it is encoded, and is not. */
  | { readonly kind: 'brokenEncoding' }
  /** The domain is too long for a row, which cuts it. It ends in `text`, and the end says whose it is. */
  | { readonly kind: 'long'; readonly text: string }
  /** The name is that of the tenant `text`, which is connected. */
  | { readonly kind: 'nameOfOther'; readonly text: string }
  /** The name is a domain, and another one than the tenant's. */
  | { readonly kind: 'nameIsDomain' };

interface Named {
  readonly domain: TenantDomain;
  readonly name: string;
}

/** In UTF-16 code units. Longer than any domain that Auth0 gives. */
const MAX_DOMAIN_IN_ROW = 80;
const SHOWN_END = 40;

/** @param connected the tenants that are there already */
export function suspicionsOf({ domain, name }: FileTenant, connected: readonly Named[]): readonly Suspicion[] {
  const other = connected.find(known => known.domain !== domain && known.name.toLowerCase() === name.toLowerCase());
  const named = parseTenantDomain(name);
  return [
    ...encoding(domain),
    ...(domain.length > MAX_DOMAIN_IN_ROW ? [{ kind: 'long', text: domain.slice(-SHOWN_END) } as const] : []),
    ...(other ? [{ kind: 'nameOfOther', text: other.domain } as const] : []),
    ...(!other && named && named !== domain ? [{ kind: 'nameIsDomain' } as const] : []),
  ];
}

function encoding(domain: TenantDomain): readonly Suspicion[] {
  if (!domain.split('.').some(label => label.startsWith('xn--'))) return [];
  // Of a broken encoding, the result is empty or still encoded.
  const text = domainToUnicode(domain);
  if (text === '' || text === domain) return [{ kind: 'brokenEncoding' }];
  return [{ kind: text.split('.').some(mixesScripts) ? 'mixedScripts' : 'encoded', text }];
}

function mixesScripts(label: string): boolean {
  const letters = label.match(/\p{Letter}/gu) ?? [];
  const latin = letters.filter(letter => /\p{Script=Latin}/u.test(letter));
  return latin.length > 0 && latin.length < letters.length;
}

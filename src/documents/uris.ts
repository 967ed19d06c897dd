// The URI of a document: tenant, kind and id are its identity, the label is what the tab shows.
import * as vscode from 'vscode';
import { ofUser, type ResourceId, type ResourceKind } from '../management/resourceId';
import { toUserId } from '../management/resources/users';
import { parseTenantDomain } from '../management/tenant';
import { visibleText } from '../text/visibleText';

export const USER_SCHEME = 'auth0-user';
export const NEW_USER_SCHEME = 'auth0-new-user';
export const SERVER_SCHEME = 'auth0-server';
export const PROFILE_SCHEME = 'auth0-profile';
export const HISTORY_SCHEME = 'auth0-history';
export const LANGUAGE_ID = 'auth0-metadata';

/** The first segment of a path, for each kind. */
const FOLDERS: Readonly<Record<ResourceKind, string>> = { user: 'users' };

/**
 * `auth0-user://tenant/users/auth0|123/jane@example.com.json`. VS Code encodes a URI's path when it prints it, but reads
 * `%2F` back as a slash: the characters that would break the segment are encoded here once more, the rest stays readable.
 */
export function toUri({ tenant, kind, id }: ResourceId, label: string, scheme = USER_SCHEME): vscode.Uri {
  return vscode.Uri.from({
    scheme,
    authority: tenant,
    path: `/${FOLDERS[kind]}/${toSegment(id)}/${toFileName(label)}`,
  });
}

/** What a document of ours is about, as its URI says; undefined for any other, a save of the history included. */
export function fromUri(uri: vscode.Uri): ResourceId | undefined {
  if (uri.scheme === HISTORY_SCHEME) return undefined;
  const [, folder, segment, label, ...rest] = uri.path.split('/');
  const tenant = parseTenantDomain(uri.authority);
  if (folder !== FOLDERS.user || !segment || !label || rest.length || !tenant) return undefined;
  try {
    const id = toUserId(decodeURIComponent(segment));
    return id && ofUser(tenant, id);
  } catch {
    return undefined;
  }
}

/** What would end the segment, hide in the breadcrumb, or make a link of VS Code's messages that name the file. */
const HARMFUL = /[%/\\?#[\]\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** `text` as one segment of a path, as readable as it can be; `fromSegment` gives it back. */
export function toSegment(text: string): string {
  const encoded = text.replace(HARMFUL, encodeURIComponent);
  return /^\.+$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded;
}

/** A segment as `toSegment` made it; one that somebody else has made badly stands for itself. */
export function fromSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A label cannot be trusted: it comes from a profile, and must neither end the path nor disguise itself. */
export function toFileName(label: string, maxLength = 80): string {
  const name = visibleText(label, maxLength)
    .replace(/[/\\?#%]/g, '_')
    .trim();
  return `${/^\.*$/.test(name) ? 'user' : name}.json`;
}

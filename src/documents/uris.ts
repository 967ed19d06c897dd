// The URIs of documents: tenant, kind and id are the identity, the label is only what the tab shows.
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

/** The documents that a person edits and saves. The others are only shown. */
export const EDITED_SCHEMES = [USER_SCHEME, NEW_USER_SCHEME] as const;

export function isEdited({ scheme }: vscode.Uri): boolean {
  return EDITED_SCHEMES.some(edited => edited === scheme);
}

/** The first segment of a path, for each kind. */
const FOLDERS: Readonly<Record<ResourceKind, string>> = { user: 'users' };

/**
 * `auth0-user://tenant/users/auth0|123/jane@example.com.json`. VS Code encodes the path when it prints a URI, but reads
 * `%2F` back as a slash. So the id is encoded here once more, but only the characters that would break the segment: the
 * rest stays readable.
 */
export function toUri({ tenant, kind, id }: ResourceId, label: string, scheme = USER_SCHEME): vscode.Uri {
  return vscode.Uri.from({
    scheme,
    authority: tenant,
    path: `/${FOLDERS[kind]}/${toSegment(id)}/${toFileName(label)}`,
  });
}

/** The resource that the URI of one of our documents names. Undefined for other URIs and for saves of the history. */
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

/** Characters that end the segment, hide in the breadcrumb, or make a link of VS Code's messages that name the file. */
const HARMFUL = /[%/\\?#[\]\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Encodes `text` as one path segment, as readable as possible. `fromSegment` decodes it. */
export function toSegment(text: string): string {
  const encoded = text.replace(HARMFUL, encodeURIComponent);
  return /^\.+$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded;
}

/** Decodes a segment made by `toSegment`. A badly encoded one, made by somebody else, is returned unchanged. */
export function fromSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The label comes from a profile and cannot be trusted: it must not break the path or hide characters. */
export function toFileName(label: string, maxLength = 80): string {
  const name = visibleText(label, maxLength)
    .replace(/[/\\?#%]/g, '_')
    .trim();
  return `${/^\.*$/.test(name) ? 'user' : name}.json`;
}

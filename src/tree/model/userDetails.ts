// The metadata of expanded users: one request each, kept until a refresh or a newer profile. No VS Code.
import type { JsonObject } from '../../json/value';
import type { UserId, UserProfile } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { asObject, metadataOf } from '../../metadata/document';

export type FetchProfile = (tenant: TenantDomain, userId: UserId, signal: AbortSignal) => Promise<UserProfile>;

interface Detail {
  readonly metadata: Promise<JsonObject>;
  readonly abort: AbortController;
}

export class UserDetails {
  readonly #fetch: FetchProfile;
  readonly #details = new Map<TenantDomain, Map<UserId, Detail>>();

  constructor(fetch: FetchProfile) {
    this.#fetch = fetch;
  }

  /**
   * `{user_metadata, app_metadata}`; undefined if they were forgotten meanwhile. A failure is not kept.
   *
   * @throws ManagementError, also if the user cancels
   */
  async get(tenant: TenantDomain, userId: UserId): Promise<JsonObject | undefined> {
    const detail = this.#details.get(tenant)?.get(userId) ?? this.#begin(tenant, userId);
    try {
      return await detail.metadata;
    } catch (error) {
      const details = this.#details.get(tenant);
      const newer = details?.get(userId);
      if (newer && newer !== detail) return newer.metadata;
      if (detail.abort.signal.aborted) return undefined;
      details?.delete(userId);
      throw error;
    }
  }

  /** Replaces the metadata of a user. Does nothing if nobody has asked for that user. */
  update(tenant: TenantDomain, profile: Pick<UserProfile, 'id' | 'value'>): void {
    const known = this.#details.get(tenant)?.get(profile.id);
    if (!known) return;
    known.abort.abort();
    const metadata = Promise.resolve(toObject(profile));
    this.#put(tenant, profile.id, { metadata, abort: new AbortController() });
  }

  /** Forgets a tenant's users. */
  forget(tenant: TenantDomain): void {
    const details = this.#details.get(tenant);
    this.#details.delete(tenant);
    for (const { abort } of details?.values() ?? []) abort.abort();
  }

  #begin(tenant: TenantDomain, userId: UserId): Detail {
    const abort = new AbortController();
    const detail = { abort, metadata: this.#fetch(tenant, userId, abort.signal).then(toObject) };
    this.#put(tenant, userId, detail);
    return detail;
  }

  #put(tenant: TenantDomain, userId: UserId, detail: Detail): void {
    const details = this.#details.get(tenant) ?? new Map<UserId, Detail>();
    this.#details.set(tenant, details.set(userId, detail));
  }
}

function toObject({ value }: Pick<UserProfile, 'value'>): JsonObject {
  return asObject(metadataOf(value));
}

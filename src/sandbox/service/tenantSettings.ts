// GET /tenants/settings: what an administrator has set for the tenant as a whole.
import { type Answer, ok } from '../answers';
import type { JsonObject } from '../json';
import { settingsFields } from './query';
import type { Tenant } from './tenant';

export function tenantSettingsAnswer(tenant: Tenant, query: string): Answer {
  const { fields, include } = settingsFields(new URLSearchParams(query));
  const entries = Object.entries(settingsOf(tenant));
  const shown = entries.filter(([name]) => fields.length === 0 || fields.includes(name) === include);
  return ok(JSON.stringify(Object.fromEntries(shown)));
}

/** The environment of a tenant (production or not) is not among the settings: the service does not tell it. */
function settingsOf({ friendlyName, domain }: Tenant): JsonObject {
  return {
    allowed_logout_urls: [],
    default_audience: '',
    default_directory: '',
    enabled_locales: ['en'],
    friendly_name: friendlyName,
    idle_session_lifetime: 72,
    picture_url: '',
    session_lifetime: 168,
    support_email: `support@${domain}`,
    support_url: '',
  };
}

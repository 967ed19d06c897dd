// The tenant of a command about tenants: the one it names, else that of the document in front, else the only one.
import { tenantOfActive } from '../../documents/activeDocument';
import type { TenantDomain } from '../../management/tenant';
import { askForOne, namedTenant } from '../pickTenant';
import type { TenantList } from '../target';

/**
 * @param fits which tenants the command makes sense for; the others are not offered
 * @returns undefined if there is none, or the user cancelled
 * @throws CallerError, with a sentence, if the named tenant is not connected
 */
export async function tenantInFront(
  tenants: TenantList,
  arg: unknown,
  fits: (domain: TenantDomain) => boolean = () => true,
): Promise<TenantDomain | undefined> {
  const named = namedTenant(tenants, arg);
  if (named) return named;
  const fitting = tenants.all().filter(({ domain }) => fits(domain));
  const front = tenantOfActive();
  const certain = fitting.find(({ domain }) => domain === front) ?? (fitting.length === 1 ? fitting[0] : undefined);
  return certain ? certain.domain : askForOne({ all: () => fitting });
}

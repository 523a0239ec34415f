import * as z from 'zod';

import type { DeniedRead } from '../estates/estate.ts';
import { managementGroupOf } from './arm-path.ts';
import type { Tenant } from './tenant.ts';

/** A management group in a chain, innermost first. */
interface Ancestor {
  readonly displayName: string;
  readonly name: string;
}

type Subscription = Tenant['subscriptions'][number];

/** What an estate may say of a management group beside its name; without it, a group stands below the root. */
const Group = z.looseObject({
  displayName: z.string().optional().catch(undefined),
  details: z
    .looseObject({ parent: z.looseObject({ id: z.string() }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

const nameIn = (idOrName: string): string => idOrName.split('/').at(-1) ?? idOrName;

/** The management groups above a subscription; every chain ends in the root group, whose name is the tenant's id. */
export function ancestorsOf(subscription: Subscription, tenant: Tenant): readonly Ancestor[] {
  const chain = new Map<string, Ancestor>();
  const root = tenant.tenantId.toLowerCase();
  let next = subscription.managementGroupId;
  while (next !== undefined) {
    const name = nameIn(next);
    const key = name.toLowerCase();
    // An estate whose groups stand in a circle is wrong, but no reason to hang.
    if (key === root || chain.has(key)) break;
    const group = Group.parse(
      tenant.resource(`/providers/Microsoft.Management/managementGroups/${name}`)?.properties ?? {},
    );
    chain.set(key, { displayName: group.displayName ?? name, name });
    next = group.details?.parent?.id;
  }
  return [...chain.values(), { displayName: 'Tenant Root Group', name: tenant.tenantId }];
}

/** The subscriptions below a management group, whose name may have any case. */
export function subscriptionsBelow(managementGroup: string, tenant: Tenant): readonly Subscription[] {
  const wanted = managementGroup.toLowerCase();
  return tenant.subscriptions.filter((each) =>
    ancestorsOf(each, tenant).some(({ name }) => name.toLowerCase() === wanted),
  );
}

/** Lower-cased names of the management groups above another one, innermost first. */
export function groupsAbove(managementGroup: string, tenant: Tenant): readonly string[] {
  const wanted = managementGroup.toLowerCase();
  const chains = tenant.subscriptions.map((each) => ancestorsOf(each, tenant).map(({ name }) => name.toLowerCase()));
  const chain = chains.find((names) => names.includes(wanted)) ?? [];
  return chain.slice(chain.indexOf(wanted) + 1);
}

/** The denials of an estate, those at a management group also for each subscription below it: roles are inherited. */
export function inheritedDenials(denied: readonly DeniedRead[], tenant: Tenant): readonly DeniedRead[] {
  return denied.flatMap((denial) => {
    const group = managementGroupOf(denial.scope);
    const below = group === undefined ? [] : subscriptionsBelow(group, tenant);
    return [denial, ...below.map(({ subscriptionId }) => ({ ...denial, scope: `/subscriptions/${subscriptionId}` }))];
  });
}

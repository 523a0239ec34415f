import { emptyRow } from './graph-row.ts';
import type { ResourceGraphRow } from './resource-graph/row.ts';
import type { ResourceGroup, Tenant } from './tenant.ts';

type Subscription = Tenant['subscriptions'][number];

/** A management group in a chain, innermost first. */
interface Ancestor {
  readonly displayName: string;
  readonly name: string;
}

/** The management groups above a subscription; every chain ends in the root group, whose name is the tenant's id. */
export function ancestorsOf(subscription: Subscription, tenantId: string): readonly Ancestor[] {
  const { managementGroupId } = subscription;
  const root = { displayName: 'Tenant Root Group', name: tenantId };
  return managementGroupId === undefined ? [root] : [{ displayName: managementGroupId, name: managementGroupId }, root];
}

/** A subscription as a row of the table `resourcecontainers`. */
export function subscriptionRow(subscription: Subscription, tenantId: string): ResourceGraphRow {
  return {
    ...emptyRow,
    id: `/subscriptions/${subscription.subscriptionId}`,
    name: subscription.displayName,
    type: 'microsoft.resources/subscriptions',
    tenantId,
    subscriptionId: subscription.subscriptionId,
    properties: {
      state: subscription.state,
      managementGroupAncestorsChain: ancestorsOf(subscription, tenantId),
      managedByTenants: [],
    },
    tags: subscription['tags'] ?? {},
  };
}

/** A resource group as a row of the table `resourcecontainers`; an estate gives its groups no tags of their own. */
export function resourceGroupRow(group: ResourceGroup, tenantId: string): ResourceGraphRow {
  return {
    ...emptyRow,
    id: group.id,
    name: group.name,
    type: 'microsoft.resources/subscriptions/resourcegroups',
    tenantId,
    location: group.location.toLowerCase(),
    resourceGroup: group.name.toLowerCase(),
    subscriptionId: group.subscriptionId,
    properties: { provisioningState: 'Succeeded' },
  };
}

import { emptyRow } from './graph-row.ts';
import { ancestorsOf } from './management-groups.ts';
import type { ResourceGraphRow } from './resource-graph/row.ts';
import type { ResourceGroup, Tenant } from './tenant.ts';

/** A subscription as a row of the table `resourcecontainers`. */
export function subscriptionRow(subscription: Tenant['subscriptions'][number], tenant: Tenant): ResourceGraphRow {
  return {
    ...emptyRow,
    id: `/subscriptions/${subscription.subscriptionId}`,
    name: subscription.displayName,
    type: 'microsoft.resources/subscriptions',
    tenantId: tenant.tenantId,
    subscriptionId: subscription.subscriptionId,
    properties: {
      state: subscription.state,
      managementGroupAncestorsChain: ancestorsOf(subscription, tenant),
      managedByTenants: [],
    },
    tags: subscription['tags'] ?? {},
  };
}

/** A resource group that an estate only implies, as a row of the table `resourcecontainers`; it has no tags. */
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

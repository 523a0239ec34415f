import type { Access } from './access.ts';
import type { Pager } from './paging.ts';
import type { Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const read = 'Microsoft.Resources/subscriptions/read';

/** Subscriptions: who may not read one does not see it in the list. */
export function subscriptionRoutes(tenant: Tenant, access: Access, page: Pager): readonly Route[] {
  const bodyOf = (subscription: Tenant['subscriptions'][number]): unknown => ({
    id: `/subscriptions/${subscription.subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    tags: subscription['tags'] ?? {},
    subscriptionId: subscription.subscriptionId,
    tenantId: tenant.tenantId,
    displayName: subscription.displayName,
    state: subscription.state,
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off',
    },
  });

  return [
    {
      method: 'GET',
      path: /^\/subscriptions$/i,
      answer: (request) => {
        const visible = tenant.subscriptions.filter(
          (each) => !access.refuses(read, `/subscriptions/${each.subscriptionId}`),
        );
        return page(request, visible, bodyOf);
      },
    },
    {
      method: 'GET',
      path: /^(?<scope>\/subscriptions\/(?<id>[^/]+))$/i,
      answer: (_request, part) => {
        access.require(read, part('scope'));
        const subscription = tenant.subscription(part('id'));
        return subscription === undefined ? { status: 404 } : { status: 200, body: bodyOf(subscription) };
      },
    },
  ];
}

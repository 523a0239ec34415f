import { randomStream } from '../estates/random.ts';
import type { Access } from './access.ts';
import { AsyncOperations } from './async-operations.ts';
import { authorizationRoutes } from './authorization-routes.ts';
import { backupRoutes } from './backup-routes.ts';
import { computeRoutes } from './compute-routes.ts';
import type { EventGrid } from './event-grid/event-grid.ts';
import type { Pager } from './paging.ts';
import { permissionRoutes } from './permission-routes.ts';
import { plainWriteRoutes } from './plain-writes.ts';
import { providerRoutes } from './provider-routes.ts';
import { resourceRoutes } from './resource-routes.ts';
import { restorePointRoutes } from './restore-point-routes.ts';
import type { Route } from './route.ts';
import { skuRoutes } from './sku-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import type { Tenant } from './tenant.ts';
import { vaultConfigRoutes } from './vault-config-routes.ts';
import { vaultNameRoutes } from './vault-name-routes.ts';
import { type WriteContext, writeRoutes } from './write-routes.ts';

export interface ArmRoutesOptions {
  readonly tenant: Tenant;
  readonly access: Access;
  readonly page: Pager;
  readonly eventGrid: EventGrid;
  readonly armUrl: string;
  readonly now: () => Date;
  readonly seed: number;
}

/** Every operation that the simulated ARM knows, the special ones first. What is not here is a 404. */
export function armRoutes({ tenant, access, page, eventGrid, armUrl, now, seed }: ArmRoutesOptions): readonly Route[] {
  const operations = new AsyncOperations(armUrl, randomStream(seed, 'operations'), now);
  const writes: WriteContext = {
    tenant,
    access,
    operations,
    now,
    random: randomStream(seed, 'writes'),
    announce: (kind, resource, { path }) =>
      eventGrid.publish({ kind, resource, url: `${armUrl}${path}`, at: now(), tenantId: tenant.tenantId }),
  };
  return [
    ...subscriptionRoutes(tenant, access, page),
    operations.route,
    ...computeRoutes(tenant, access, page, now),
    ...skuRoutes(tenant, access, page),
    ...restorePointRoutes(tenant, access),
    ...providerRoutes(tenant, access),
    ...vaultNameRoutes(tenant, access),
    ...vaultConfigRoutes(tenant, access),
    ...backupRoutes(tenant, access, page),
    ...authorizationRoutes(tenant, access, page),
    ...permissionRoutes(access),
    ...writeRoutes(writes),
    ...plainWriteRoutes(writes),
    ...resourceRoutes(tenant, access, page),
  ];
}

import { randomStream } from '../estates/random.ts';
import type { Access } from './access.ts';
import { AsyncOperations } from './async-operations.ts';
import { authorizationRoutes } from './authorization-routes.ts';
import type { BackupOperations } from './backup-operations.ts';
import { backupRoutes } from './backup-routes.ts';
import { ItemsByVm } from './backup-status.ts';
import { computeRoutes } from './compute-routes.ts';
import type { EventGrid } from './event-grid/event-grid.ts';
import { newVaultRoutes } from './new-vault-routes.ts';
import type { Pager } from './paging.ts';
import { permissionRoutes } from './permission-routes.ts';
import { plainWriteRoutes } from './plain-writes.ts';
import { protectionRoutes } from './protection-routes.ts';
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
  readonly backupOperations: BackupOperations;
  /** Object id of Backup Management Service in the tenant, if the estate tells it. */
  readonly serviceId: string | undefined;
}

/** Every operation that the simulated ARM knows, the special ones first. What is not here is a 404. */
export function armRoutes(options: ArmRoutesOptions): readonly Route[] {
  const { tenant, access, page, eventGrid, armUrl, now, seed, backupOperations, serviceId } = options;
  const itemsByVm = new ItemsByVm(tenant);
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
    ...backupOperations.routes,
    ...backupRoutes(tenant, access, page, itemsByVm),
    ...protectionRoutes({ tenant, access, operations: backupOperations, itemsByVm, now, serviceId }),
    ...newVaultRoutes(writes),
    ...authorizationRoutes(tenant, access, page),
    ...permissionRoutes(access),
    ...writeRoutes(writes),
    ...plainWriteRoutes(writes),
    ...resourceRoutes(tenant, access, page),
  ];
}

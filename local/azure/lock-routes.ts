import type { EstateResource } from '../estates/estate.ts';
import type { Access } from './access.ts';
import { armBody } from './arm-body.ts';
import type { Pager } from './paging.ts';
import type { Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const lockType = 'Microsoft.Authorization/locks';

/** Lists of locks: those at and below the scope asked for, and those that it inherits (recorded for resources). */
export function lockRoutes(tenant: Tenant, access: Access, page: Pager): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^(?<scope>\/subscriptions\/(?<subscription>[^/]+).*)\/providers\/Microsoft\.Authorization\/locks$/i,
      answer: (request, part) => {
        access.require(`${lockType}/read`, part('scope'));
        const locks = tenant.resourcesIn(`/subscriptions/${part('subscription')}`, lockType);
        return page(request, locks.filter(touches(part('scope'))), armBody);
      },
    },
  ];
}

function touches(scope: string): (lock: EstateResource) => boolean {
  const wanted = `${scope.toLowerCase()}/`;
  return (lock) => {
    const locked = `${lock.id.slice(0, lock.id.toLowerCase().lastIndexOf('/providers/microsoft.authorization/')).toLowerCase()}/`;
    return locked.startsWith(wanted) || wanted.startsWith(locked);
  };
}

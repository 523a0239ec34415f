import type { Access } from './access.ts';
import type { Route } from './route.ts';

/**
 * What the caller may do at a scope: everything, but what the estate denies at the scope or above it (ruling 29). That
 * Azure answers a refused read as one of the `notActions` is our way of telling it; there, roles are added up.
 */
export function permissionRoutes(access: Access): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^(?<scope>\/subscriptions\/[^/]+(?:\/.*)?)\/providers\/Microsoft\.Authorization\/permissions$/i,
      answer: (_request, part) => {
        access.require('Microsoft.Authorization/permissions/read', part('scope'));
        const notActions = access.deniedAt(part('scope'));
        const permission = { actions: ['*'], notActions, dataActions: [], notDataActions: [] };
        return { status: 200, body: { value: [permission] } };
      },
    },
  ];
}

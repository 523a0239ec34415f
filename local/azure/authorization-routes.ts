import type { EstateResource } from '../estates/estate.ts';
import type { Access } from './access.ts';
import { armBody } from './arm-body.ts';
import { ArmError } from './arm-error.ts';
import { managementGroupOf, scopeOfExtension } from './arm-path.ts';
import { ancestorsOf } from './management-groups.ts';
import type { Pager } from './paging.ts';
import type { ArmRequest, Route } from './route.ts';
import type { Tenant } from './tenant.ts';

/** What Microsoft.Authorization puts on scopes, in the case of Azure's own ids. */
const kinds = [
  'locks',
  'policyAssignments',
  'policyDefinitions',
  'policyExemptions',
  'policySetDefinitions',
  'roleAssignments',
  'roleDefinitions',
] as const;

/** Where a resource is put, seen from the scope of a request. */
type Place = 'at' | 'below' | 'above' | 'elsewhere';

const path = new RegExp(
  String.raw`^(?<scope>/subscriptions/(?<subscription>[^/]+).*)/providers/Microsoft\.Authorization/(?<kind>${kinds.join('|')})$`,
  'i',
);

/**
 * Lists of locks, roles and policies: those at and below the scope asked for, and those that it inherits (recorded for
 * locks; documented for the others), from the management groups above too.
 */
export function authorizationRoutes(tenant: Tenant, access: Access, page: Pager): readonly Route[] {
  return [
    {
      method: 'GET',
      path,
      answer: (request, part) => {
        const type = `Microsoft.Authorization/${kinds.find((kind) => sameText(kind, part('kind'))) ?? part('kind')}`;
        access.require(`${type}/read`, part('scope'));
        const place = placing(part('scope'), groupsAbove(part('subscription'), tenant));
        const all = [
          ...tenant.resourcesIn(`/subscriptions/${part('subscription')}`, type),
          ...tenant.resourcesIn('', type),
        ];
        return page(request, all.filter(wanted(request, place)), armBody);
      },
    },
  ];
}

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function groupsAbove(subscriptionId: string, tenant: Tenant): readonly string[] {
  const subscription = tenant.subscription(subscriptionId);
  return subscription === undefined ? [] : ancestorsOf(subscription, tenant).map(({ name }) => name.toLowerCase());
}

function placing(scope: string, groups: readonly string[]): (resource: EstateResource) => Place {
  const asked = `${scope.toLowerCase()}/`;
  return ({ id }) => {
    const group = managementGroupOf(id);
    if (group !== undefined) return groups.includes(group) ? 'above' : 'elsewhere';
    const own = `${scopeOfExtension(id).toLowerCase()}/`;
    if (own === asked) return 'at';
    if (own.startsWith(asked)) return 'below';
    return asked.startsWith(own) ? 'above' : 'elsewhere';
  };
}

/** The documented filters by scope and by principal; another one is refused rather than ignored. */
function wanted(
  request: ArmRequest,
  place: (resource: EstateResource) => Place,
): (resource: EstateResource) => boolean {
  const filter = request.query.get('$filter')?.trim() ?? '';
  const principalId = /^principalId eq '([^']+)'$/i.exec(filter)?.[1];
  if (principalId !== undefined) {
    return (each) => place(each) !== 'elsewhere' && sameText(String(each.properties['principalId']), principalId);
  }
  const places = placesByFilter[filter.toLowerCase()];
  if (places === undefined) throw new ArmError(400, 'InvalidFilterInQueryString', `Filter not simulated: ${filter}`);
  return (each) => places.includes(place(each));
}

const placesByFilter: Readonly<Record<string, readonly Place[]>> = {
  '': ['at', 'below', 'above'],
  'atscope()': ['at', 'above'],
  'atexactscope()': ['at'],
};

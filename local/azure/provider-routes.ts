import type { EstateResource } from '../estates/estate.ts';
import type { Access } from './access.ts';
import { publicRegions } from './public-regions.ts';
import type { Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const namespace = 'Microsoft.RecoveryServices';

/**
 * Whether a subscription has registered the provider of Azure Backup, and where it offers vaults. Where an estate says
 * nothing: registered, in every region (ruling 29). It speaks by a resource of type `Microsoft.Resources/providers` with
 * the name of the provider, whose properties come first. The shape is that of ARM in general (unconfirmed here).
 */
export function providerRoutes(tenant: Tenant, access: Access): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^(?<scope>\/subscriptions\/[^/]+)\/providers\/Microsoft\.RecoveryServices$/i,
      answer: (_request, part) => {
        const scope = part('scope');
        access.require('Microsoft.Resources/subscriptions/providers/read', scope);
        const locations = regionsOf(scope, tenant);
        const resourceTypes = ['vaults', 'operations', 'locations'].map((resourceType) => ({
          resourceType,
          locations: resourceType === 'vaults' ? locations : [],
          apiVersions: ['2026-07-01', '2025-08-01', '2025-02-01', '2023-06-01'],
        }));
        const said = tenant.resourcesIn(scope, 'Microsoft.Resources/providers').find(isOurs)?.properties;
        const provider = { namespace, resourceTypes, registrationState: 'Registered', ...said };
        return { status: 200, body: { id: `${scope}/providers/${namespace}`, ...provider } };
      },
    },
  ];
}

const isOurs = ({ name }: EstateResource): boolean => name.toLowerCase() === namespace.toLowerCase();

const plain = (region: string): string => region.toLowerCase().replaceAll(' ', '');

const residents = ['Microsoft.Compute/virtualMachines', 'Microsoft.RecoveryServices/vaults'] as const;

/** Public regions by their display names, and others that the subscription uses: those of sovereign clouds, new ones. */
function regionsOf(scope: string, tenant: Tenant): readonly string[] {
  const known = new Set(publicRegions.map(plain));
  const used = residents.flatMap((type) => tenant.resourcesIn(scope, type)).map(({ location = '' }) => plain(location));
  return [...publicRegions, ...new Set(used.filter((region) => region !== '' && !known.has(region)))];
}

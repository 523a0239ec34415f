import * as z from 'zod';

import type { EstateResource } from '../estates/estate.ts';
import type { Access } from './access.ts';
import { ArmError } from './arm-error.ts';
import type { Pager } from './paging.ts';
import type { ArmRequest, Route } from './route.ts';
import { type SizeFacts, sizeFacts } from './size-name.ts';
import type { Tenant } from './tenant.ts';

const vmType = 'Microsoft.Compute/virtualMachines';

/** Sizes that are offered whether the estate uses them or not. */
const common = [
  ...['Standard_B1ls', 'Standard_B1s', 'Standard_B1ms', 'Standard_B2s', 'Standard_B2ms', 'Standard_B4ms'],
  ...['Standard_DS1_v2', 'Standard_DS2_v2', 'Standard_DS3_v2', 'Standard_F2s_v2', 'Standard_F4s_v2'],
  ...['Standard_D2s_v5', 'Standard_D4s_v5', 'Standard_D8s_v5', 'Standard_D16s_v5', 'Standard_D32s_v5'],
  ...['Standard_E2s_v5', 'Standard_E4s_v5', 'Standard_E8s_v5', 'Standard_M64s'],
];

/**
 * What Azure offers in a region: a few common VM sizes and every size that the VMs of the subscription have, each in all
 * regions. Their capabilities are read from their names; a size whose name tells nothing is not offered.
 */
export function skuRoutes(tenant: Tenant, access: Access, page: Pager): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^(?<scope>\/subscriptions\/[^/]+)\/providers\/Microsoft\.Compute\/skus$/i,
      answer: (request, part) => {
        access.require('Microsoft.Compute/skus/read', part('scope'));
        const vms = tenant.resourcesIn(part('scope'), vmType);
        const locations = wantedLocations(request) ?? regionsOf(vms);
        const names = new Map([...vms.flatMap(sizeOf), ...common].map((name) => [name.toLowerCase(), name]));
        const rows = locations.flatMap((location) => [
          ...[...names.values()].flatMap((name) => sizeRow(name, location) ?? []),
          diskRow(location),
        ]);
        return page(request, rows, (row) => row);
      },
    },
  ];
}

/** `location eq 'x'` is the only documented filter. */
function wantedLocations(request: ArmRequest): readonly string[] | undefined {
  const filter = request.query.get('$filter')?.trim() ?? '';
  if (filter === '') return undefined;
  const location = /^location eq '([^']+)'$/i.exec(filter)?.[1];
  if (location === undefined) throw new ArmError(400, 'InvalidParameter', `Filter not understood: ${filter}`);
  return [location.toLowerCase().replaceAll(' ', '')];
}

const regionsOf = (vms: readonly EstateResource[]): readonly string[] => [
  ...new Set(vms.map(({ location = '' }) => location.toLowerCase())),
];

const Sized = z.looseObject({ hardwareProfile: z.looseObject({ vmSize: z.string() }) });

const sizeOf = ({ properties }: EstateResource): readonly string[] => {
  const size = Sized.safeParse(properties).data?.hardwareProfile.vmSize;
  return size === undefined ? [] : [size];
};

function sizeRow(name: string, location: string): unknown {
  const facts = sizeFacts(name);
  if (facts === undefined) return undefined;
  const [tier = '', ...size] = name.split('_');
  return {
    resourceType: 'virtualMachines',
    name,
    tier,
    size: size.join('_'),
    locations: [location],
    locationInfo: [{ location, zones: [], zoneDetails: [] }],
    capabilities: capabilitiesOf(facts),
    restrictions: [],
  };
}

/** Azure writes the values as text. */
function capabilitiesOf({ vCpus, memoryGB, premiumStorage }: SizeFacts): readonly unknown[] {
  return [
    { name: 'vCPUs', value: String(vCpus) },
    { name: 'MemoryGB', value: String(memoryGB) },
    { name: 'PremiumIO', value: premiumStorage ? 'True' : 'False' },
  ];
}

/** The list holds more than VM sizes; readers have to look at `resourceType`. */
function diskRow(location: string): unknown {
  return {
    resourceType: 'disks',
    name: 'Premium_LRS',
    tier: 'Premium',
    size: 'P10',
    locations: [location],
    restrictions: [],
  };
}

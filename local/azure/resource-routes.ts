import * as z from 'zod';

import type { Access } from './access.ts';
import { armBody } from './arm-body.ts';
import { type ArmAnswer, resourceNotFound, resourceTypeNotFound } from './arm-error.ts';
import { type ArmPath, parseArmPath, rootResourceOf, typeWithNames } from './arm-path.ts';
import type { Pager } from './paging.ts';
import type { ArmRequest, Route } from './route.ts';
import type { Tenant } from './tenant.ts';

/** Types that can be listed although an estate holds none of them, by their provider. */
const listable = {
  'Microsoft.Compute': [
    'availabilitySets',
    'diskEncryptionSets',
    'disks',
    'restorePointCollections',
    'virtualMachines/extensions',
    'virtualMachineScaleSets',
    'virtualMachineScaleSets/virtualMachines',
  ],
  'Microsoft.KeyVault': ['vaults'],
  'Microsoft.Network': [
    'azureFirewalls',
    'firewallPolicies',
    'firewallPolicies/ruleCollectionGroups',
    'loadBalancers',
    'natGateways',
    'networkInterfaces',
    'networkSecurityGroups',
    'privateDnsZones',
    'privateDnsZones/virtualNetworkLinks',
    'privateEndpoints',
    'publicIPAddresses',
    'routeTables',
    'virtualHubs',
    'virtualNetworkGateways',
    'virtualNetworks',
  ],
  'Microsoft.RecoveryServices': ['vaults', 'vaults/backupEngines', 'vaults/backupPolicies'],
} as const;

const knownTypes = new Set(
  Object.entries(listable).flatMap(([provider, types]) => types.map((type) => `${provider}/${type}`.toLowerCase())),
);

/** GET of any resource of the estate by its id, and of any collection of a known type. */
export function resourceRoutes(tenant: Tenant, access: Access, page: Pager): readonly Route[] {
  const isKnown = (type: string): boolean => knownTypes.has(type.toLowerCase()) || tenant.hasType(type);

  const list = (request: ArmRequest, path: ArmPath): ArmAnswer => {
    access.require(`${path.type}/read`, path.owner);
    const inline = inlineChildren(tenant, request.path);
    if (inline !== undefined) return page(request, inline, (child) => child);
    if (!isKnown(path.type)) throw resourceTypeNotFound(path.type);
    if (path.names.length > 0 && tenant.resource(path.owner) === undefined) throw notFound(path);
    const prefix = `${path.owner}/`.toLowerCase();
    const members = tenant.resourcesIn(path.names.length === 0 ? path.owner : rootResourceOf(path.owner), path.type);
    return page(
      request,
      members.filter(({ id }) => id.toLowerCase().startsWith(prefix)),
      armBody,
    );
  };

  return [
    {
      method: 'GET',
      path: /^\/(subscriptions\/.+\/)?providers\/.+$/i,
      answer: (request) => {
        const path = parseArmPath(request.path);
        if (path === undefined) throw resourceTypeNotFound(request.path);
        if (path.isCollection) return list(request, path);
        access.require(`${path.type}/read`, request.path);
        const resource = tenant.resource(request.path);
        const body = resource === undefined ? inlineChild(tenant, request.path) : armBody(resource);
        if (body === undefined) throw notFound(path);
        return { status: 200, body };
      },
    },
  ];
}

const notFound = (path: ArmPath): Error => resourceNotFound(typeWithNames(path), path.resourceGroup);

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const Child = z.looseObject({ name: z.string() });

/** Subnets, security rules and routes have ids of their own but stand in their parent's properties. */
function inlineChildren(tenant: Tenant, collection: string): readonly z.infer<typeof Child>[] | undefined {
  const cut = collection.lastIndexOf('/');
  const parent = tenant.resource(collection.slice(0, cut));
  const children = Object.entries(parent?.properties ?? {}).find(([key]) =>
    sameText(key, collection.slice(cut + 1)),
  )?.[1];
  const parsed = z.array(Child).safeParse(children);
  return parsed.success ? parsed.data : undefined;
}

function inlineChild(tenant: Tenant, id: string): unknown {
  const cut = id.lastIndexOf('/');
  return inlineChildren(tenant, id.slice(0, cut))?.find(({ name }) => sameText(name, id.slice(cut + 1)));
}

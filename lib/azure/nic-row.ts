import * as z from 'zod';

import { type ArmId, armId, resourceGroupOf } from '../domain/ids.ts';
import type { IpConfiguration, Nic } from '../domain/nic.ts';
import { part, present, text } from './lenient.ts';

const Members = z
  .array(z.looseObject({ id: z.string() }))
  .nullish()
  .transform((members) => members ?? []);

/** Not read leniently but for its texts: a pool or an address that makes no sense is not one that is missing. */
const NicRow = z.looseObject({
  id: z.string(),
  name: z.string(),
  properties: z.looseObject({
    ipConfigurations: z.array(
      z.looseObject({
        name: text,
        properties: z.looseObject({
          privateIPAddress: text,
          privateIPAllocationMethod: text,
          publicIPAddress: z.looseObject({ id: z.string() }).nullish(),
          loadBalancerBackendAddressPools: Members,
          loadBalancerInboundNatRules: Members,
          applicationGatewayBackendAddressPools: Members,
        }),
      }),
    ),
  }),
});
type ConfigurationRow = z.infer<typeof NicRow>['properties']['ipConfigurations'][number];

function configurationOf({ name, properties }: ConfigurationRow): IpConfiguration {
  const { privateIPAddress, privateIPAllocationMethod, publicIPAddress } = properties;
  const members = [
    ...properties.loadBalancerBackendAddressPools,
    ...properties.loadBalancerInboundNatRules,
    ...properties.applicationGatewayBackendAddressPools,
  ];
  return {
    name: name ?? '(unnamed)',
    pools: members.map(({ id }): ArmId => armId(id)),
    ...present<Partial<IpConfiguration>>({
      privateAddress: privateIPAddress,
      allocation: privateIPAllocationMethod,
      publicIp: publicIPAddress ? { key: armId(publicIPAddress.id) } : undefined,
    }),
  };
}

/** A network interface, as ARM sends it and as the row of the query `surroundings` has it. */
export function readNic(raw: unknown): Nic | undefined {
  const row = NicRow.safeParse(raw);
  const resourceGroup = resourceGroupOf(row.data?.id ?? '');
  if (!row.success || !resourceGroup) {
    return undefined;
  }
  const { id, name, properties } = row.data;
  return { key: armId(id), name, resourceGroup, ipConfigurations: properties.ipConfigurations.map(configurationOf) };
}

const PublicIpRow = z.looseObject({ id: z.string(), properties: part({ publicIPAllocationMethod: text }) });

/** How a public address is allocated (`Static` or `Dynamic`); `undefined` where Azure does not say. */
export function readPublicIpAllocation(raw: unknown): string | undefined {
  return PublicIpRow.safeParse(raw).data?.properties?.publicIPAllocationMethod;
}

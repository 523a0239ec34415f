import * as z from 'zod';

import { type ArmId, armId } from '../domain/ids.ts';

/** Types whose changes may change the verdict of a VM, as Resource Graph names them. */
export const watchedTypes = [
  'microsoft.compute/virtualmachines',
  'microsoft.compute/virtualmachines/extensions',
  'microsoft.compute/disks',
  'microsoft.compute/virtualmachinescalesets',
  'microsoft.keyvault/vaults',
  'microsoft.network/azurefirewalls',
  'microsoft.network/firewallpolicies',
  'microsoft.network/loadbalancers',
  'microsoft.network/natgateways',
  'microsoft.network/networkinterfaces',
  'microsoft.network/networksecuritygroups',
  'microsoft.network/privatednszones/virtualnetworklinks',
  'microsoft.network/privateendpoints',
  'microsoft.network/publicipaddresses',
  'microsoft.network/routetables',
  'microsoft.network/virtualhubs',
  'microsoft.network/virtualnetworkgateways',
  'microsoft.network/virtualnetworks',
  'microsoft.recoveryservices/vaults',
] as const;

const ChangeRow = z.looseObject({ targetId: z.string().startsWith('/') });

/** The resource that a row of the query `changes` is about; an extension stands for its VM. */
export function readChange(raw: unknown): ArmId | undefined {
  const target = ChangeRow.safeParse(raw).data?.targetId;
  return target === undefined ? undefined : armId(target.toLowerCase().split('/extensions/')[0] ?? '');
}

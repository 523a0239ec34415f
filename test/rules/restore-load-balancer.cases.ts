import { type ArmId, armId } from '../../lib/domain/ids.ts';
import type { Nic } from '../../lib/domain/nic.ts';
import type { restoreLoadBalancer } from '../../lib/rules/restore-load-balancer.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, oneNic, unread } from './healthy-vm.ts';

const network = '/subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network';
const webPool = armId(`${network}/loadBalancers/lb-web/backendAddressPools/pool-1`);
const rdpRule = armId(`${network}/loadBalancers/lb-jump/inboundNatRules/rdp`);
const gatewayPool = armId(`${network}/applicationGateways/agw-shop/backendAddressPools/pool-1`);

/** An interface of this name, with one configuration for each list of pools. */
function nic(name: string, ...pools: readonly (readonly ArmId[])[]): Nic {
  return {
    key: armId(`${network}/networkInterfaces/${name}`),
    name,
    resourceGroup: 'rg-pay',
    ipConfigurations: pools.map((each, index) => ({ name: `ipconfig${index}`, allocation: 'Dynamic', pools: each })),
  };
}

function nics(...all: readonly Nic[]): Differing {
  return { nics: fact({ count: all.length, nics: all }) };
}

const behind = { outcome: 'fail', reason: 'BehindBalancer', severity: 'info' } as const;

export const cases: Cases<typeof restoreLoadBalancer> = [
  [
    'an interface in no pool',
    {},
    {
      outcome: 'pass',
      reason: 'NoPool',
      message: 'No network interface of the VM is in a backend pool or has a NAT rule.',
    },
  ],
  [
    'an interface in the pool of a load balancer',
    nics(nic('nic-a', [webPool])),
    {
      ...behind,
      message: 'The VM is behind lb-web; after a restore of its disks it must be attached again.',
      fix: {
        commands: ['az network nic show --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n nic-a'],
      },
    },
  ],
  [
    'pools and NAT rules on several configurations and interfaces',
    nics(nic('nic-a', []), nic('nic-b', [], [webPool, gatewayPool]), nic('nic-c', [webPool, rdpRule])),
    {
      ...behind,
      message: 'The VM is behind agw-shop, lb-jump, lb-web; after a restore of its disks it must be attached again.',
      fix: {
        commands: ['az network nic show --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n nic-b'],
      },
    },
  ],
  [
    'a pool of something else, which is named in full',
    nics(nic('nic-a', [armId('/subscriptions/s/providers/x/pools/p')])),
    {
      ...behind,
      message:
        'The VM is behind /subscriptions/s/providers/x/pools/p; after a restore of its disks it must be attached again.',
    },
  ],
  ['a VM without an interface', nics(), { outcome: 'pass', reason: 'NoPool' }],
  [
    'an interface in no pool beside one that could not be read',
    { nics: fact({ ...oneNic, count: 2, gap }) },
    { outcome: 'unknown', cause: gap.cause, message: gap.detail },
  ],
  [
    'an interface in a pool beside one that could not be read',
    { nics: fact({ count: 2, nics: [nic('nic-a', [webPool])], gap }) },
    behind,
  ],
  ['interfaces that may not be read', { nics: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

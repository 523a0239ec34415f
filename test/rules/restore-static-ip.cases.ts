import { armId } from '../../lib/domain/ids.ts';
import type { IpConfiguration, Nic } from '../../lib/domain/nic.ts';
import type { restoreStaticIp } from '../../lib/rules/restore-static-ip.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, oneNic, unread } from './healthy-vm.ts';

function address(allocation: string | undefined, privateAddress?: string): IpConfiguration {
  return {
    name: 'ipconfig1',
    pools: [],
    ...(allocation === undefined ? {} : { allocation }),
    ...(privateAddress ? { privateAddress } : {}),
  };
}

function nic(name: string, ...ipConfigurations: readonly IpConfiguration[]): Nic {
  return { key: armId(`/${name}`), name, resourceGroup: 'rg-pay', ipConfigurations };
}

function nics(...all: readonly Nic[]): Differing {
  return { nics: fact({ count: all.length, nics: all }) };
}

const dynamic = { outcome: 'pass', reason: 'Dynamic' } as const;
const fixed = { outcome: 'fail', reason: 'Static', severity: 'info' } as const;

export const cases: Cases<typeof restoreStaticIp> = [
  ['a dynamic address', {}, { ...dynamic, message: 'No private address of the VM is static.' }],
  ['a dynamic address in upper case', nics(nic('nic-a', address('DYNAMIC'))), dynamic],
  [
    'a static address',
    nics(nic('nic-a', address('Static', '10.0.0.9'))),
    {
      ...fixed,
      message: 'A restored VM loses its static addresses: 10.0.0.9.',
      fix: {
        commands: [
          'az network nic ip-config update --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --nic-name nic-a -n ipconfig1 --private-ip-address 10.0.0.9',
        ],
      },
    },
  ],
  [
    'static addresses beside dynamic ones, on several interfaces and in any case of letters',
    nics(
      nic('nic-a', address('Dynamic', '10.0.0.4')),
      nic('nic-b', address('dynamic', '10.0.0.5'), address('static', '10.0.0.6')),
      nic('nic-c', address('STATIC', '10.0.1.7')),
    ),
    {
      ...fixed,
      message: 'A restored VM loses its static addresses: 10.0.0.6, 10.0.1.7.',
      fix: {
        commands: [
          'az network nic ip-config update --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --nic-name nic-b -n ipconfig1 --private-ip-address 10.0.0.6',
        ],
      },
    },
  ],
  [
    'a static address that Azure does not tell',
    nics(nic('nic-a', address('Static'))),
    {
      ...fixed,
      message: 'A restored VM loses its static addresses: ipconfig1.',
      fix: {
        commands: [
          "az network nic ip-config update --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --nic-name nic-a -n ipconfig1 --private-ip-address '<its address>'",
        ],
      },
    },
  ],
  [
    'an allocation that Azure does not tell',
    nics(nic('nic-a', address(undefined, '10.0.0.4'))),
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure does not tell how address ipconfig1 is allocated.' },
  ],
  [
    'an allocation that nobody knows',
    nics(nic('nic-a', address('Floating'))),
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['such an allocation beside a static one', nics(nic('nic-a', address('Floating'), address('Static'))), fixed],
  ['a VM without an interface', nics(), dynamic],
  [
    'a dynamic address beside an interface that could not be read',
    { nics: fact({ ...oneNic, count: 2, gap }) },
    { outcome: 'unknown', cause: gap.cause, message: gap.detail },
  ],
  [
    'a static address beside an interface that could not be read',
    { nics: fact({ count: 2, nics: [nic('nic-a', address('Static', '10.0.0.9'))], gap }) },
    fixed,
  ],
  ['interfaces that may not be read', { nics: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

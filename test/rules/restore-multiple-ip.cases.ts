import { armId } from '../../lib/domain/ids.ts';
import type { IpConfiguration, Nic } from '../../lib/domain/nic.ts';
import type { restoreMultipleIp } from '../../lib/rules/restore-multiple-ip.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, oneNic, unread } from './healthy-vm.ts';

const inside: IpConfiguration = { name: 'ipconfig1', allocation: 'Dynamic', pools: [] };

/** A configuration with a public address, allocated so. */
function outside(allocation?: string): IpConfiguration {
  const key = armId('/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/pip-web');
  return { ...inside, publicIp: { key, ...(allocation ? { allocation } : {}) } };
}

function nic(...ipConfigurations: readonly IpConfiguration[]): Nic {
  return { key: armId('/nic'), name: 'nic', resourceGroup: 'rg-pay', ipConfigurations };
}

function nics(...all: readonly Nic[]): Differing {
  return { nics: fact({ count: all.length, nics: all }) };
}

const one = { outcome: 'pass', reason: 'OneConfiguration' } as const;
const several = { outcome: 'fail', reason: 'SeveralAddresses', severity: 'info' } as const;

export const cases: Cases<typeof restoreMultipleIp> = [
  [
    'one configuration',
    {},
    { ...one, message: 'Each interface has one IP configuration, and there is no more than one public address.' },
  ],
  ['one configuration with a dynamic public address', nics(nic(outside('Dynamic'))), one],
  ['one configuration with a public address that could not be read', nics(nic(outside())), one],
  [
    'one configuration with a static public address, in any case of letters',
    nics(nic(outside('STATIC'))),
    {
      outcome: 'pass',
      reason: 'StaticPublicAddress',
      message:
        'Each interface has one IP configuration. Public address pip-web is static; a restored VM does not get it by itself.',
    },
  ],
  [
    'two configurations on one interface',
    nics(nic(inside, inside)),
    {
      ...several,
      message:
        'A restored VM will not have all of its IP configurations and public addresses: nic (IP configurations: 2, public addresses: 0).',
      fix: {
        commands: [
          'az vm list-ip-addresses --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n vm-pay-01',
        ],
      },
    },
  ],
  ['two interfaces with one configuration each', nics(nic(inside), nic(inside)), one],
  ['two interfaces, one of them with a public address', nics(nic(inside), nic(outside('Dynamic'))), one],
  [
    'two interfaces, each with a public address',
    nics(nic(outside()), nic(outside('Dynamic'))),
    {
      ...several,
      message:
        'A restored VM will not have all of its IP configurations and public addresses: nic (IP configurations: 1, public addresses: 1), nic (IP configurations: 1, public addresses: 1).',
    },
  ],
  ['two configurations on the second interface', nics(nic(inside), nic(inside, outside())), several],
  ['a VM without an interface', nics(), one],
  [
    'one configuration beside an interface that could not be read',
    { nics: fact({ ...oneNic, count: 2, gap }) },
    { outcome: 'unknown', cause: gap.cause, message: gap.detail },
  ],
  [
    'two configurations beside an interface that could not be read',
    { nics: fact({ count: 2, nics: [nic(inside, inside)], gap }) },
    several,
  ],
  ['interfaces that may not be read', { nics: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

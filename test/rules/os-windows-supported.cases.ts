import type { GuestOs, Image } from '../../lib/domain/machine.ts';
import type { osWindowsSupported } from '../../lib/rules/os-windows-supported.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, unread } from './healthy-vm.ts';

function guest(os: GuestOs): Differing {
  return { guestOs: fact(os) };
}

function image(offer: string, sku: string): Differing {
  const names: Image = { publisher: 'MicrosoftWindowsServer', offer, sku };
  return guest({ type: 'Windows', image: names });
}

const supported = { outcome: 'pass', reason: 'Supported' } as const;
const dropped = { outcome: 'fail', reason: 'DroppedFromList' } as const;
const tooOld = { outcome: 'fail', reason: 'TooOld' } as const;

export const cases: Cases<typeof osWindowsSupported> = [
  [
    'exactly the version of Windows Server 2016',
    guest({ name: 'Windows Server 2016 Datacenter', version: '10.0.14393' }),
    { ...supported, message: 'Windows Server 2016 Datacenter is on the supported list.' },
  ],
  [
    'a build below that of Windows Server 2016',
    guest({ version: '10.0.14392.9999' }),
    {
      ...dropped,
      message: 'Windows 10.0.14392.9999 was dropped from the supported list for agent-based backup in 2026.',
    },
  ],
  ['a build with more digits', guest({ version: '10.0.100000' }), supported],
  ['a version with words around it', guest({ version: 'Microsoft Windows NT 10.0.20348.0' }), supported],
  ['Windows Server 2012 R2', guest({ version: '6.3.9600' }), { ...dropped, severity: 'warning' }],
  ['exactly the version of Windows Server 2008 R2', guest({ version: '6.1' }), dropped],
  [
    'Windows Server 2008',
    guest({ name: 'Windows Server 2008', version: '6.0.6002' }),
    {
      ...tooOld,
      severity: 'warning',
      message: 'Windows Server 2008 is older than anything that agent-based backup supports.',
    },
  ],
  [
    'a guest that was upgraded in place (ruling 23)',
    guest({ version: '10.0.17763', image: { offer: 'WindowsServer', sku: '2012-R2-Datacenter' } }),
    supported,
  ],
  [
    'a guest older than its image (ruling 23)',
    guest({ version: '6.2.9200', image: { offer: 'WindowsServer', sku: '2022-datacenter' } }),
    dropped,
  ],
  ['a name without a version', guest({ name: 'Windows Server 2019 Standard' }), supported],
  ['an old name without a version', guest({ name: 'Windows Server 2012 R2 Standard' }), dropped],
  ['a name that is older than its image', guest({ name: 'Windows Server 2008 R2', image: { sku: '2022' } }), dropped],
  ['a name that tells nothing, and an image', guest({ name: 'Windows', image: { sku: '2025-datacenter' } }), supported],
  ['an unreadable version and a name', guest({ name: 'Windows 11 Enterprise', version: 'Unknown' }), supported],
  [
    'an image of 2016',
    image('WindowsServer', '2016-Datacenter'),
    { ...supported, message: '2016-Datacenter is on the supported list.' },
  ],
  ['an image of 2025', image('WindowsServer', '2025-datacenter-azure-edition'), supported],
  ['an image of 2012 R2', image('WindowsServer', '2012-R2-Datacenter'), dropped],
  ['an image of 2008 R2', image('WindowsServer', '2008-R2-SP1'), dropped],
  ['an image of 2008', image('WindowsServer', '2008-SP2'), tooOld],
  ['an image of Windows 11', image('windows-11', 'win11-24h2-ent'), supported],
  ['an image of Windows 10', image('Windows-10', '22h2-pro'), supported],
  ['a newer SQL Server on Windows Server 2012 R2', image('SQL2016SP1-WS2012R2', 'Enterprise'), dropped],
  ['a newer SQL Server on Windows Server 2008 R2', image('SQL2014SP3-WS2008R2', 'Enterprise'), dropped],
  [
    'an offer without a SKU',
    guest({ image: { offer: 'sql2019-ws2022' } }),
    { ...supported, message: 'Windows is on the supported list.' },
  ],
  ['an older SQL Server on Windows Server 2019', image('sql2012sp4-ws2019', 'standard'), supported],
  [
    'a guest and an image that tell nothing',
    guest({ image: { id: '/subscriptions/x/images/golden' } }),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Neither the guest nor the image tells which Windows this is.',
    },
  ],
  ['nothing at all', guest({}), { outcome: 'unknown', cause: 'not-reported' }],
  ['a guest that may not be read', { guestOs: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  [
    'a Linux VM',
    { vm: fact(machine({ osType: 'Linux' })) },
    { outcome: 'notApplicable', message: 'The VM does not run Windows.' },
  ],
  ['a VM that may not be read', { vm: unread, guestOs: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

import type { GuestOs, Image } from '../../lib/domain/machine.ts';
import type { os64bit } from '../../lib/rules/os-64bit.ts';
import type { Cases, Differing } from './case.ts';
import { fact, unread } from './healthy-vm.ts';

function guest(os: GuestOs): Differing {
  return { guestOs: fact(os) };
}

function image(publisher: string, sku?: string): Differing {
  const names: Image = { publisher, offer: 'offer', ...(sku === undefined ? {} : { sku }) };
  return guest({ image: names });
}

const guest32 = { outcome: 'fail', reason: 'GuestIs32Bit', severity: 'warning' } as const;
const image32 = { outcome: 'fail', reason: 'ImageIs32Bit', severity: 'warning' } as const;
const guest64 = { outcome: 'pass', reason: 'GuestIs64Bit' } as const;
const image64 = { outcome: 'pass', reason: 'ImageIs64Bit' } as const;
const notExposed = { outcome: 'unknown', cause: 'not-exposed' } as const;

export const cases: Cases<typeof os64bit> = [
  [
    'a guest that reports a 32-bit Windows',
    guest({ name: 'Windows 10 Enterprise LTSC 32-bit', image: { id: '/images/kiosk' } }),
    {
      ...guest32,
      message: 'The guest reports a 32-bit system, which is not supported: Windows 10 Enterprise LTSC 32-bit.',
      fix: { text: 'Migrate to a 64-bit operating system.', commands: [] },
    },
  ],
  ['a guest that writes it in one word', guest({ name: 'WINDOWS 7 32BIT' }), guest32],
  ['a guest with x86', guest({ name: 'Windows 10 (x86)' }), guest32],
  [
    'a 32-bit guest on a 64-bit image (ruling 23)',
    guest({ name: 'Windows 10 32-bit', image: { publisher: 'MicrosoftWindowsDesktop', sku: 'win10-22h2-pro' } }),
    guest32,
  ],
  [
    'a guest that reports a 64-bit system',
    guest({ name: 'Windows 10 Enterprise 64-bit', image: { id: '/images/kiosk' } }),
    { ...guest64, message: 'The guest reports a 64-bit system: Windows 10 Enterprise 64-bit.' },
  ],
  [
    'a 64-bit guest on an image with a 32-bit SKU (ruling 23)',
    guest({ name: 'Debian x86_64', image: { publisher: 'Debian', sku: '12-32bit' } }),
    guest64,
  ],
  ['a guest with x64', guest({ name: 'Windows 11 x64' }), guest64],
  ['a guest with amd64', guest({ name: 'debian amd64' }), guest64],
  ['a guest with arm64', guest({ name: 'ubuntu arm64' }), guest64],
  ['a guest whose version is 32', guest({ name: 'Fedora 32' }), notExposed],
  [
    'an image of Windows Server (ruling 33)',
    image('MicrosoftWindowsServer', '2022-datacenter-g2'),
    { ...image64, message: 'The image of publisher MicrosoftWindowsServer is 64-bit.' },
  ],
  [
    'an image of Windows for desktops in another case (ruling 33)',
    image('MICROSOFTWINDOWSDESKTOP', 'win11-24h2-ent'),
    image64,
  ],
  [
    'a 32-bit SKU of Windows',
    image('MicrosoftWindowsDesktop', 'win10-22h2-ent-32bit'),
    {
      ...image32,
      message: 'The SKU win10-22h2-ent-32bit of the image stands for a 32-bit system, which is not supported.',
    },
  ],
  ['an SKU with x86', image('MicrosoftWindowsDesktop', 'enterprise-n-X86'), image32],
  ['an SKU with a bare 32', image('MicrosoftWindowsDesktop', 'win10-32'), image32],
  ['an SKU with a bare 32 in its midst', image('MicrosoftWindowsDesktop', 'win10_32_ltsc'), image32],
  ['an SKU with x86_64', image('RedHat', '9-x86_64'), image64],
  ['an SKU with x86-64', image('RedHat', '9-x86-64'), image64],
  ['an SKU with 32 among other digits', image('RedHat', '9_3202-gen2'), image64],
  ['an SKU of a version with 32', image('Canonical', '8.32'), image64],
  ['an endorsed publisher of Linux', image('Canonical', '22_04-lts'), image64],
  ['an endorsed publisher of Linux without an SKU', image('canonical'), image64],
  ['a publisher of Windows without an SKU', image('MicrosoftWindowsServer'), notExposed],
  [
    'a publisher that the organisation endorses',
    { ...image('kali-linux', 'kali-2025-3'), settings: { endorsedLinuxPublishers: ['Kali-Linux'] } },
    image64,
  ],
  [
    'a publisher that nobody endorses',
    image('kali-linux', 'kali-2025-3'),
    {
      ...notExposed,
      message: 'Neither the guest nor a marketplace image tells whether this is 64-bit.',
    },
  ],
  ['a gallery image (ruling 33)', guest({ name: 'Windows Server 2022', image: { id: '/images/golden' } }), notExposed],
  ['nothing at all (ruling 33)', guest({}), notExposed],
  ['a guest that may not be read', { guestOs: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

import type { GuestOs } from '../../lib/domain/machine.ts';
import type { osLinuxSupported } from '../../lib/rules/os-linux-supported.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, unread } from './healthy-vm.ts';

const linux = { vm: fact(machine({ osType: 'Linux' })) };

function guest(os: GuestOs): Differing {
  return { ...linux, guestOs: fact(os) };
}

const endorsed = { outcome: 'pass', reason: 'Endorsed' } as const;
const notEndorsed = { outcome: 'fail', reason: 'NotEndorsed' } as const;

export const cases: Cases<typeof osLinuxSupported> = [
  ['Ubuntu as the guest reports it', guest({ name: 'ubuntu' }), { ...endorsed, message: 'ubuntu is endorsed.' }],
  ['a name in another case with blanks', guest({ name: ' Ubuntu ' }), endorsed],
  ['rhel', guest({ name: 'rhel' }), endorsed],
  ['redhat', guest({ name: 'redhat' }), endorsed],
  ['Red Hat Enterprise Linux', guest({ name: 'Red Hat Enterprise Linux' }), endorsed],
  ['sles', guest({ name: 'sles' }), endorsed],
  ['suse', guest({ name: 'suse' }), endorsed],
  ['opensuse', guest({ name: 'openSUSE' }), endorsed],
  ['oracle', guest({ name: 'oracle' }), endorsed],
  ['ol', guest({ name: 'ol' }), endorsed],
  ['debian', guest({ name: 'debian' }), endorsed],
  ['azurelinux', guest({ name: 'azurelinux' }), endorsed],
  ['mariner', guest({ name: 'mariner' }), endorsed],
  ['almalinux', guest({ name: 'almalinux' }), endorsed],
  ['rocky', guest({ name: 'rocky' }), endorsed],
  ['centos', guest({ name: 'centos' }), endorsed],
  ['an image alone', guest({ image: { publisher: 'Canonical' } }), { ...endorsed, message: 'canonical is endorsed.' }],
  [
    'a guest that differs from its image (ruling 23)',
    guest({ name: 'ubuntu', image: { publisher: 'kinvolk' } }),
    endorsed,
  ],
  ['a name that says nothing, and an image', guest({ name: 'Linux', image: { publisher: 'Debian' } }), endorsed],
  [
    'Flatcar (ruling 24)',
    guest({ name: 'flatcar', image: { publisher: 'kinvolk', offer: 'flatcar-container-linux' } }),
    { ...notEndorsed, severity: 'warning', message: 'flatcar is not an Azure-endorsed distribution.' },
  ],
  ['a distribution that is not on the list', guest({ name: 'Gentoo' }), notEndorsed],
  ['a name that JavaScript knows', guest({ name: 'constructor', image: { publisher: 'Debian' } }), endorsed],
  [
    'a publisher that the organisation took off the list',
    { ...guest({ name: 'centos' }), settings: { endorsedLinuxPublishers: ['canonical'] } },
    notEndorsed,
  ],
  [
    'a distribution that the organisation put on the list by its own name',
    { ...guest({ name: 'Gentoo' }), settings: { endorsedLinuxPublishers: ['gentoo'] } },
    endorsed,
  ],
  [
    'a publisher on the list in another case',
    { ...guest({ image: { publisher: 'KINVOLK' } }), settings: { endorsedLinuxPublishers: ['Kinvolk'] } },
    endorsed,
  ],
  [
    'a guest and an image that tell nothing',
    guest({ image: { id: '/subscriptions/x/images/golden' } }),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Neither the guest nor the image tells which distribution this is.',
    },
  ],
  ['a guest that may not be read', { ...linux, guestOs: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a Windows VM', {}, { outcome: 'notApplicable', message: 'The VM does not run Linux.' }],
  ['a VM that may not be read', { vm: unread, guestOs: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

import type { osContainerLinux } from '../../lib/rules/os-container-linux.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, unread } from './healthy-vm.ts';

const linux = { vm: fact(machine({ osType: 'Linux' })) };

function guest(name: string | undefined, publisher?: string, offer?: string): Differing {
  const image = { ...(publisher ? { publisher } : {}), ...(offer ? { offer } : {}) };
  return { ...linux, guestOs: fact({ type: 'Linux', ...(name ? { name } : {}), image }) };
}

const containerLinux = { outcome: 'fail', reason: 'ContainerLinux', severity: 'warning' } as const;

const otherLinux = { outcome: 'pass', reason: 'OtherLinux' } as const;

export const cases: Cases<typeof osContainerLinux> = [
  [
    'Ubuntu',
    guest('ubuntu', 'Canonical'),
    { outcome: 'pass', reason: 'OtherLinux', message: 'ubuntu is no container Linux.' },
  ],
  ['an image that reports no guest yet', guest(undefined, 'Canonical', 'ubuntu-24_04-lts'), otherLinux],
  [
    'CoreOS by its guest',
    guest('coreos'),
    { ...containerLinux, message: 'coreos is a container Linux, which agent-based VM backup does not support.' },
  ],
  ['CoreOS by its publisher, in any case', guest(undefined, 'COREOS', 'x'), containerLinux],
  ['Flatcar by its guest (ruling 24)', guest('flatcar', 'kinvolk'), containerLinux],
  ['Flatcar by its offer', guest(undefined, 'somebody', 'flatcar-container-linux-free'), containerLinux],
  ['Flatcar by its publisher', guest(undefined, 'kinvolk'), containerLinux],
  [
    'Flatcar by a guest without an image',
    { ...linux, guestOs: fact({ name: 'flatcar' }) },
    { ...containerLinux, message: 'flatcar is a container Linux, which agent-based VM backup does not support.' },
  ],
  ['a name that only publisher and offer together would have', guest(undefined, 'Flat', 'car'), otherLinux],
  [
    'nothing that tells',
    guest(undefined),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Neither the guest nor the image tells which distribution this is.',
    },
  ],
  ['nothing at all', { ...linux, guestOs: fact({}) }, { outcome: 'unknown', cause: 'not-reported' }],
  ['Windows', {}, { outcome: 'notApplicable', message: 'The VM does not run Linux.' }],
  [
    'Flatcar by the guest of a VM that may not be read',
    { vm: unread, guestOs: fact({ name: 'flatcar' }) },
    containerLinux,
  ],
  ['a guest that may not be read', { ...linux, guestOs: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

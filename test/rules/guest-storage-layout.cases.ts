import type { guestStorageLayout } from '../../lib/rules/guest-storage-layout.ts';
import type { Cases, Differing } from './case.ts';
import { fact, unread } from './healthy-vm.ts';

function declared(value: string, name = 'backstop:data-location'): Differing {
  return { tags: fact({ [name]: value }) };
}

const local = { outcome: 'pass', reason: 'LocalData' } as const;
const network = { outcome: 'fail', reason: 'NetworkData', severity: 'info' } as const;
const notExposed = { outcome: 'unknown', cause: 'not-exposed' } as const;

export const cases: Cases<typeof guestStorageLayout> = [
  [
    'local data',
    declared('local'),
    {
      ...local,
      message: 'The VM declares by tag backstop:data-location=local that its data lies on its disks.',
    },
  ],
  ['words in another case, with blanks', declared(' LOCAL ', 'Backstop:Data-Location'), local],
  [
    'data on network shares',
    declared('Network'),
    {
      ...network,
      message: 'Data on network shares of this VM (tag backstop:data-location=Network) is not in the VM backup.',
      fix: {
        text: 'Protect the share itself (Azure Files backup, snapshots of Azure NetApp Files, MABS), then declare backstop:data-location=network-protected.',
        commands: [],
      },
    },
  ],
  [
    'data on network shares that another backup has',
    declared('network-protected'),
    {
      outcome: 'pass',
      reason: 'ProtectedElsewhere',
      message:
        'The VM declares by tag backstop:data-location=network-protected that another backup has its network shares.',
    },
  ],
  [
    'a tag name of the organisation',
    { ...declared('network', 'data'), settings: { dataLocationTagName: 'data' } },
    network,
  ],
  [
    'no tag',
    declared('network', 'data'),
    {
      ...notExposed,
      message: 'Where the data lies only the guest knows; no tag backstop:data-location declares it.',
    },
  ],
  ['a tag without a value', declared(''), notExposed],
  [
    'a value that says nothing',
    declared('somewhere'),
    { ...notExposed, message: 'Where the data lies only the guest knows; tag backstop:data-location says somewhere.' },
  ],
  ['tags that may not be read', { tags: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

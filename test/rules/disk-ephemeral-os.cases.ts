import type { diskEphemeralOs } from '../../lib/rules/disk-ephemeral-os.ts';
import type { Cases, Differing } from './case.ts';
import { disks, fact, unread } from './healthy-vm.ts';

function osDisk(ephemeral: boolean): Differing {
  return { disks: fact(disks(1).map((disk) => (disk.role === 'os' ? { ...disk, ephemeral } : disk))) };
}

export const cases: Cases<typeof diskEphemeralOs> = [
  ['a lasting OS disk', {}, { outcome: 'pass', reason: 'NotEphemeral', message: 'The OS disk is not ephemeral.' }],
  ['an OS disk that is said not to be ephemeral', osDisk(false), { outcome: 'pass', reason: 'NotEphemeral' }],
  [
    'an ephemeral OS disk (ruling 31)',
    osDisk(true),
    {
      outcome: 'unknown',
      cause: 'docs-disagree',
      message:
        'OS disk os is ephemeral; the documents disagree on whether it can be backed up. If the VM keeps no state, exempt it by tag; else move to a managed OS disk.',
    },
  ],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

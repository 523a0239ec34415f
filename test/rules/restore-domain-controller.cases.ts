import type { restoreDomainController } from '../../lib/rules/restore-domain-controller.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, unread } from './healthy-vm.ts';

function tagged(tags: Readonly<Record<string, string>>): Differing {
  return { tags: fact(tags) };
}

const linux: Differing = { vm: fact(machine({ osType: 'Linux' })) };
const controller = { outcome: 'fail', reason: 'DomainController', severity: 'info' } as const;
const notJudged = {
  outcome: 'notApplicable',
  message: 'Azure does not show whether a VM is a domain controller, and this one has no tag role.',
} as const;

export const cases: Cases<typeof restoreDomainController> = [
  [
    'the tag of a domain controller',
    tagged({ role: 'domain-controller' }),
    { ...controller, message: 'The VM is a domain controller (tag role): use the restore procedure for these.' },
  ],
  ['the tag in other letters and with blanks', tagged({ Role: ' Domain-Controller ' }), controller],
  ['the tag on a Linux VM', { ...linux, ...tagged({ role: 'domain-controller' }) }, controller],
  [
    'another role',
    tagged({ role: 'web' }),
    { outcome: 'pass', reason: 'OtherRole', message: 'Tag role of the VM says web.' },
  ],
  [
    'a role that only contains the word',
    tagged({ role: 'domain-controllers' }),
    { outcome: 'pass', reason: 'OtherRole' },
  ],
  ['an empty role', tagged({ role: '' }), { outcome: 'pass', reason: 'OtherRole' }],
  [
    'tag and value of the organisation',
    {
      ...tagged({ AdRole: 'DC' }),
      settings: { domainControllerTagName: 'adrole', domainControllerTagValue: 'Dc' },
    },
    { ...controller, message: 'The VM is a domain controller (tag adrole): use the restore procedure for these.' },
  ],
  [
    'the default tag where the organisation has another',
    { ...tagged({ role: 'domain-controller' }), settings: { domainControllerTagName: 'adrole' } },
    { outcome: 'notApplicable' },
  ],
  ['a Windows VM without the tag', {}, notJudged],
  [
    'a Linux VM without the tag',
    linux,
    { outcome: 'pass', reason: 'NotWindows', message: 'The VM runs Linux and has no tag role.' },
  ],
  ['a VM that may not be read, without the tag', { vm: unread }, notJudged],
  ['tags that may not be read', { tags: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

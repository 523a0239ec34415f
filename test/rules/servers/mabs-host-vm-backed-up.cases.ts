import { fact, vmId } from '../healthy-vm.ts';
import { hostVm, notExposed, type ServerCase } from './server-case.ts';

export const cases: readonly ServerCase[] = [
  [
    'a VM that is protected',
    {},
    {
      outcome: 'pass',
      reason: 'BackedUp',
      message: 'VM vm-pay, on which the server runs, is protected.',
      evidence: [{ fact: 'hostVm', values: { vm: vmId, verdict: 'protected' } }],
    },
  ],
  [
    'a VM whose first backup is to come',
    { hostVm: fact(hostVm({ verdict: 'pending' })) },
    { outcome: 'pass', reason: 'BackedUp' },
  ],
  [
    'a VM that is not protected',
    { hostVm: fact(hostVm({ verdict: 'protectable' })) },
    {
      outcome: 'fail',
      reason: 'NotBackedUp',
      severity: 'info',
      fix: { commands: [`az backup protection check-vm --vm ${vmId}`] },
    },
  ],
  [
    'a VM that is at risk',
    { hostVm: fact(hostVm({ verdict: 'at-risk' })) },
    { outcome: 'fail', reason: 'NotBackedUp' },
  ],
  [
    'a machine that is no VM',
    { hostVm: fact('none') },
    { outcome: 'notApplicable', message: 'The server runs on no VM of Azure.' },
  ],
  ['a machine that nobody has named', { hostVm: notExposed }, { outcome: 'unknown', cause: 'not-exposed' }],
];

import { expect } from 'vitest';

import { fact, unread, vmId } from '../healthy-vm.ts';
import { bareHost, confirmation, dpm, notExposed, type ServerCase, serverHost, strange } from './server-case.ts';

export const cases: readonly ServerCase[] = [
  [
    '4 cores and 8 GiB in Azure',
    { host: fact(serverHost({ memoryGiB: 8 })) },
    { outcome: 'pass', reason: 'LargeEnough' },
  ],
  [
    '2 cores in Azure',
    { host: fact(serverHost({ cores: 2, vmSize: 'Standard_D2s_v5' })) },
    {
      outcome: 'fail',
      reason: 'TooSmallVm',
      severity: 'warning',
      message: `The host ${vmId} (Standard_D2s_v5) has 2 cores and 16 GiB of memory; 4 cores and 8 GB are needed.`,
      fix: { commands: [`az vm resize --ids ${vmId} --size Standard_D4s_v5`] },
      evidence: [
        { fact: 'engine' },
        {
          fact: 'host',
          values: { where: 'azure', 'hardwareProfile.vmSize': 'Standard_D2s_v5', cores: 2, memoryGiB: 16 },
        },
      ],
    },
  ],
  [
    'a planned VM with 7 GiB',
    { engine: fact('planned'), host: fact({ where: 'azure', cores: 4, memoryGiB: 7 }) },
    {
      outcome: 'fail',
      reason: 'TooSmall',
      message: 'The host has 4 cores and 7 GiB of memory; 4 cores and 8 GB are needed.',
    },
  ],
  [
    '2 cores and 8 GiB on-premises',
    { host: fact({ ...bareHost, cores: 2, memoryGiB: 8 }) },
    { outcome: 'pass', reason: 'LargeEnough' },
  ],
  [
    '1 core on-premises, memory not told',
    { host: fact({ ...bareHost, cores: 1 }) },
    { outcome: 'fail', reason: 'TooSmall', message: expect.stringContaining('1 cores and unknown GiB') },
  ],
  [
    'enough cores, memory not told',
    { host: fact({ ...bareHost, cores: 8 }) },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  [
    'enough memory, cores not told',
    { host: fact({ ...bareHost, memoryGiB: 64 }) },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  ['a machine that Azure does not show', { host: notExposed }, { outcome: 'unknown', cause: 'not-exposed' }],
  [
    'a machine that Azure does not show, confirmed',
    { host: notExposed, confirmations: [confirmation('mabs-vm-size')] },
    { outcome: 'pass', reason: 'Confirmed' },
  ],
  ['a server of an unknown type', { engine: fact(strange) }, { outcome: 'unknown', cause: 'not-reported' }],
  ['DPM', { engine: fact(dpm) }, { outcome: 'notApplicable' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

import type { VmSize } from '../../lib/domain/vm-size.ts';
import type { vmSizeMinimum } from '../../lib/rules/vm-size-minimum.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, unread } from './healthy-vm.ts';

function size(numbers: VmSize): Differing {
  return { vm: fact(machine({ vmSize: 'Standard_B1s' })), vmSizes: fact(new Map([['standard_b1s', numbers]])) };
}

const { vmSize: _vmSize, ...withoutSize } = machine();
const largeEnough = { outcome: 'pass', reason: 'LargeEnough' } as const;
const belowMinimum = { outcome: 'fail', reason: 'BelowMinimum', severity: 'info' } as const;
const notReported = { outcome: 'unknown', cause: 'not-reported' } as const;

export const cases: Cases<typeof vmSizeMinimum> = [
  [
    'a usual size, in the case in which the VM has it',
    {},
    { ...largeEnough, message: 'Standard_D2s_v5 has 2 vCPUs and 8 GiB of memory.' },
  ],
  ['exactly the minimum', size({ vCpus: 2, memoryGiB: 1 }), largeEnough],
  [
    'one core',
    size({ vCpus: 1, memoryGiB: 1 }),
    {
      ...belowMinimum,
      message: 'Standard_B1s has 1 vCPUs and 1 GiB of memory; the documented minimum for backup is 2 vCPUs and 1 GB.',
      fix: {
        commands: [
          'az vm resize --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n vm-pay-01 --size Standard_B2s',
        ],
      },
    },
  ],
  ['half a gibibyte', size({ vCpus: 2, memoryGiB: 0.5 }), belowMinimum],
  ['a little less than the memory', size({ vCpus: 2, memoryGiB: 0.99 }), belowMinimum],
  [
    'below, and Azure Backup does not support it',
    size({ vCpus: 1, memoryGiB: 1, backupSupport: 'NotSupported' }),
    belowMinimum,
  ],
  [
    'below, and Azure Backup supports it',
    size({ vCpus: 1, memoryGiB: 1, backupSupport: 'SUPPORTED' }),
    { outcome: 'pass', reason: 'Supported', message: 'Azure Backup calls Standard_B1s supported.' },
  ],
  [
    'below, and an answer that nobody knows',
    size({ vCpus: 1, memoryGiB: 1, backupSupport: 'DefaultON' }),
    belowMinimum,
  ],
  [
    'one core, and the memory is not told',
    size({ vCpus: 1 }),
    {
      ...belowMinimum,
      message:
        'Standard_B1s has 1 vCPUs and unknown GiB of memory; the documented minimum for backup is 2 vCPUs and 1 GB.',
    },
  ],
  [
    'too little memory, and the cores are not told',
    size({ memoryGiB: 0.5 }),
    {
      ...belowMinimum,
      message:
        'Standard_B1s has unknown vCPUs and 0.5 GiB of memory; the documented minimum for backup is 2 vCPUs and 1 GB.',
    },
  ],
  [
    'enough cores, and the memory is not told',
    size({ vCpus: 4 }),
    { ...notReported, message: "Azure's list of sizes does not tell cores and memory of Standard_B1s." },
  ],
  ['enough memory, and the cores are not told', size({ memoryGiB: 4 }), notReported],
  ['a number that is none', size({ vCpus: Number.NaN, memoryGiB: 4 }), notReported],
  [
    'nothing told but that Azure Backup supports it',
    size({ backupSupport: 'Supported' }),
    { outcome: 'pass', reason: 'Supported' },
  ],
  [
    'a size that is not in the list',
    { vmSizes: fact(new Map()) },
    { ...notReported, message: "Size Standard_D2s_v5 is not in Azure's list of sizes for this region." },
  ],
  [
    'a VM that does not tell its size',
    { vm: fact(withoutSize) },
    { ...notReported, message: 'Azure does not tell the size of the VM.' },
  ],
  ['sizes that may not be read', { vmSizes: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

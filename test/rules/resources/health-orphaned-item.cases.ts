import { unknown } from '../../../lib/domain/fact.ts';
import { fact } from '../healthy-vm.ts';
import { itemWithoutVm, type ResourceCase } from './resource-case.ts';

export const cases: readonly ResourceCase[] = [
  [
    'a VM that was missing in two sweeps',
    { itemsWithoutVm: fact([itemWithoutVm()]) },
    [
      {
        outcome: 'fail',
        reason: 'Orphaned',
        severity: 'info',
        message: `Backup item vm-gone in vault rsv-weu has no VM any more: ${itemWithoutVm().sourceId} does not exist.`,
        evidence: [{ fact: 'itemsWithoutVm', values: { sourceResourceId: itemWithoutVm().sourceId } }],
      },
    ],
  ],
  [
    'a VM that is missing for the first time',
    { itemsWithoutVm: fact([itemWithoutVm({ wasMissingBefore: false })]) },
    [
      {
        outcome: 'unknown',
        cause: 'in-transition',
        message: 'The VM of item vm-gone in vault rsv-weu was not seen for the first time.',
      },
    ],
  ],
  ['every item has its VM', {}, []],
  [
    'an inventory that is not complete',
    { itemsWithoutVm: unknown('partial-inventory', 'VMs of a cell are missing.') },
    [{ outcome: 'unknown', cause: 'partial-inventory', message: 'VMs of a cell are missing.' }],
  ],
];

import { expect, test } from 'vitest';

import { costBand } from '../../lib/domain/cost-band.ts';
import type { Disk } from '../../lib/domain/machine.ts';
import { diskId, diskResource, diskResources, disks, fact, gap, unread } from '../rules/healthy-vm.ts';

const kept = { points: 30, snapshotDays: 7 };

function sized(gib: number, redundancy = 'LocallyRedundant') {
  const read = diskResources(diskResource('os', { sizeGiB: gib }));
  return costBand({ disks: fact(disks(0)), diskResources: read }, kept, redundancy);
}

test.each([
  // Fee 10, 2000 GB of 0.4 filled: 10 * ceil(800 / 500) = 20; 800 * 0.7 * 1.6 * 0.028 = 25.09; 7 * 800 * 0.02 * 0.05 = 5.6.
  [2000, 'LocallyRedundant', { expected: 50.69, highest: 116.72 }],
  [50, 'LocallyRedundant', { expected: 5.77, highest: 6.92 }],
  [50, 'GeoRedundant', { expected: 6.39, highest: 8.49 }],
  [50, 'ZoneRedundant', { expected: 5.92, highest: 7.31 }],
  // A redundancy that is not told is taken for the default of new vaults.
  [50, '', { expected: 6.39, highest: 8.49, redundancy: 'GeoRedundant' }],
])('%i GiB in a vault that is %s', (gib, redundancy, expected) => {
  expect(sized(gib, redundancy)).toMatchObject({ kind: 'known', value: { ...expected, pricesOf: '2026-04' } });
});

test('an ephemeral disk is not backed up, so it costs nothing', () => {
  const os: Disk = { name: 'os', role: 'os', unmanaged: false, id: diskId('os'), ephemeral: true };
  const data: Disk = { name: 'data', role: 'data', unmanaged: false, lun: 0, sizeGiB: 50 };
  const both = { disks: fact([os, data]), diskResources: diskResources() };

  expect(costBand(both, kept, 'LocallyRedundant')).toMatchObject({ value: { highest: 6.92 } });
});

test.each([
  ['disks that could not be read', { disks: unread, diskResources: diskResources() }, 'The identity may not read it.'],
  ['a disk that was not read and has no size', { disks: fact(disks(0)), diskResources: diskResources() }, gap.detail],
  [
    'a disk of which Azure does not tell the size',
    {
      disks: fact(disks(0)),
      diskResources: diskResources({ key: diskId('os'), id: 'os', name: 'os', resourceGroup: 'rg' }),
    },
    'Azure does not tell the size of disk os.',
  ],
  ['a VM without disks', { disks: fact([]), diskResources: diskResources() }, 'Azure names no disk'],
])('unknown: %s', (_, sheet, detail) => {
  expect(costBand(sheet, kept, undefined)).toMatchObject({
    kind: 'unknown',
    because: { detail: expect.stringContaining(detail) },
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readSurroundings } from '../../lib/azure/surrounding-rows.ts';
import { armId } from '../../lib/domain/ids.ts';
import { anyCollection, extensionsOf } from '../../lib/domain/surroundings.ts';
import { disk, diskId, network, nic, nicId, vmId } from '../contract/test-estate.ts';
import { mutationsOf } from './mutations.ts';

const group = '/subscriptions/s/resourceGroups/RG';
const extensionId = `${vmId('web1')}/extensions/VMSnapshot`;
const extension = {
  id: extensionId,
  name: 'VMSnapshot',
  properties: { publisher: 'Microsoft.Azure.RecoveryServices', type: 'VMSnapshotLinux', provisioningState: 'Failed' },
};
const collectionId = `${group}/providers/Microsoft.Compute/restorePointCollections/RPC`;
const collection = { id: collectionId, name: 'RPC', properties: { source: { id: vmId('web1').toUpperCase() } } };
const scaleSetId = `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/SS`;

test('rows are sorted by what their ids say they are', () => {
  const rows = [disk(diskId('os')), nic(nicId('web1')), extension, collection, network()];

  const { disks, nics, extensions, restorePoints, networkRows, missing } = readSurroundings(rows);

  expect(disks.get(armId(diskId('os')))?.name).toBe('os');
  expect(nics.get(armId(nicId('web1')))).toMatchObject({ nic: { name: 'web1' }, row: { id: nicId('web1') } });
  expect(extensions.get(armId(vmId('web1')))).toEqual([
    {
      name: 'VMSnapshot',
      publisher: 'Microsoft.Azure.RecoveryServices',
      type: 'VMSnapshotLinux',
      provisioningState: 'Failed',
    },
  ]);
  expect(restorePoints.get(armId(vmId('web1')))).toEqual([collectionId.toLowerCase()]);
  expect([...networkRows.keys()]).toEqual([network().id.toLowerCase()]);
  expect(missing.size).toBe(0);
});

test.each([
  [{ properties: { orchestrationMode: 'Flexible' } }, 'Flexible'],
  [{ properties: {} }, 'Uniform'],
  [{}, 'Uniform'],
])('a scale set %j is of the mode %s', (row, mode) => {
  expect(readSurroundings([{ id: scaleSetId, ...row }]).scaleSets.get(armId(scaleSetId))).toBe(mode);
});

test('several extensions and collections of one VM are kept together', () => {
  const another = { ...extension, id: `${vmId('web1')}/extensions/x`, name: 'x' };
  const second = { ...collection, id: `${collectionId}2` };

  const { extensions, restorePoints } = readSurroundings([extension, another, collection, second]);

  expect(extensions.get(armId(vmId('web1')))?.map(({ name }) => name)).toEqual(['VMSnapshot', 'x']);
  expect(restorePoints.get(armId(vmId('web1')))).toHaveLength(2);
});

describe('a row that makes no sense is missing, and that is said', () => {
  const because = { cause: 'not-reported', detail: expect.stringContaining('malformed') };

  test.each([
    ['a disk', { ...disk(diskId('os')), properties: null }, armId(diskId('os'))],
    ['an interface', { ...nic(nicId('web1')), properties: {} }, armId(nicId('web1'))],
    ['an extension: all of its VM', { ...extension, properties: {} }, extensionsOf(armId(vmId('web1')))],
    ['a collection: it may be of any VM', { ...collection, properties: {} }, anyCollection],
    [
      'a public address',
      { id: `${group}/providers/Microsoft.Network/publicIPAddresses/p` },
      `${group}/providers/Microsoft.Network/publicIPAddresses/p`.toLowerCase(),
    ],
    [
      'a key vault',
      { id: `${group}/providers/Microsoft.KeyVault/vaults/k` },
      `${group}/providers/Microsoft.KeyVault/vaults/k`.toLowerCase(),
    ],
  ])('%s', (_, row, key) => {
    expect([...readSurroundings([row]).missing]).toEqual([[key, because]]);
  });

  test('one without an id is nobody’s', () => {
    const { missing, networkRows } = readSurroundings([null, {}, 'text', { id: 5 }, { id: '' }]);

    expect([missing.size, networkRows.size]).toEqual([0, 0]);
  });

  test('whatever is broken, nothing throws, and every row with an id is read or missing', () => {
    const rows = [disk(diskId('os')), nic(nicId('web1')), extension, collection, network()];

    fc.assert(
      fc.property(fc.oneof(...rows.map(mutationsOf), fc.anything()), (raw) => {
        const { missing, ...read } = readSurroundings([raw]);
        // A list is no row, whatever hangs on it.
        const { id } = (Array.isArray(raw) ? {} : (raw ?? {})) as { id?: unknown };
        const hasId = typeof id === 'string' && id !== '';
        const found = Object.values(read).reduce((sum, map) => sum + map.size, missing.size);
        expect(found).toBe(hasId ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });
});

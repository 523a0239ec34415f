import { describe, expect, it } from 'vitest';

import { managedDisks, readableDisks, unreadDisk, whyUntold } from '../../lib/domain/disk-resource.ts';
import type { Disk } from '../../lib/domain/machine.ts';
import { diskResource, disks, gap } from '../rules/healthy-vm.ts';

const os = diskResource('os');
const inventory = { read: [os], missing: gap };
const blob: Disk = { name: 'blob', role: 'data', unmanaged: true };

describe('the disks of a VM', () => {
  it('find their resources by their ids, unless they are blobs', () => {
    const managed = managedDisks([...disks(1), blob], inventory);

    expect(managed.map(({ name, resource }) => [name, resource?.name])).toEqual([
      ['os', 'os'],
      ['data-0', undefined],
    ]);
  });

  it('miss no resource if each was read', () => {
    expect(unreadDisk(managedDisks(disks(0), inventory), inventory)).toBeUndefined();
  });

  it('miss one for the cause of the inventory', () => {
    expect(unreadDisk(managedDisks(disks(1), inventory), inventory)).toBe(gap);
  });
});

describe('an inventory of disk resources', () => {
  it('is taken as it was read', () => {
    const source = { where: 'Resource Graph', readAt: '2026-11-20T06:00:00Z' };

    expect(readableDisks({ kind: 'known', value: inventory, source })).toBe(inventory);
  });

  it('holds nothing if it could not be read, for the cause of that', () => {
    expect(readableDisks({ kind: 'unknown', because: gap })).toEqual({ read: [], missing: gap });
  });
});

describe('a value of a disk that is not told', () => {
  const [withResource, without] = managedDisks(disks(1), inventory);

  it('was left out by Azure if the resource was read', () => {
    expect(withResource && whyUntold(withResource, 'size', inventory)).toEqual({
      cause: 'not-reported',
      detail: 'Azure does not tell the size of disk os.',
    });
  });

  it('is missing with the resource otherwise', () => {
    expect(without && whyUntold(without, 'size', inventory)).toBe(gap);
  });
});

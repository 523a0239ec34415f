import { encryptionOfDisk } from '../domain/disk-encryption.ts';
import { type AttachedDisk, managedDisks, readableDisks, whyUntold } from '../domain/disk-resource.ts';
import type { UnknownBecause } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';
import { diskLimits } from '../domain/support-list.ts';

interface Sized {
  readonly disk: AttachedDisk;
  readonly size: number;
}

/** The disk resource says it better than the VM, which leaves it out while it is deallocated. */
function sizeOf({ resource, sizeGiB }: AttachedDisk): number | undefined {
  return resource?.sizeGiB ?? sizeGiB;
}

/** The disks that are certainly larger than a limit. */
function largerThan(limit: number, disks: readonly AttachedDisk[]): readonly Sized[] {
  return disks.flatMap((disk) => {
    const size = sizeOf(disk);
    return size !== undefined && size > limit ? [{ disk, size }] : [];
  });
}

/** The size of the largest disk and of all together. Sizes that are not known could only add to it. */
function extentOf(disks: readonly AttachedDisk[]): { readonly largest: number; readonly total: number } {
  let largest = 0;
  let total = 0;
  for (const disk of disks) {
    const size = sizeOf(disk) ?? 0;
    largest = Math.max(largest, size);
    total += size;
  }
  return { largest, total };
}

function inWords(disks: readonly Sized[]): string {
  return disks.map(({ disk, size }) => `${disk.name} (${size} GiB)`).join(', ');
}

interface EncryptedBeyond {
  readonly certain: readonly Sized[];
  readonly because?: UnknownBecause;
}

const noneBeyond: EncryptedBeyond = { certain: [] };

/** The disks above the limit for encrypted disks that are encrypted, and why that cannot be told of another one. */
function encryptedBeyond(
  disks: readonly AttachedDisk[],
  { diskResources, extensions }: Pick<FactSheet, 'diskResources' | 'extensions'>,
): EncryptedBeyond {
  const { missing } = readableDisks(diskResources);
  const asked = largerThan(diskLimits.encryptedSize, disks).map((each) => ({
    each,
    encryption: encryptionOfDisk(each.disk, missing, disks, extensions),
  }));
  const [doubt] = asked.flatMap(({ encryption }) => (encryption.kind === 'unknown' ? encryption.because : []));
  return {
    certain: asked.flatMap(({ each, encryption }) => (encryption.kind === 'on' ? each : [])),
    ...(doubt ? { because: doubt } : {}),
  };
}

export const diskSize = defineRule({
  id: 'disk-size',
  title: 'The disks are not larger than Azure Backup takes, each and all together',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Azure Backup takes disks of up to 64 TB (65,536 GiB) and 512 TB (524,288 GiB) for each VM; of disks with Azure Disk Encryption up to 4 TB (4,096 GiB). The pages on instant restore and on errors still say 32 TB. Unmanaged disks are the business of disk-managed.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Support matrix for Azure Backup, 2026-03-25',
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12 (4 TB with Azure Disk Encryption)',
  ],
  reviewed: '2026-11-21',
  needs: {
    disks: (disks) => ({
      'storageProfile.diskSizeGB': disks.map(({ name, sizeGiB }) => `${name}: ${sizeGiB ?? 'not told'}`).join(', '),
    }),
  },
  pass: { WithinLimits: 'All {count} disks are within the limits; together they have {total} GiB of {limit} GiB.' },
  fail: {
    DiskTooLarge: 'Larger than the limit of {limit} GiB for a disk: {disks}.',
    SumTooLarge: 'All disks of the VM together have {total} GiB; the limit is {limit} GiB.',
    EncryptedDiskTooLarge: 'Larger than the limit of {limit} GiB for a disk with Azure Disk Encryption: {disks}.',
  },
  remedies: {
    DiskTooLarge: { text: 'Move the data to several smaller disks.', commands: [] },
    SumTooLarge: { text: 'Spread the data over several VMs, or delete disks that are not needed.', commands: [] },
    EncryptedDiskTooLarge: {
      text: 'Split the disk, or move from Azure Disk Encryption to encryption at host (new disks are needed for that).',
      commands: [],
    },
  },
  check({ disks }, _context, sheet) {
    const inventory = readableDisks(sheet.diskResources);
    const managed = managedDisks(disks, inventory);
    if (managed.length === 0) {
      return notApplicable('The VM has no managed disk.');
    }
    const { largest, total } = extentOf(managed);
    if (largest > diskLimits.size) {
      return {
        kind: 'fail',
        reason: 'DiskTooLarge',
        details: { limit: String(diskLimits.size), disks: inWords(largerThan(diskLimits.size, managed)) },
      };
    }
    const details = { total: String(total), limit: String(diskLimits.sizeOfAll) };
    if (total > diskLimits.sizeOfAll) {
      return { kind: 'fail', reason: 'SumTooLarge', details };
    }
    const encrypted = largest > diskLimits.encryptedSize ? encryptedBeyond(managed, sheet) : noneBeyond;
    if (encrypted.certain.length > 0) {
      return {
        kind: 'fail',
        reason: 'EncryptedDiskTooLarge',
        details: { limit: String(diskLimits.encryptedSize), disks: inWords(encrypted.certain) },
      };
    }
    const unsized = managed.find((disk) => sizeOf(disk) === undefined);
    const because = unsized ? whyUntold(unsized, 'size', inventory) : encrypted.because;
    return because
      ? { kind: 'unknown', because }
      : { kind: 'pass', reason: 'WithinLimits', details: { ...details, count: String(managed.length) } };
  },
});

import type { Disk } from './machine.ts';
import type { DiskExclusion } from './protection.ts';

/** The LUNs of data disks that a backup leaves out: those listed, or all but those of an inclusion list. */
export function excludedLuns(disks: readonly Disk[], { luns, isInclusionList }: DiskExclusion): readonly number[] {
  const attached = disks.flatMap(({ role, lun }) => (role === 'data' && lun !== undefined ? [lun] : []));
  return attached.filter((lun) => luns.includes(lun) !== isInclusionList).toSorted((a, b) => a - b);
}

/** LUNs in the value of a tag, for example `1, 2`; anything else in it exempts nothing. */
export function lunsOfTag(value: string | undefined): readonly number[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => /^\d{1,3}$/.test(part))
    .map(Number);
}

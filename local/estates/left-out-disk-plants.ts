import { put } from './bodies.ts';
import { hasDataDisks } from './disk-plants.ts';
import { type Plant, plant } from './plants.ts';
import { endangers, type Sign } from './truth.ts';

/** A disk left out of the backup without anybody's leave; a whole theme of `health-partial-disks`. */
function leftOut(
  words: string,
  exclusion: { readonly diskLunList: readonly number[]; readonly isInclusionList: boolean } | 'absent',
  { exempt, signs = [] }: { readonly exempt?: string; readonly signs?: readonly Sign[] },
): Plant {
  return plant(words, { touches: ['disks', 'health'], start: 'protected', signs }, (plan) => {
    hasDataDisks(plan, 2);
    if (exempt !== undefined) plan.tags['Backstop-Exempt-LUNs'] = exempt;
    plan.edits.push(({ items }) => {
      for (const item of items) {
        const properties = exclusion === 'absent' ? {} : { diskExclusionProperties: exclusion };
        put(item, 'properties.extendedProperties', { linuxVmApplicationName: '', ...properties });
      }
    });
  });
}

const silently = [endangers('health-partial-disks')];

/** Everything about disks that are left out of the backup. */
export const leftOutDiskPlants: readonly Plant[] = [
  leftOut('LUN 1 left out of the backup', { diskLunList: [1], isInclusionList: false }, { signs: silently }),
  leftOut(
    'only one of two left-out LUNs exempted',
    { diskLunList: [0, 1], isInclusionList: false },
    {
      exempt: '0',
      signs: silently,
    },
  ),
  leftOut(
    'a disk added after the list of those to back up',
    { diskLunList: [0], isInclusionList: true },
    {
      signs: silently,
    },
  ),
  leftOut('decoy: left-out LUNs are exempted', { diskLunList: [0, 1], isInclusionList: false }, { exempt: '0, 1' }),
  leftOut('decoy: a list with all disks to back up', { diskLunList: [0, 1], isInclusionList: true }, {}),
  leftOut('decoy: nothing said about disks to leave out', 'absent', {}),
];

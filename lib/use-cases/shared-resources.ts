import { type ArmId, resourceTypeOf } from '../domain/ids.ts';
import { onceFor } from '../domain/memo.ts';
import { joinedSurroundings, type Surroundings } from '../domain/surroundings.ts';
import type { Arm } from './ports.ts';

type Resources = Pick<Arm, 'resources'>;

/** What belongs to one VM, and is read with it. */
const ownTypes: ReadonlySet<string> = new Set([
  'microsoft.compute/disks',
  'microsoft.compute/restorepointcollections',
  'microsoft.network/networkinterfaces',
  'microsoft.network/publicipaddresses',
]);

type Memory = Map<ArmId, Promise<Surroundings>>;
const memories = onceFor((_arm: Resources) => new Map<string, Memory>());

/** Reads what nobody has read yet, in one go; whoever asks meanwhile waits for it. */
function remembered(arm: Resources, memory: Memory, ids: readonly ArmId[]): readonly Promise<Surroundings>[] {
  const unread = ids.filter((id) => !memory.has(id));
  if (unread.length > 0) {
    const reading = arm.resources(unread);
    for (const id of unread) {
      memory.set(id, reading);
    }
    const forget = () => {
      for (const id of unread) {
        memory.delete(id);
      }
    };
    // What could not be read is asked for again.
    reading.then(({ missing }) => missing.size > 0 && forget(), forget);
  }
  return [...new Set(ids.flatMap((id) => memory.get(id) ?? []))];
}

/**
 * Reads of resources by their ids in which what stands around many VMs, such as networks and their rules, is read once per
 * occasion: events come in swarms, and ARM counts every read.
 */
export function sharedResources(arm: Resources, occasion: string): Resources {
  const byOccasion = memories(arm);
  const memory: Memory = byOccasion.get(occasion) ?? new Map();
  byOccasion.clear();
  byOccasion.set(occasion, memory);
  return {
    async resources(ids) {
      const own = ids.filter((id) => ownTypes.has(resourceTypeOf(id)));
      const others = ids.filter((id) => !ownTypes.has(resourceTypeOf(id)));
      const parts = await Promise.all([
        ...(own.length > 0 ? [arm.resources(own)] : []),
        ...remembered(arm, memory, others),
      ]);
      return joinedSurroundings(parts);
    },
  };
}

import type { Fact } from '../domain/fact.ts';
import type { RestorePoints } from '../domain/restore-points.ts';
import type { MachineFacts, Ports } from './ports.ts';
import type { SurroundingsReading } from './read-surroundings.ts';
import { countRestorePoints, type OwnReadings } from './surrounding-facts.ts';

type LookPorts = Pick<Ports, 'arm'>;

/** The points of the collections that were found; where none was found, or none could be looked for, nothing is read. */
async function restorePointsOf(
  { arm }: LookPorts,
  { vm }: MachineFacts,
  { surroundings, source, unlooked }: SurroundingsReading,
): Promise<Fact<RestorePoints> | undefined> {
  const collections = surroundings.restorePoints.get(vm.value.key);
  return collections && !unlooked
    ? countRestorePoints(collections, (collection) => arm.restorePointsIn(collection), source)
    : undefined;
}

/**
 * Reads what costs a call per VM: the points in its restore point collections, and its extensions where Resource Graph
 * shows none, as it may lag or hide them.
 */
export async function lookCloser(
  ports: LookPorts,
  machine: MachineFacts,
  reading: SurroundingsReading,
): Promise<OwnReadings> {
  const vm = machine.vm.value;
  const isShown = reading.surroundings.extensions.has(vm.key);
  const extensions = isShown ? undefined : await ports.arm.extensionsOf(vm);
  const restorePoints = await restorePointsOf(ports, machine, reading);
  return { ...(extensions ? { extensions } : {}), ...(restorePoints ? { restorePoints } : {}) };
}

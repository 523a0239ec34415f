import type { UnknownBecause } from '../domain/fact.ts';
import type { ArmId } from '../domain/ids.ts';
import type { BackupJob, ProtectedItem } from '../domain/protection.ts';
import type { ReadJobs } from './ports.ts';

/** The jobs of items. */
export interface JobIndex {
  /** Why jobs of an item may be missing; `undefined` if none can. */
  gapOf(item: ProtectedItem): UnknownBecause | undefined;
  /** Backups of the item of a VM that run or did not complete, newest first. */
  backupsOf(item: ProtectedItem, vm: ArmId): readonly BackupJob[];
  /** When protection was last configured (ISO 8601). */
  configuredAt(item: ProtectedItem, vm: ArmId): string | undefined;
}

const kindOfContainer = 'iaasvmcontainer;';

/** A target by its vault and its name; that of a container comes with or without its kind in front. */
function keyOf(vaultId: ArmId, target: string): string {
  const name = target.toLowerCase();
  return `${vaultId}|${name.startsWith(kindOfContainer) ? name.slice(kindOfContainer.length) : name}`;
}

const none: readonly BackupJob[] = [];

function newestFirst(a: BackupJob, b: BackupJob): number {
  return b.startedAt.localeCompare(a.startedAt);
}

/** Finds jobs by the container, or the VM, that they worked on. */
export function indexJobs({ jobs, unreadableIn }: ReadJobs): JobIndex {
  const byTarget = (operation: string): ReadonlyMap<string, readonly BackupJob[]> => {
    const wanted = jobs.filter(({ job }) => job.operation.toLowerCase() === operation);
    const grouped = Map.groupBy(wanted, ({ vaultId, containerName, vm }) => keyOf(vaultId, containerName ?? vm ?? ''));
    return new Map([...grouped].map(([key, group]) => [key, group.map(({ job }) => job).toSorted(newestFirst)]));
  };
  const jobsIn = (index: ReadonlyMap<string, readonly BackupJob[]>, item: ProtectedItem, vm: ArmId) => {
    const ofContainer = index.get(keyOf(item.vaultId, item.containerName)) ?? none;
    const ofVm = index.get(keyOf(item.vaultId, vm)) ?? none;
    return ofVm.length > 0 ? [...ofContainer, ...ofVm].toSorted(newestFirst) : ofContainer;
  };
  const backups = byTarget('backup');
  const configurations = byTarget('configurebackup');
  const blind = new Set(unreadableIn);
  return {
    gapOf: ({ vaultId, vaultName }) =>
      blind.has(vaultId)
        ? {
            cause: 'not-reported',
            detail: `A backup job of vault ${vaultName} does not tell what it did to which item.`,
          }
        : undefined,
    backupsOf: (item, vm) => jobsIn(backups, item, vm),
    configuredAt: (item, vm) => jobsIn(configurations, item, vm)[0]?.startedAt,
  };
}

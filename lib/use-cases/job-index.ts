import type { ArmId } from '../domain/ids.ts';
import type { BackupJob, ProtectedItem } from '../domain/protection.ts';
import type { JobOfContainer } from './ports.ts';

/** The jobs of items. */
export interface JobIndex {
  /** Backups that run or did not complete, newest first. */
  backupsOf(item: ProtectedItem): readonly BackupJob[];
  /** When protection was last configured (ISO 8601). */
  configuredAt(item: ProtectedItem): string | undefined;
}

const kindOfContainer = 'iaasvmcontainer;';

/** A container by its vault and its name, which comes with or without the kind of container in front. */
function keyOf(vaultId: ArmId, containerName: string): string {
  const name = containerName.toLowerCase();
  return `${vaultId}|${name.startsWith(kindOfContainer) ? name.slice(kindOfContainer.length) : name}`;
}

const none: readonly BackupJob[] = [];

function newestFirst(a: BackupJob, b: BackupJob): number {
  return b.startedAt.localeCompare(a.startedAt);
}

/** Finds jobs by the container that they worked on. */
export function indexJobs(jobs: readonly JobOfContainer[]): JobIndex {
  const byContainer = (operation: string): ReadonlyMap<string, readonly BackupJob[]> => {
    const wanted = jobs.filter(({ job }) => job.operation.toLowerCase() === operation);
    const grouped = Map.groupBy(wanted, ({ vaultId, containerName }) => keyOf(vaultId, containerName));
    return new Map([...grouped].map(([key, group]) => [key, group.map(({ job }) => job).toSorted(newestFirst)]));
  };
  const backups = byContainer('backup');
  const configurations = byContainer('configurebackup');
  return {
    backupsOf: ({ vaultId, containerName }) => backups.get(keyOf(vaultId, containerName)) ?? none,
    configuredAt: ({ vaultId, containerName }) => configurations.get(keyOf(vaultId, containerName))?.[0]?.startedAt,
  };
}

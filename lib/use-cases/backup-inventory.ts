import type { BackupPolicy } from '../domain/backup-policy.ts';
import { type Fact, known } from '../domain/fact.ts';
import { type ArmId, armId } from '../domain/ids.ts';
import { onceFor } from '../domain/memo.ts';
import type { ProtectedItem } from '../domain/protection.ts';
import { gapsIn } from './gaps.ts';
import { indexJobs, type JobIndex } from './job-index.ts';
import type { Inventory, ItemOfVm } from './ports.ts';
import type { ProvenVaults } from './proven-vaults.ts';
import type { Gap } from './run.ts';

/** What Azure Backup holds for some VMs. */
export interface BackupInventory {
  readonly vaults: ProvenVaults;
  /** Items by the id of the VM that they name. */
  readonly items: Fact<ReadonlyMap<ArmId, readonly ProtectedItem[]>>;
  /** Regions of vaults with an item that does not tell its VM: it may be any VM there. */
  readonly unreadableIn: readonly string[];
  readonly policies: Fact<ReadonlyMap<ArmId, BackupPolicy>>;
  readonly jobs: Fact<JobIndex>;
}

function bySource(rows: readonly ItemOfVm[]): ReadonlyMap<ArmId, readonly ProtectedItem[]> {
  const groups = Map.groupBy(rows, ({ source }) => source);
  return new Map([...groups].map(([source, own]) => [source, own.map(({ item }) => item)]));
}

const indexedJobs = onceFor(indexJobs);
const policiesById = onceFor(
  (policies: readonly BackupPolicy[]) => new Map(policies.map((policy) => [armId(policy.id), policy])),
);

/** Puts together what Azure Backup holds for the VMs whose items were read. */
export async function readBackupInventory(
  inventory: Pick<Inventory, 'policies' | 'backupJobs'>,
  vaults: ProvenVaults,
  items: Awaited<ReturnType<Inventory['items']>>,
): Promise<BackupInventory> {
  const policies = await inventory.policies();
  const jobs = await inventory.backupJobs();
  return {
    vaults,
    items: items.kind === 'known' ? known(bySource(items.value.items), items.source) : items,
    unreadableIn: items.kind === 'known' ? items.value.unreadableIn : [],
    policies: policies.kind === 'known' ? known(policiesById(policies.value), policies.source) : policies,
    jobs: jobs.kind === 'known' ? known(indexedJobs(jobs.value), jobs.source) : jobs,
  };
}

/** What of the inventory could not be read, as gaps of a run. */
export function gapsOfBackup({ vaults, items, policies, jobs }: BackupInventory): readonly Gap[] {
  return [
    ...vaults.gaps,
    ...gapsIn([
      ['protected items', items],
      ['backup policies', policies],
      ['backup jobs', jobs],
      ['tags', vaults.containers],
    ]),
  ];
}

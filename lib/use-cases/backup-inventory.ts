import { type Fact, known, type UnknownBecause, unknown } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { ArmId } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import { judgedItem, type ProtectedItem } from '../domain/protection.ts';
import type { BackupPolicy } from '../domain/schedule.ts';
import type { ContainerTags, Inventory, ItemOfVm, JobOfContainer } from './ports.ts';
import type { ProvenVaults } from './proven-vaults.ts';
import type { Gap } from './run.ts';

/** What Azure Backup holds for some VMs, and what of it could not be read. */
export interface BackupInventory {
  readonly vaults: ProvenVaults;
  readonly items: Fact<ReadonlyMap<ArmId, readonly ProtectedItem[]>>;
  /** Regions of vaults with an item that does not tell its VM: it may be any VM there. */
  readonly unreadableIn: readonly string[];
  readonly policies: Fact<ReadonlyMap<ArmId, BackupPolicy>>;
  readonly jobs: Fact<readonly JobOfContainer[]>;
  readonly tags: Fact<ContainerTags>;
}

function bySource(rows: readonly ItemOfVm[]): ReadonlyMap<ArmId, readonly ProtectedItem[]> {
  const items = new Map<ArmId, ProtectedItem[]>();
  for (const { source, item } of rows) {
    const sameVm = items.get(source);
    if (sameVm) {
      sameVm.push(item);
    } else {
      items.set(source, [item]);
    }
  }
  return items;
}

function mapFact<A, B>(fact: Fact<A>, change: (value: A) => B): Fact<B> {
  return fact.kind === 'known' ? known(change(fact.value), fact.source) : fact;
}

/** Reads what Azure Backup holds for the VMs of some subscriptions, or for one VM. */
export async function readBackupInventory(
  inventory: Inventory,
  vaults: ProvenVaults,
  of: { readonly subscriptionIds: readonly string[]; readonly vm?: ArmId },
): Promise<BackupInventory> {
  const items = await inventory.items(of.vm ? { vm: of.vm } : { subscriptionIds: of.subscriptionIds });
  const policies = await inventory.policies();
  return {
    vaults,
    items: mapFact(items, (reading) => bySource(reading.items)),
    unreadableIn: items.kind === 'known' ? items.value.unreadableIn : [],
    policies: mapFact(policies, (rows) => new Map(rows.map((policy) => [policy.id.toLowerCase() as ArmId, policy]))),
    jobs: await inventory.backupJobs(),
    tags: await inventory.containerTags(of.subscriptionIds),
  };
}

/** What of the inventory could not be read, as gaps of a run. */
export function gapsOf({ items, policies, jobs, tags }: BackupInventory): readonly Gap[] {
  const facts = {
    'protected items': items,
    'backup policies': policies,
    'backup jobs': jobs,
    tags,
  };
  return Object.entries(facts).flatMap(([what, fact]) =>
    fact.kind === 'unknown' ? [{ what, cause: fact.because.cause, detail: fact.because.detail }] : [],
  );
}

const itemWithoutVm: UnknownBecause = {
  cause: 'not-reported',
  detail: 'A protected item of a vault in this region does not tell which VM it belongs to.',
};

function itemsOf(vm: Machine, inventory: BackupInventory): FactSheet['items'] {
  const { items, unreadableIn, vaults } = inventory;
  if (items.kind === 'unknown') {
    // Existence is what cannot be told; the rules about an item that nobody saw do not apply.
    return known({ live: [], softDeleted: [], gap: items.because }, { where: 'Resource Graph', readAt: '' });
  }
  const own = items.value.get(vm.key) ?? [];
  const gap = vaults.blindnessOf(vm) ?? (unreadableIn.includes(vm.region) ? itemWithoutVm : undefined);
  return known(
    {
      live: own.filter((item) => !item.softDeleted),
      softDeleted: own.filter((item) => item.softDeleted),
      ...(gap ? { gap } : {}),
    },
    items.source,
  );
}

function policyOf(item: ProtectedItem | undefined, inventory: BackupInventory): FactSheet['policy'] {
  const { policies, items } = inventory;
  if (policies.kind === 'unknown') {
    return item?.policyId ? policies : known('none', { where: 'Resource Graph', readAt: readAtOf(items) });
  }
  if (!item?.policyId) {
    return known('none', policies.source);
  }
  const policy = policies.value.get(item.policyId);
  return policy
    ? known(policy, policies.source)
    : unknown(
        'partial-inventory',
        `The policy ${item.policyName ?? item.policyId} of the item is not among the policies that could be read.`,
      );
}

function readAtOf(fact: Fact<unknown>): string {
  return fact.kind === 'known' ? fact.source.readAt : '';
}

function protectedSince(
  item: ProtectedItem | undefined,
  { jobs }: BackupInventory,
  seenAt: string,
): FactSheet['protectedSince'] {
  if (!item) {
    return known('none', { where: 'Resource Graph', readAt: seenAt });
  }
  if (jobs.kind === 'unknown') {
    return jobs;
  }
  const newest = jobs.value
    .filter((each) => worksOn(item, each) && isOf('ConfigureBackup', each))
    .map(({ job }) => job.startedAt)
    .toSorted()
    .at(-1);
  return newest ? known(newest, jobs.source) : known(seenAt, { where: 'Backstop, first seen', readAt: seenAt });
}

/** Whether a job worked on the container of an item; its name comes with or without the kind of container in front. */
function worksOn(item: ProtectedItem, { vaultId, containerName }: { vaultId: ArmId; containerName: string }): boolean {
  return vaultId === item.vaultId && item.containerName.toLowerCase().endsWith(containerName.toLowerCase());
}

function isOf(operation: string, { job }: JobOfContainer): boolean {
  return job.operation.toLowerCase() === operation.toLowerCase();
}

function jobsOf(item: ProtectedItem | undefined, { jobs: all }: BackupInventory): FactSheet['jobs'] {
  return mapFact(all, (jobs) =>
    jobs
      .filter((each) => item !== undefined && worksOn(item, each) && isOf('Backup', each))
      .map(({ job }) => job)
      .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
  );
}

function inheritedTags(vm: Machine, { tags }: BackupInventory): FactSheet['inheritedTags'] {
  return mapFact(tags, (containers) => {
    const subscription = `/subscriptions/${vm.subscriptionId}`;
    const group = `${subscription}/resourcegroups/${vm.resourceGroup.toLowerCase()}`;
    return [containers.get(group as ArmId) ?? {}, containers.get(subscription as ArmId) ?? {}];
  });
}

/** The facts about the protection of one VM. `seenAt`: when Backstop first saw its item, for want of a job. */
export function backupFactsOf(
  vm: Machine,
  inventory: BackupInventory,
  seenAt: (item: ProtectedItem) => string,
): Pick<FactSheet, 'vaults' | 'items' | 'policy' | 'jobs' | 'protectedSince' | 'inheritedTags'> {
  const items = itemsOf(vm, inventory);
  const item = items.kind === 'known' ? judgedItem(items.value) : undefined;
  const holders = items.kind === 'known' ? items.value.live.map((each) => each.vaultId) : [];
  return {
    vaults: inventory.vaults.inventoryFor(vm, new Set(holders)),
    items,
    policy: policyOf(item, inventory),
    jobs: jobsOf(item, inventory),
    protectedSince: protectedSince(item, inventory, item ? seenAt(item) : readAtOf(items)),
    inheritedTags: inheritedTags(vm, inventory),
  };
}

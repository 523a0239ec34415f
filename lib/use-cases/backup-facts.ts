import type { BackupPolicy } from '../domain/backup-policy.ts';
import { type Fact, type Known, known, type UnknownBecause, unknown } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { ArmId } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import { type BackupJob, type ItemInventory, judgedItem, type ProtectedItem } from '../domain/protection.ts';
import type { BackupInventory } from './backup-inventory.ts';

const itemWithoutVm: UnknownBecause = {
  cause: 'not-reported',
  detail: 'A protected item of a vault in this region does not tell which VM it belongs to.',
};

const nothing: ItemInventory = { live: [], softDeleted: [] };
const noHolders: ReadonlySet<ArmId> = new Set();
const noJobs: readonly BackupJob[] = [];

function inventoryOf(items: readonly ProtectedItem[]): ItemInventory {
  return { live: items.filter((item) => !item.softDeleted), softDeleted: items.filter((item) => item.softDeleted) };
}

function withGap(own: ItemInventory, gap: UnknownBecause | undefined): ItemInventory {
  return gap ? { ...own, gap } : own;
}

/** Makes the facts about protection of one VM after the other; what VMs have in common they share. */
export interface BackupFacts {
  /** `seenAt`: when Backstop first saw an item, for want of a job. */
  of(vm: Machine, seenAt: (item: ProtectedItem) => string): FactsOfBackup;
}

type FactsOfBackup = Pick<FactSheet, 'vaults' | 'items' | 'policy' | 'policies' | 'loads' | 'jobs' | 'protectedSince'>;

/** A fact of its own for each key, made once. */
function remembered<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** Facts about the protection of the VMs of an inventory. */
export function backupFacts(inventory: BackupInventory): BackupFacts {
  const { items, policies, jobs, vaults, unreadableIn } = inventory;
  const readAt = items.kind === 'known' ? items.source.readAt : '';
  const graph = { where: 'Resource Graph', readAt };
  const ownItems = new Map<ArmId, Known<ItemInventory>>();
  if (items.kind === 'known') {
    for (const [vm, own] of items.value) {
      ownItems.set(vm, known(inventoryOf(own), items.source));
    }
  }
  const noItems = remembered((gap: UnknownBecause | undefined) =>
    known(withGap(nothing, gap), items.kind === 'known' ? items.source : graph),
  );
  const noPolicy = known('none' as const, policies.kind === 'known' ? policies.source : graph);
  const noProtection = known('none', graph);
  const noJobFacts = jobs.kind === 'known' ? known(noJobs, jobs.source) : jobs;
  const policyFacts = remembered((id: ArmId): Fact<BackupPolicy> | undefined => {
    const policy = policies.kind === 'known' ? policies.value.get(id) : undefined;
    return policy && policies.kind === 'known' ? known(policy, policies.source) : undefined;
  });

  function itemsOf(vm: Machine): Known<ItemInventory> {
    if (items.kind === 'unknown') {
      // Existence is what cannot be told; the rules about an item that nobody saw do not apply.
      return noItems(items.because);
    }
    const gap = vaults.blindnessOf(vm) ?? (unreadableIn.includes(vm.region) ? itemWithoutVm : undefined);
    const own = ownItems.get(vm.key);
    if (!own) {
      return noItems(gap);
    }
    return gap ? known(withGap(own.value, gap), own.source) : own;
  }

  function policyOf(item: ProtectedItem | undefined): FactSheet['policy'] {
    if (!item?.policyId) {
      return noPolicy;
    }
    if (policies.kind === 'unknown') {
      return policies;
    }
    const name = item.policyName ?? item.policyId;
    return (
      policyFacts(item.policyId) ??
      unknown('partial-inventory', `The policy ${name} of the item is not among the policies that could be read.`)
    );
  }

  function jobsOf(item: ProtectedItem | undefined): FactSheet['jobs'] {
    const own = item && jobs.kind === 'known' ? jobs.value.backupsOf(item) : noJobs;
    return own.length > 0 && jobs.kind === 'known' ? known(own, jobs.source) : noJobFacts;
  }

  function protectedSince(item: ProtectedItem | undefined, seenAt: (item: ProtectedItem) => string) {
    if (!item) {
      return noProtection;
    }
    if (jobs.kind === 'unknown') {
      return jobs;
    }
    const configuredAt = jobs.value.configuredAt(item);
    if (configuredAt) {
      return known(configuredAt, jobs.source);
    }
    const seen = seenAt(item);
    return known(seen, { where: 'Backstop, first seen', readAt: seen });
  }

  return {
    of(vm, seenAt) {
      const own = itemsOf(vm);
      const item = judgedItem(own.value);
      const holders = item ? new Set(own.value.live.map((each) => each.vaultId)) : noHolders;
      return {
        vaults: vaults.inventoryFor(vm, holders),
        items: own,
        policy: policyOf(item),
        policies,
        loads: vaults.loads,
        jobs: jobsOf(item),
        protectedSince: protectedSince(item, seenAt),
      };
    },
  };
}

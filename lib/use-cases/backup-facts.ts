import { type Fact, type Known, known, type UnknownBecause, unknown } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { ArmId } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import { onceFor } from '../domain/memo.ts';
import { type BackupJob, type ItemInventory, judgedItem, type ProtectedItem } from '../domain/protection.ts';
import type { BackupInventory } from './backup-inventory.ts';

const itemWithoutVm: UnknownBecause = {
  cause: 'not-reported',
  detail: 'A protected item of a vault in this region does not tell which VM it belongs to.',
};

const nothing: ItemInventory = { live: [], softDeleted: [] };
const noJobs: readonly BackupJob[] = [];

function inventoryOf(items: readonly ProtectedItem[]): ItemInventory {
  return { live: items.filter((item) => !item.softDeleted), softDeleted: items.filter((item) => item.softDeleted) };
}

/** The facts about what a VM's item does, made once for each item. */
interface ItemFacts {
  readonly items: Known<ItemInventory>;
  /** The item that is judged. */
  readonly item: ProtectedItem | undefined;
  readonly policy: FactSheet['policy'];
  readonly jobs: FactSheet['jobs'];
  /** Absent where no job tells when protection was configured. */
  readonly protectedSince?: FactSheet['protectedSince'];
}

type FactsOfBackup = Pick<FactSheet, 'vaults' | 'items' | 'policy' | 'policies' | 'loads' | 'jobs' | 'protectedSince'>;

/** Makes the facts about protection of one VM after the other; what VMs have in common they share. */
export interface BackupFacts {
  /** `seenAt`: when Backstop first saw an item, for want of a job. */
  of(vm: Machine, seenAt: (item: ProtectedItem) => string): FactsOfBackup & Pick<ItemFacts, 'item'>;
}

/** Makes the facts about the items of VMs. */
class ItemFactsOf {
  readonly #inventory: BackupInventory;
  readonly #byVm = new Map<ArmId, ItemFacts>();
  readonly #none = new Map<UnknownBecause | undefined, ItemFacts>();
  readonly #policies = new Map<ArmId, FactSheet['policy']>();
  readonly #noPolicy: FactSheet['policy'];
  readonly #noJobs: FactSheet['jobs'];

  constructor(inventory: BackupInventory) {
    const { items, policies, jobs } = inventory;
    this.#inventory = inventory;
    const graph = { where: 'Resource Graph', readAt: items.kind === 'known' ? items.source.readAt : '' };
    this.#noPolicy = known('none', policies.kind === 'known' ? policies.source : graph);
    this.#noJobs = jobs.kind === 'known' ? known(noJobs, jobs.source) : jobs;
    if (policies.kind === 'known') {
      for (const [id, policy] of policies.value) {
        this.#policies.set(id, known(policy, policies.source));
      }
    }
    if (items.kind === 'known') {
      for (const [vm, own] of items.value) {
        this.#byVm.set(vm, this.#factsOf(vm, known(inventoryOf(own), items.source)));
      }
    }
  }

  of(vm: Machine): ItemFacts {
    const { items, vaults, unreadableIn } = this.#inventory;
    if (items.kind === 'unknown') {
      // Existence is what cannot be told; the rules about an item that nobody saw do not apply.
      return this.#without(items.because);
    }
    const gap = vaults.blindnessOf(vm) ?? (unreadableIn.includes(vm.region) ? itemWithoutVm : undefined);
    const own = this.#byVm.get(vm.key);
    if (!own) {
      return this.#without(gap);
    }
    return gap ? { ...own, items: known({ ...own.items.value, gap }, own.items.source) } : own;
  }

  /** VMs without an item share their facts. */
  #without(gap: UnknownBecause | undefined): ItemFacts {
    const made = this.#none.get(gap);
    if (made) {
      return made;
    }
    const { items } = this.#inventory;
    const source = items.kind === 'known' ? items.source : { where: 'Resource Graph', readAt: '' };
    const facts = {
      items: known(gap ? { ...nothing, gap } : nothing, source),
      item: undefined,
      policy: this.#noPolicy,
      jobs: this.#noJobs,
      protectedSince: known('none', source),
    };
    this.#none.set(gap, facts);
    return facts;
  }

  #factsOf(vm: ArmId, items: Known<ItemInventory>): ItemFacts {
    const item = judgedItem(items.value);
    return { items, item, policy: this.#policyOf(item), ...this.#jobFacts(vm, item) };
  }

  #policyOf(item: ProtectedItem | undefined): FactSheet['policy'] {
    const { policies } = this.#inventory;
    if (!item?.policyId) {
      return this.#noPolicy;
    }
    if (policies.kind === 'unknown') {
      return policies;
    }
    const name = item.policyName ?? item.policyId;
    return (
      this.#policies.get(item.policyId) ??
      unknown('partial-inventory', `The policy ${name} of the item is not among the policies that could be read.`)
    );
  }

  #jobFacts(vm: ArmId, item: ProtectedItem | undefined): Pick<ItemFacts, 'jobs' | 'protectedSince'> {
    const { jobs, items } = this.#inventory;
    if (!item) {
      return { jobs: this.#noJobs, ...(items.kind === 'known' ? { protectedSince: known('none', items.source) } : {}) };
    }
    if (jobs.kind === 'unknown') {
      return { jobs, protectedSince: jobs };
    }
    const gap = jobs.value.gapOf(item);
    if (gap) {
      const unread = { kind: 'unknown', because: gap } as const;
      return { jobs: unread, protectedSince: unread };
    }
    const backups = jobs.value.backupsOf(item, vm);
    const configuredAt = jobs.value.configuredAt(item, vm);
    return {
      jobs: backups.length > 0 ? known(backups, jobs.source) : this.#noJobs,
      ...(configuredAt ? { protectedSince: known(configuredAt, jobs.source) } : {}),
    };
  }
}

function firstSeen(at: string): Fact<string> {
  return known(at, { where: 'Backstop, first seen', readAt: at });
}

/** Facts about the protection of the VMs of an inventory, made once for all pages of a shard. */
export const backupFacts = onceFor((inventory: BackupInventory): BackupFacts => {
  const { vaults, policies } = inventory;
  const itemFacts = new ItemFactsOf(inventory);
  return {
    of(vm, seenAt) {
      const { items, item, policy, jobs, protectedSince } = itemFacts.of(vm);
      return {
        vaults: vaults.inventoryFor(vm, items.value.live),
        items,
        item,
        policy,
        policies,
        loads: vaults.loads,
        jobs,
        protectedSince: protectedSince ?? firstSeen(item ? seenAt(item) : ''),
      };
    },
  };
});

import type { Cell } from '../domain/cell.ts';
import { subscriptionOf } from '../domain/ids.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { type BackupInventory, readBackupInventory } from './backup-inventory.ts';
import { readItemsOfOneOfMany, readItemsOfVm } from './items-of-vm.ts';
import { withKeyAccess } from './key-access.ts';
import type { Readings } from './knowledge.ts';
import type { Inventory, MachineFacts, MachinePage, Ports } from './ports.ts';
import { readProvenVaults } from './proven-vaults.ts';
import {
  readSurroundingsOfOneOfMany,
  readSurroundingsOfVm,
  SurroundingsOfShard,
  type SurroundingsReading,
} from './read-surroundings.ts';
import { type RegisteredExemptions, readRegisteredExemptions } from './registered-exemptions.ts';
import { freshReads, sharedReads } from './shared-reads.ts';
import { sharedResources } from './shared-resources.ts';
import { readSubscriptionFacts, type SubscriptionFacts } from './subscription-facts.ts';
import { readVaultNames } from './vault-names.ts';

type ReadPorts = Pick<Ports, 'inventory' | 'arm' | 'clock'> & {
  readonly exemptions: Pick<Ports['exemptions'], 'of'>;
};

/** What the VMs of all pages of a shard have in common. */
interface Common {
  readonly inventory: Inventory;
  readonly arm: ReadPorts['arm'];
  readonly settings: JudgementSettings;
  readonly backup: BackupInventory;
  readonly subscriptions: SubscriptionFacts;
  readonly exemptions: RegisteredExemptions;
}

async function readingsOf(
  { inventory, arm, settings, backup, subscriptions, exemptions }: Common,
  machines: readonly MachineFacts[],
  around: SurroundingsReading,
): Promise<Readings> {
  const surroundings = await withKeyAccess(inventory, around, backup.vaults.containers);
  const networkRules = await inventory.networkRules();
  const azurePolicy = await inventory.azurePolicy();
  const vaultNames = await readVaultNames(arm, settings, machines, backup.vaults);
  return { backup, surroundings, networkRules, azurePolicy, vaultNames, subscriptions, exemptions };
}

/** Everything that the VMs of a shard are judged by, beside what belongs to each of them. */
export interface ShardReadings {
  readonly backup: BackupInventory;
  /** Other subscriptions in which something stands that VMs of the shard refer to, or are protected by. */
  reaches(): readonly string[];
  /** Reads what the VMs of a page refer to beyond their subscriptions, and puts all readings about them together. */
  of(page: MachinePage): Promise<Readings>;
}

/** Reads what the VMs of a shard are judged by. `occasion`: whoever names the same one shares what is read alike. */
export async function readForShard(
  ports: ReadPorts,
  settings: JudgementSettings,
  cells: readonly Cell[],
  occasion: string,
): Promise<ShardReadings> {
  const { inventory, arm } = ports;
  const shared = sharedReads(inventory, occasion);
  const scope = {
    subscriptionIds: [...new Set(cells.map(({ subscriptionId }) => subscriptionId))],
    regions: [...new Set(cells.map(({ region }) => region))],
  };
  const subscriptions = readSubscriptionFacts(arm, cells, await shared.vaults());
  const vaults = await readProvenVaults(shared, arm, {
    subscriptionIds: scope.subscriptionIds,
    settings,
    mayBeNew: false,
  });
  const items = await inventory.items({ subscriptionIds: scope.subscriptionIds });
  const backup = await readBackupInventory(shared, vaults, items);
  const around = await SurroundingsOfShard.read(inventory, scope);
  const exemptions = await readRegisteredExemptions(ports, scope.subscriptionIds);
  const common = { inventory: shared, arm, settings, backup, subscriptions: await subscriptions, exemptions };
  return {
    backup,
    reaches() {
      const items = backup.items.kind === 'known' ? [...backup.items.value.values()].flat() : [];
      const all = new Set([...around.asked, ...items.flatMap(({ vaultId }) => subscriptionOf(vaultId) ?? [])]);
      return [...all].filter((id) => !scope.subscriptionIds.includes(id));
    },
    async of({ machines, parts }) {
      return readingsOf(common, machines, await around.with(parts));
    },
  };
}

/**
 * Reads everything that one VM is judged by. `occasion`: whoever names the same one shares what is read alike; without it,
 * everything is read anew.
 */
export async function readForVm(
  ports: ReadPorts,
  settings: JudgementSettings,
  machine: MachineFacts,
  occasion?: string,
): Promise<Readings> {
  const { arm } = ports;
  const inventory = occasion === undefined ? freshReads(ports.inventory) : sharedReads(ports.inventory, occasion);
  const vm = machine.vm.value;
  const subscriptionIds = [vm.subscriptionId];
  const subscriptions = readSubscriptionFacts(arm, [vm], await inventory.vaults());
  const vaults = await readProvenVaults(inventory, arm, {
    subscriptionIds,
    settings,
    mayBeNew: true,
    ...(occasion === undefined ? { regions: [vm.region] } : {}),
  });
  const items = await (occasion === undefined ? readItemsOfVm : readItemsOfOneOfMany)({ inventory, arm }, vm);
  const backup = await readBackupInventory(inventory, vaults, items);
  const minute = Math.floor(ports.clock().getTime() / 60_000);
  const around =
    occasion === undefined
      ? await readSurroundingsOfVm({ inventory, arm, clock: ports.clock }, machine)
      : await readSurroundingsOfOneOfMany(
          { inventory, arm: { ...arm, ...sharedResources(arm, `minute-${minute}`) }, clock: ports.clock },
          machine,
        );
  const exemptions = await readRegisteredExemptions(ports, subscriptionIds);
  const common = { inventory, arm, settings, backup, subscriptions: await subscriptions, exemptions };
  return readingsOf(common, [machine], around);
}

import type { Cell } from '../domain/cell.ts';
import { type Fact, known } from '../domain/fact.ts';
import { subscriptionOf } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import type { ProtectedItem } from '../domain/protection.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { type BackupInventory, readBackupInventory } from './backup-inventory.ts';
import { withKeyAccess } from './key-access.ts';
import type { Readings } from './knowledge.ts';
import type { MachineFacts, Ports } from './ports.ts';
import { type ProvenVaults, readProvenVaults } from './proven-vaults.ts';
import { readSurroundingsOfShard, readSurroundingsOfVm, type SurroundingsReading } from './read-surroundings.ts';
import { readSubscriptionFacts, type SubscriptionFacts } from './subscription-facts.ts';
import { readVaultNames } from './vault-names.ts';

type ReadPorts = Pick<Ports, 'inventory' | 'arm' | 'clock'>;
type Scope = { readonly subscriptionIds: readonly string[]; readonly regions: readonly string[] };

/** What is read in the same way for a shard and for one VM. */
async function readRest(
  { inventory, arm }: ReadPorts,
  { subscriptionIds }: Scope,
  parts: {
    readonly machines: readonly MachineFacts[];
    readonly settings: JudgementSettings;
    readonly backup: BackupInventory;
    readonly surroundings: SurroundingsReading;
    readonly subscriptions: Promise<SubscriptionFacts>;
  },
): Promise<Readings> {
  const { backup, subscriptions } = parts;
  const surroundings = await withKeyAccess(inventory, parts.surroundings, backup.vaults.containers);
  const ofNetworks = [...surroundings.surroundings.networkRows.keys()].flatMap((id) => subscriptionOf(id) ?? []);
  const networkRules = await inventory.networkRules([...new Set([...subscriptionIds, ...ofNetworks])]);
  const azurePolicy = await inventory.azurePolicy(subscriptionIds);
  const vaultNames = await readVaultNames(arm, parts.settings, parts.machines, backup.vaults);
  return { backup, surroundings, networkRules, azurePolicy, vaultNames, subscriptions: await subscriptions };
}

function provenVaults(
  { inventory, arm }: ReadPorts,
  { allowCrossSubscriptionVaults }: JudgementSettings,
  scope: Scope,
): Promise<ProvenVaults> {
  return readProvenVaults(inventory, arm, { ...scope, allowCrossSubscriptionVaults });
}

/** Reads everything that the VMs of a shard are judged by. */
export async function readForShard(
  ports: ReadPorts,
  settings: JudgementSettings,
  cells: readonly Cell[],
  machines: readonly MachineFacts[],
): Promise<Readings> {
  const scope: Scope = {
    subscriptionIds: [...new Set(cells.map(({ subscriptionId }) => subscriptionId))],
    regions: [...new Set(cells.map(({ region }) => region))],
  };
  const subscriptions = readSubscriptionFacts(ports.arm, cells);
  const vaults = await provenVaults(ports, settings, scope);
  const backup = await readBackupInventory(ports.inventory, vaults, scope);
  const surroundings = await readSurroundingsOfShard(ports.inventory, scope);
  return readRest(ports, scope, { machines, settings, backup, surroundings, subscriptions });
}

/** Resource Graph lags: an item that Azure Backup already knows is added to what the graph shows. */
async function withFreshItem(
  { arm, clock }: ReadPorts,
  vm: Machine,
  backup: BackupInventory,
): Promise<BackupInventory> {
  const { items } = backup;
  const seen = items.kind === 'known' ? (items.value.get(vm.key) ?? []) : [];
  if (items.kind === 'unknown' || seen.some((item) => !item.softDeleted)) {
    return backup;
  }
  const item: Fact<ProtectedItem | 'none'> = await arm.itemOf(vm);
  const source = { where: item.kind === 'known' ? item.source.where : '', readAt: clock().toISOString() };
  return item.kind === 'unknown' || item.value === 'none'
    ? backup
    : { ...backup, items: known(new Map([[vm.key, [...seen, item.value]]]), source) };
}

/** Reads everything that one VM is judged by. */
export async function readForVm(
  ports: ReadPorts,
  settings: JudgementSettings,
  machine: MachineFacts,
): Promise<Readings> {
  const vm = machine.vm.value;
  const scope: Scope = { subscriptionIds: [vm.subscriptionId], regions: [vm.region] };
  const subscriptions = readSubscriptionFacts(ports.arm, [vm]);
  const vaults = await provenVaults(ports, settings, scope);
  const shown = await readBackupInventory(ports.inventory, vaults, { vm: vm.key });
  const backup = await withFreshItem(ports, vm, shown);
  const surroundings = await readSurroundingsOfVm(ports, machine);
  return readRest(ports, scope, { machines: [machine], settings, backup, surroundings, subscriptions });
}

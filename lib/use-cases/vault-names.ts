import { type Fact, known } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { Machine } from '../domain/machine.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { isVaultName, type NameAvailability, plannedVaultName } from '../domain/vault-name.ts';
import { gapsIn } from './gaps.ts';
import { inBatches } from './in-batches.ts';
import type { Arm, MachineFacts } from './ports.ts';
import type { ProvenVaults } from './proven-vaults.ts';
import type { Gap } from './run.ts';

/** Whether the names are free that the service would give to vaults. */
export interface VaultNames {
  of(vm: Machine): FactSheet['newVaultName'];
  readonly gaps: readonly Gap[];
}

const createsNone: FactSheet['newVaultName'] = known('none', { where: 'settings', readAt: '' });

function cellOf({ subscriptionId, region }: Machine): string {
  return `${subscriptionId}|${region}`;
}

/** One VM for each subscription and region in which a vault would be created: no vault stands there that anybody sees. */
function vmsWithoutVault(machines: readonly MachineFacts[], vaults: ProvenVaults): ReadonlyMap<string, Machine> {
  const oneOfCell = new Map(machines.map(({ vm }) => [cellOf(vm.value), vm.value]));
  const without = [...oneOfCell].filter(([, vm]) => {
    const inventory = vaults.inventoryFor(vm, []);
    return inventory.kind === 'known' && inventory.value.vaults.length === 0;
  });
  return new Map(without);
}

/** Asks for the names of vaults that are to be created, once per subscription and region. */
export async function readVaultNames(
  arm: Pick<Arm, 'vaultNameIn'>,
  settings: JudgementSettings,
  machines: readonly MachineFacts[],
  vaults: ProvenVaults,
): Promise<VaultNames> {
  const answers = new Map<string, Fact<NameAvailability>>();
  const cells = settings.createVaults ? [...vmsWithoutVault(machines, vaults)] : [];
  await inBatches(cells, async ([cell, vm]) => {
    const name = plannedVaultName(vm.region, settings);
    if (name !== undefined && isVaultName(name)) {
      answers.set(cell, await arm.vaultNameIn(vm, vm.region, name));
    }
  });
  return {
    of: (vm) => (answers.size === 0 ? createsNone : (answers.get(cellOf(vm)) ?? createsNone)),
    gaps: gapsIn([...answers].map(([cell, answer]) => [`name of a vault for ${cell.replace('|', ' in ')}`, answer])),
  };
}

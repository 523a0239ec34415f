import type { Fact, UnknownBecause } from './fact.ts';
import type { ArmId } from './ids.ts';
import { type Passage, passes, stopped } from './passage.ts';
import { vaultLimits } from './support-list.ts';

/** What a vault holds. */
export interface VaultLoad {
  readonly vms: number;
  /** Items of every kind of data source. */
  readonly dataSources: number;
}

/** What vaults and policies hold, by lower-cased id; one that is not listed holds nothing. */
export interface Loads {
  readonly vaults: ReadonlyMap<ArmId, VaultLoad>;
  /** VMs per policy. */
  readonly policies: ReadonlyMap<ArmId, number>;
  /** Vaults not all of whose items were seen, and why: they and their policies hold at least what was counted. */
  readonly incomplete?: ReadonlyMap<ArmId, UnknownBecause>;
}

/** What Azure Backup lets a vault and a policy hold. */
export const { vms: vmsPerVault, dataSources: dataSourcesPerVault, vmsPerPolicy } = vaultLimits;

/** The load of a vault. */
export function loadOf(loads: Loads, vault: ArmId): VaultLoad {
  return loads.vaults.get(vault) ?? { vms: 0, dataSources: 0 };
}

/** A limit of a vault that is reached. */
export interface LimitReached {
  readonly counted: 'VMs' | 'data sources';
  readonly count: number;
  readonly limit: number;
}

/** Whether a vault takes one more VM. A count that is not complete can only show that it does not. */
export function roomIn(vault: ArmId, loads: Fact<Loads>): Passage<LimitReached> {
  if (loads.kind === 'unknown') {
    return loads;
  }
  const { vms, dataSources } = loadOf(loads.value, vault);
  if (vms >= vmsPerVault) {
    return stopped({ counted: 'VMs', count: vms, limit: vmsPerVault });
  }
  if (dataSources >= dataSourcesPerVault) {
    return stopped({ counted: 'data sources', count: dataSources, limit: dataSourcesPerVault });
  }
  const because = loads.value.incomplete?.get(vault);
  return because ? { kind: 'unknown', because } : passes;
}

/** Whether a vault is filled to 90 % or more of a limit (ruling 18). */
export function isNearlyFull({ vms, dataSources }: VaultLoad): boolean {
  return vms >= 0.9 * vmsPerVault || dataSources >= 0.9 * dataSourcesPerVault;
}

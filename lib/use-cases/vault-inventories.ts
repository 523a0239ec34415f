import { type Fact, known, type Source, type UnknownBecause } from '../domain/fact.ts';
import type { ArmId } from '../domain/ids.ts';
import type { Vault, VaultInventory } from '../domain/protection.ts';

/** The vaults of a region and those that hold items of the VM; `because`: why there may be more. */
type InventoryOf = (
  region: string,
  holders: ReadonlySet<ArmId>,
  because: UnknownBecause | undefined,
) => Fact<VaultInventory>;

/** Vaults by region; VMs of one region and one reason for not seeing more share one fact. */
export function inventoriesOf(vaults: readonly Vault[], source: Source): InventoryOf {
  const byRegion = Map.groupBy(vaults, ({ region }) => region);
  const shared = new Map<string, Map<UnknownBecause | undefined, Fact<VaultInventory>>>();

  function inRegion(region: string, because: UnknownBecause | undefined): Fact<VaultInventory> {
    const ofRegion = shared.get(region) ?? new Map<UnknownBecause | undefined, Fact<VaultInventory>>();
    shared.set(region, ofRegion);
    const own = byRegion.get(region) ?? [];
    const fact = ofRegion.get(because) ?? known({ vaults: own, ...(because ? { gap: because } : {}) }, source);
    ofRegion.set(because, fact);
    return fact;
  }

  return (region, holders, because) => {
    const fact = inRegion(region, because);
    const elsewhere = holders.size > 0 && vaults.filter((each) => each.region !== region && holders.has(each.key));
    return elsewhere && elsewhere.length > 0 && fact.kind === 'known'
      ? known({ ...fact.value, vaults: [...fact.value.vaults, ...elsewhere] }, fact.source)
      : fact;
  };
}

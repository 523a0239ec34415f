import { type Fact, type Known, known, type Source, type UnknownBecause } from '../domain/fact.ts';
import type { ProtectedItem, Vault, VaultInventory } from '../domain/protection.ts';

/** The vaults of a region and those that hold items of the VM; `because`: why there may be more. */
type InventoryOf = (
  region: string,
  items: readonly Pick<ProtectedItem, 'vaultId'>[],
  because: UnknownBecause | undefined,
) => Fact<VaultInventory>;

/** Vaults by region; VMs of one region and one reason for not seeing more share one fact. */
export function inventoriesOf(vaults: readonly Vault[], source: Source): InventoryOf {
  const byRegion = Map.groupBy(vaults, ({ region }) => region);
  const byId = new Map(vaults.map((vault) => [vault.key, vault]));
  const shared = new Map<string, Map<UnknownBecause | undefined, Known<VaultInventory>>>();

  function inRegion(region: string, because: UnknownBecause | undefined): Known<VaultInventory> {
    const ofRegion = shared.get(region) ?? new Map<UnknownBecause | undefined, Known<VaultInventory>>();
    const made = ofRegion.get(because);
    if (made) {
      return made;
    }
    const fact = known({ vaults: byRegion.get(region) ?? [], ...(because ? { gap: because } : {}) }, source);
    shared.set(region, ofRegion.set(because, fact));
    return fact;
  }

  return (region, items, because) => {
    const fact = inRegion(region, because);
    const isElsewhere = ({ vaultId }: (typeof items)[number]) => (byId.get(vaultId)?.region ?? region) !== region;
    if (!items.some(isElsewhere)) {
      return fact;
    }
    const elsewhere = new Set(items.filter(isElsewhere).flatMap(({ vaultId }) => byId.get(vaultId) ?? []));
    return known({ ...fact.value, vaults: [...fact.value.vaults, ...elsewhere] }, fact.source);
  };
}

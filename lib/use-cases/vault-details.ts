import type { Fact } from '../domain/fact.ts';
import { known } from '../domain/fact.ts';
import { locksOn } from '../domain/lock.ts';
import type { Vault } from '../domain/protection.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { isOneOf } from '../domain/word.ts';
import { gapsIn } from './gaps.ts';
import { inBatches } from './in-batches.ts';
import type { Arm, Containers } from './ports.ts';
import type { Gap } from './run.ts';

type Details = Pick<Arm, 'locksIn' | 'storageSettingOf' | 'securitySettingOf'>;

/** Vaults with what their rows lack, and what of it could not be read. */
export interface DetailedVaults {
  readonly vaults: readonly Vault[];
  readonly gaps: readonly Gap[];
}

function isSoftDeleteTold({ softDeleteState, softDeleteDays }: Vault): boolean {
  return softDeleteState !== undefined && softDeleteDays !== undefined;
}

/** The values of a setting for which the vault's own row has none; none where the setting was not asked for. */
function absentFrom<T extends Partial<Vault>>(vault: Vault, setting: Fact<T> | undefined): Partial<Vault> {
  if (setting?.kind !== 'known') {
    return {};
  }
  const entries = Object.entries(setting.value).filter(([key]) => !(key in vault));
  return Object.fromEntries(entries);
}

/** Redundancies that no environment objects to: of such a vault nobody asks whether it can still be changed. */
function allowedEverywhere({ allowedRedundancy, environments }: JudgementSettings): readonly string[] {
  const others = Object.values(environments).flatMap((own) => (own.allowedRedundancy ? [own.allowedRedundancy] : []));
  return allowedRedundancy.filter((each) => others.every((allowed) => isOneOf(each, allowed)));
}

/** Whether the row of a vault already tells everything of its storage that is asked. */
function isStorageTold({ redundancy, crossRegionRestore }: Vault, settings: JudgementSettings): boolean {
  const isRequired = settings.allowedRedundancy.length > 0;
  return (
    redundancy !== undefined &&
    crossRegionRestore !== undefined &&
    (!isRequired || isOneOf(redundancy, allowedEverywhere(settings)))
  );
}

async function locksOf(arm: Details, vault: Vault): Promise<Vault['locks']> {
  const all = await arm.locksIn(vault.subscriptionId);
  return all.kind === 'known' ? known(locksOn(vault.key, all.value), all.source) : all;
}

/**
 * Completes vaults: locks, the state of their subscription, whether a redundancy that somebody objects to can still be
 * changed, and soft delete where an old vault's row does not tell it.
 */
export async function withDetails(
  arm: Details,
  vaults: readonly Vault[],
  { containers, settings }: { readonly containers: Fact<Containers>; readonly settings: JudgementSettings },
): Promise<DetailedVaults> {
  const detailed = new Map<string, Vault>();
  const gaps: Gap[] = [];
  await inBatches(vaults, async (vault) => {
    const locks = await locksOf(arm, vault);
    const storage = isStorageTold(vault, settings) ? undefined : await arm.storageSettingOf(vault);
    const security = isSoftDeleteTold(vault) ? undefined : await arm.securitySettingOf(vault);
    const state = containers.kind === 'known' ? containers.value.states.get(vault.subscriptionId) : undefined;
    detailed.set(vault.key, {
      ...vault,
      ...absentFrom(vault, storage),
      ...absentFrom(vault, security),
      ...(state ? { subscriptionState: state } : {}),
      locks,
    });
    gaps.push(
      ...gapsIn([
        [`locks of subscription ${vault.subscriptionId}`, locks],
        ...(storage ? [[`storage setting of vault ${vault.name}`, storage] as const] : []),
        ...(security ? [[`soft-delete setting of vault ${vault.name}`, security] as const] : []),
      ]),
    );
  });
  return { vaults: vaults.map((vault) => detailed.get(vault.key) ?? vault), gaps };
}

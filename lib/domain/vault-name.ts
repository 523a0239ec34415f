import { region } from './ids.ts';
import type { VaultInventory } from './protection.ts';
import type { JudgementSettings } from './settings.ts';

/** What Azure says about a name that a vault is to be given; `available` is `undefined` where it did not say. */
export interface NameAvailability {
  readonly name: string;
  readonly available: boolean | undefined;
  /** Azure's words for a name that is not available. */
  readonly reason?: string;
}

/** 2 to 50 letters, digits and hyphens, a letter first. */
const pattern = /^[A-Za-z][A-Za-z0-9-]{1,49}$/;

/** Whether a vault may be called so. */
export function isVaultName(name: string): boolean {
  return pattern.test(name);
}

/** The name that the service would give a vault in a region; `undefined` where the settings have none. */
export function plannedVaultName(where: string, { newVaultNames }: JudgementSettings): string | undefined {
  return Object.entries(newVaultNames).find(([key]) => region(key) === where)?.[1];
}

/** A name for one more vault in a region: creating a vault under a name that exists would change that vault. */
export function nextVaultName(where: string, { vaults }: VaultInventory): string {
  const taken = new Set(vaults.map(({ name }) => name.toLowerCase()));
  const base = `rsv-${where}`;
  let name = base;
  for (let number = 2; taken.has(name); number++) {
    name = `${base}-${number}`;
  }
  return name;
}

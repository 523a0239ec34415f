import type { Fact, UnknownBecause } from './fact.ts';
import { type ArmId, resourceTypeOf } from './ids.ts';
import type { Machine } from './machine.ts';
import { onceFor } from './memo.ts';
import type { Passage } from './passage.ts';
import type { ItemInventory, Vault, VaultInventory } from './protection.ts';
import { judgedItem } from './protection.ts';
import type { JudgementSettings } from './settings.ts';
import { type LimitReached, type Loads, roomIn } from './vault-load.ts';
import { type Obstacle, writability } from './vault-writability.ts';
import { isWord } from './word.ts';

export const recoveryServicesVault = 'microsoft.recoveryservices/vaults';

/** Why a vault may not be used for a VM although it stands in the VM's region. */
export type OutOfScope = 'other-subscription' | 'other-tenant' | 'confidential-vm' | 'tenant-unknown';

/** Whether this VM may use this vault: same subscription always, another one of the tenant only on request. */
export function scopeOf(vm: Applicant, vault: Vault, settings: JudgementSettings): 'allowed' | OutOfScope {
  if (vault.subscriptionId === vm.subscriptionId) {
    return 'allowed';
  }
  const isTenantTold = vault.tenantId !== '' && vm.tenantId !== '';
  if (isTenantTold && vault.tenantId !== vm.tenantId) {
    return 'other-tenant';
  }
  // Refused whatever the tenant is.
  if (!settings.allowCrossSubscriptionVaults) {
    return 'other-subscription';
  }
  if (isWord(vm.securityType, 'ConfidentialVM')) {
    return 'confidential-vm';
  }
  return isTenantTold ? 'allowed' : 'tenant-unknown';
}

/**
 * Vaults that stand in the region of the VM: those of its own subscription before others, then by id, whatever the order
 * in which Azure lists them.
 */
export function vaultsInRegion(
  { region, subscriptionId }: Pick<Machine, 'region' | 'subscriptionId'>,
  inventory: VaultInventory,
): readonly Vault[] {
  const answers = orderedVaults(inventory);
  const ofRegion = answers.get(region) ?? new Map<string, readonly Vault[]>();
  const known = ofRegion.get(subscriptionId);
  if (known) {
    return known;
  }
  const ordered = inventory.vaults
    .filter((vault) => vault.region === region)
    .toSorted(
      (a, b) =>
        Number(b.subscriptionId === subscriptionId) - Number(a.subscriptionId === subscriptionId) ||
        compareText(a.key, b.key),
    );
  answers.set(region, ofRegion.set(subscriptionId, ordered));
  return ordered;
}

/** The vaults of an inventory in order, by region and subscription of the VM: many VMs ask the same. */
const orderedVaults = onceFor((_: VaultInventory) => new Map<string, Map<string, readonly Vault[]>>());

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** What of a VM decides which vaults it may use. */
type Applicant = Pick<Machine, 'region' | 'subscriptionId' | 'tenantId' | 'securityType'>;
type AboutVaults<Answer, More extends readonly unknown[]> = (
  vm: Applicant,
  inventory: VaultInventory,
  settings: JudgementSettings,
  ...more: More
) => Answer;

/** An answer with the rest of what it was asked about, the inventory, the subscription and the region apart. */
interface Answered<Answer> {
  readonly vm: Applicant;
  readonly settings: JudgementSettings;
  readonly more: unknown;
  readonly answer: Answer;
}

/** Gives an answer about an inventory again for VMs that are alike: most are like many others. */
function forAlike<Answer, More extends readonly [] | readonly [unknown]>(
  ask: AboutVaults<Answer, More>,
): AboutVaults<Answer, More> {
  const answersOf = onceFor((_: VaultInventory) => new Map<string, Map<string, Answered<Answer>[]>>());
  return (vm, inventory, settings, ...more) => {
    const bySubscription = answersOf(inventory);
    const byRegion = bySubscription.get(vm.subscriptionId) ?? new Map<string, Answered<Answer>[]>();
    const answers = byRegion.get(vm.region) ?? [];
    const known = answers.find(
      (each) =>
        each.vm.tenantId === vm.tenantId &&
        each.vm.securityType === vm.securityType &&
        each.settings === settings &&
        each.more === more[0],
    );
    if (known) {
      return known.answer;
    }
    const answer = ask(vm, inventory, settings, ...more);
    answers.push({ vm, settings, more: more[0], answer });
    bySubscription.set(vm.subscriptionId, byRegion.set(vm.region, answers));
    return answer;
  };
}

/** The vaults in the region of the VM that it may use. */
export const allowedVaults = forAlike((vm, inventory, settings): readonly Vault[] =>
  vaultsInRegion(vm, inventory).filter((vault) => scopeOf(vm, vault, settings) === 'allowed'),
);

/** Why it cannot be told whether a VM may use a vault of another subscription. */
export const tenantUnknown: UnknownBecause = {
  cause: 'not-reported',
  detail: 'The tenant of the vault or of the VM is not in the rows that were read.',
};

/** A vault that came through the steps so far; with a doubt, if that is not certain. */
interface Arrival {
  readonly vault: Vault;
  readonly doubt?: UnknownBecause;
}

/** What a step of the funnel leaves of the vaults that came so far. */
type Step<WhyNot> =
  /** No vault came so far: the question does not arise. */
  | { readonly kind: 'none' }
  | { readonly kind: 'yes'; readonly vault: Vault }
  | { readonly kind: 'no'; readonly refused: readonly [Refused<WhyNot>, ...Refused<WhyNot>[]] }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** A vault that a step stops, and why. */
export interface Refused<WhyNot> {
  readonly vault: Vault;
  readonly why: WhyNot;
}

/** Vaults that the VM may use, or might if their tenant were told. */
const allowedArrivals = forAlike((vm, inventory, settings): readonly Arrival[] => {
  if (wrongKindOnly(settings).length > 0) {
    return [];
  }
  return vaultsInRegion(vm, inventory).flatMap((vault): Arrival[] => {
    const scope = scopeOf(vm, vault, settings);
    if (scope === 'tenant-unknown') {
      return [{ vault, doubt: tenantUnknown }];
    }
    return scope === 'allowed' ? [{ vault }] : [];
  });
});

/** The arrivals that something does not stop; what is not known about them is their doubt. */
function through(arrivals: readonly Arrival[], passageOf: (vault: Vault) => Passage<unknown>): readonly Arrival[] {
  return arrivals.flatMap((arrival): Arrival[] => {
    const passage = passageOf(arrival.vault);
    if (passage.kind === 'no') {
      return [];
    }
    const doubt = arrival.doubt ?? (passage.kind === 'unknown' ? passage.because : undefined);
    return [doubt ? { vault: arrival.vault, doubt } : arrival];
  });
}

/**
 * Asks the vaults that came so far. Those that certainly came decide; where there are none, the doubt is the earlier
 * step's, and those that may have come are asked. A vault that nobody could see might have passed.
 */
function step<WhyNot>(
  arrivals: readonly Arrival[],
  { gap }: VaultInventory,
  passageOf: (vault: Vault) => Passage<WhyNot>,
): Step<WhyNot> {
  const asked = arrivals.map((arrival) => ({ ...arrival, passage: passageOf(arrival.vault) }));
  const certain = asked.filter(({ doubt }) => !doubt);
  const allPass = asked.every(({ passage }) => passage.kind === 'yes');
  const passing = certain.find(({ passage }) => passage.kind === 'yes') ?? (allPass ? asked[0] : undefined);
  if (passing) {
    return { kind: 'yes', vault: passing.vault };
  }
  const open = asked.find(({ passage }) => passage.kind !== 'no');
  const because = (open?.passage.kind === 'unknown' ? open.passage.because : open?.doubt) ?? gap;
  const [first, ...others] = asked.flatMap(({ vault, passage }) =>
    passage.kind === 'no' ? [{ vault, why: passage.why }] : [],
  );
  if (asked.length > 0 && because) {
    return { kind: 'unknown', because };
  }
  return first ? { kind: 'no', refused: [first, ...others] } : { kind: 'none' };
}

/** The step of the funnel after kind, region and subscription (ruling 1): a vault must accept changes. */
export const writableStep = forAlike(
  (vm, inventory, settings): Step<Obstacle> => step(allowedArrivals(vm, inventory, settings), inventory, writability),
);

/** The last step of the funnel (ruling 1): a vault that accepts changes must have room. */
export const roomStep = forAlike((vm, inventory, settings, loads: Fact<Loads>): Step<LimitReached> => {
  const writable = through(allowedArrivals(vm, inventory, settings), writability);
  return step(writable, inventory, ({ key }) => roomIn(key, loads));
});

/**
 * The vault that a VM without an item would get (ruling 1): in its region, allowed, writable, with room. One of which a
 * step cannot be told comes after those that are certain; `undefined` if none is left.
 */
export const vaultToUse = forAlike((vm, inventory, settings, loads: Fact<Loads>): Vault | undefined => {
  const allowed = allowedVaults(vm, inventory, settings).map((vault) => ({ vault }));
  const left = through(through(allowed, writability), ({ key }) => roomIn(key, loads));
  return (left.find(({ doubt }) => !doubt) ?? left[0])?.vault;
});

/** The vaults that the configuration names by id, and whether none of them is a Recovery Services vault. */
export const wrongKindOnly = onceFor(({ expectedVaults }: JudgementSettings): readonly string[] => {
  const wrong = expectedVaults.filter((id) => resourceTypeOf(id) !== recoveryServicesVault);
  return wrong.length === expectedVaults.length ? wrong : [];
});

/** The vault that holds the judged item of a VM, as far as its row was read. */
export function holdingVault(items: ItemInventory, inventory: VaultInventory): Vault | undefined {
  const item = judgedItem(items);
  return item ? vaultsById(inventory).get(item.vaultId) : undefined;
}

const vaultsById = onceFor(
  ({ vaults }: VaultInventory): ReadonlyMap<ArmId, Vault> => new Map(vaults.map((vault) => [vault.key, vault])),
);

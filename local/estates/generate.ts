import { backupServers, type PlantedServer } from './backup-servers.ts';
import type { Bodies } from './bodies.ts';
import { classicRemains } from './classic.ts';
import { type Card, deal } from './deck.ts';
import type { Estate, EstateResource } from './estate.ts';
import { thoroughSettings, usualSettings } from './estate-settings.ts';
import { Landscape } from './landscape.ts';
import { machineBodies, machineId } from './machine.ts';
import { type MachinePlan, planMachine } from './machine-plan.ts';
import { diskBackupRegion } from './names.ts';
import { vaultThatMayNotBeRead } from './place-plants.ts';
import { type Garden, hasVisibleItem, type Plant } from './plants.ts';
import { addProtection } from './protection.ts';
import { randomStream } from './random.ts';
import { dealLeftovers, dealWrongKind } from './small-decks.ts';
import { type SpecialPlace, specialSubscription } from './special-place.ts';
import { standingSigns } from './standing-signs.ts';
import { estateSubscription } from './subscriptions.ts';
import { dealThoroughly } from './thorough-deck.ts';
import { blocks, leavesOpen, type ResourceTruth, type Sign, type Truth, truthOf } from './truth.ts';
import { unexpectedVault } from './vault-use-plants.ts';

type EstateOptions = {
  /** How many VMs. */
  readonly vms: number;
  /** How many departments with a subscription of their own; 6 unless told, and one for every 400 VMs is like the public traces. */
  readonly subscriptions?: number;
  /** A whole number. The same seed gives the same estate, byte for byte; more VMs leave the first ones as they are. */
  readonly seed: number;
  /** The instant at which the estate is judged, ISO 8601. */
  readonly now?: string;
  /** Some VMs have their items in a vault that Backstop may not read; then no sweep can be complete. */
  readonly closedVault?: boolean;
  /** How many backup servers (Azure Backup Server and DPM); none unless told. */
  readonly servers?: number;
};

type OtherOptions = Omit<EstateOptions, 'closedVault'>;

/** The VMs into which something was planted, with the words of what it was; all others are free of problems. */
export type Planted = readonly { readonly vmId: string; readonly plants: readonly string[] }[];

/** An estate with the right answers, written down while it was made. Knows nothing of Backstop's rules but their names. */
export type LabelledEstate = {
  readonly estate: Estate;
  readonly planted: Planted;
  /** By the id of the VM as the estate writes it; every VM has one. */
  readonly truth: ReadonlyMap<string, Truth>;
  /** About classic resources, and items whose VM is gone; what is not named here is in order. */
  readonly resourceTruth: readonly ResourceTruth[];
  /** The backup servers with what was planted into them. */
  readonly plantedServers: readonly PlantedServer[];
};

/** An invented tenant of some size, realistic and full of known problems. */
export function generateEstate(options: EstateOptions): Estate {
  return generateLabelledEstate(options).estate;
}

/** The same tenant with its right answers. Throws a RangeError for options that make no estate. */
export function generateLabelledEstate(options: EstateOptions): LabelledEstate {
  const { seed, closedVault = false } = options;
  const isWanted = (plant: Plant) => closedVault || plant !== vaultThatMayNotBeRead;
  const grown = grow(options, { cards: deal(seed), isWanted });
  return labelled(grown, usualSettings);
}

/**
 * A tenant in which every rule has something to find, something that only looks like it, and values on both sides of its
 * limits; far less like a real company than the usual one, and with a subscription for every special case.
 */
export function generateThoroughEstate(options: OtherOptions): LabelledEstate {
  const grown = grow(options, { cards: dealThoroughly(options.seed), opened: [classicRemains] });
  const { subscriptionId } = specialSubscription(options.seed, unexpectedVault);
  const vaults = grown.estate.resources.filter(({ type }) => type === 'Microsoft.RecoveryServices/vaults');
  const expected = vaults.map(({ id }) => id).filter((id) => !id.includes(subscriptionId));
  return labelled(grown, thoroughSettings(options.seed, expected));
}

/** A small tenant, open to the last read, with classic resources and with items whose VM is gone. */
export function generateLeftoversEstate(options: OtherOptions): LabelledEstate {
  return labelled(grow(options, { cards: dealLeftovers(options.seed), opened: [classicRemains] }), usualSettings);
}

/** A small tenant whose configuration names a vault that cannot hold VMs, and no other. */
export function generateWrongKindEstate(options: OtherOptions): LabelledEstate {
  const grown = grow(options, {
    cards: dealWrongKind(options.seed),
    opened: [diskVaultOnly],
    signsUnder: wrongKindSigns,
  });
  const named = grown.estate.resources.find(({ type }) => type === 'Microsoft.DataProtection/backupVaults');
  return labelled(grown, { ...usualSettings, expectedVaults: named ? [named.id] : [] });
}

/** Where the vault of the wrong kind certainly is. */
const diskVaultOnly: SpecialPlace = {
  displayName: 'Vault for disks only',
  region: diskBackupRegion,
  vault: 'backup-vault-only',
};

const laterSteps = ['vault-same-region', 'vault-subscription-scope', 'vault-writable', 'vault-capacity'];

/** The first step of the funnel masks the others (ruling 1); an item in any real vault is where nobody expects it. */
function wrongKindSigns(plan: MachinePlan, signs: readonly Sign[]): readonly Sign[] {
  const kind = 'vault-kind-recovery-services';
  if (hasVisibleItem(plan)) return [...signs, blocks('vault-single-protection'), leavesOpen(kind)];
  return [...signs.filter(({ rule }) => !laterSteps.includes(rule ?? '')), blocks(kind)];
}

type Recipe = {
  readonly cards: Generator<Card, never>;
  readonly isWanted?: (plant: Plant) => boolean;
  /** Special places that are there whether a VM moves to them or not. */
  readonly opened?: readonly SpecialPlace[];
  /** What the right answers become under the settings of this estate. */
  readonly signsUnder?: (plan: MachinePlan, signs: readonly Sign[]) => readonly Sign[];
};

function labelled(grown: LabelledEstate, settings: Estate['settings']): LabelledEstate {
  return { ...grown, estate: { ...grown.estate, settings: structuredClone(settings) } };
}

function grow(options: OtherOptions, { cards, isWanted, opened = [], signsUnder }: Recipe): LabelledEstate {
  const { vms, subscriptions = 6, seed, now = '2026-11-20T06:00:00Z', servers = 0 } = options;
  const nowAt = checked(vms, subscriptions, seed, now);
  const resources: EstateResource[] = [];
  const landscape = new Landscape(seed, subscriptions, (resource) => resources.push(resource));
  for (const place of opened) landscape.special(place);
  const planted: { vmId: string; plants: string[] }[] = [];
  const truth = new Map<string, Truth>();
  let earlier: Garden['earlier'] = null;
  for (let number = 0; number < vms; number++) {
    const card = cards.next().value;
    const plan = planMachine({ seed, number, now: nowAt, landscape, isProtected: card.isProtected });
    const garden: Garden = { landscape, now: nowAt, random: randomStream(seed, 'plants', number), earlier };
    const wanted = isWanted ? card.plants.filter(isWanted) : card.plants;
    const plants = wanted.filter((plant) => plant.edit(plan, garden));
    for (const resource of inOrder(bodiesOf(plan, { landscape, seed, now: nowAt }))) resources.push(resource);
    const vmId = machineId(plan);
    const words = plants.map((plant) => plant.words);
    if (words.length > 0) planted.push({ vmId, plants: words });
    const signs = [...standingSigns(plan), ...plants.flatMap((plant) => plant.signs(plan))];
    const settled = signsUnder ? signsUnder(plan, signs) : signs;
    truth.set(vmId, truthOf(hasVisibleItem(plan), settled, whyOf(plan, words)));
    earlier = card.isProtected && plants.length === 0 ? plan : garden.earlier;
  }
  countItemsOfPolicies(resources);
  const server = backupServers({ seed, now: nowAt, servers, resources });
  const estate: Estate = {
    format: 'backstop-estate/1',
    now,
    tenantId: randomStream(seed, 'tenant').guid(),
    subscriptions: landscape.subscriptions.map(estateSubscription),
    resources: [...resources, ...server.resources],
    denied: [...landscape.denied],
    settings: {},
  };
  return { estate, planted, truth, resourceTruth: landscape.resourceTruth, plantedServers: server.planted };
}

const itemType = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems';
const policyType = 'Microsoft.RecoveryServices/vaults/backupPolicies';

/** Policies count the items that name them, after everything that was done to these. */
function countItemsOfPolicies(resources: readonly EstateResource[]): void {
  const counts = new Map<string, number>();
  for (const { type, properties } of resources) {
    if (type === itemType && properties['isScheduledForDeferredDelete'] !== true) {
      const policy = String(properties['policyId'] ?? '').toLowerCase();
      counts.set(policy, (counts.get(policy) ?? 0) + 1);
    }
  }
  for (const { id, type, properties } of resources) {
    if (type === policyType) Object.assign(properties, { protectedItemsCount: counts.get(id.toLowerCase()) ?? 0 });
  }
}

function bodiesOf(plan: MachinePlan, surroundings: Parameters<typeof addProtection>[2]): Bodies {
  const bodies = machineBodies(plan, surroundings.seed, surroundings.now);
  addProtection(bodies, plan, surroundings);
  for (const edit of plan.edits) edit(bodies);
  return bodies;
}

function inOrder({ vm, disks, nics, extensions, items, jobs, others }: Bodies): EstateResource[] {
  return [vm, ...disks, ...nics, ...extensions, ...items, ...jobs, ...others];
}

/** One sentence for the reader of a label. */
function whyOf(plan: MachinePlan, words: readonly string[]): string {
  const start = plan.protection ? 'Protected from the start' : 'Without backup from the start';
  return words.length > 0 ? `${start}; ${words.join('; ')}.` : `${start}, and nothing else was planted.`;
}

function checked(vms: number, subscriptions: number, seed: number, now: string): number {
  if (!Number.isSafeInteger(vms) || vms < 0) throw new RangeError(`vms must be a whole number from 0, not ${vms}`);
  if (!Number.isSafeInteger(subscriptions) || subscriptions < 1) {
    throw new RangeError(`subscriptions must be a whole number from 1, not ${subscriptions}`);
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}`);
  const nowAt = Date.parse(now);
  if (Number.isNaN(nowAt)) throw new RangeError(`now must be an instant, not ${now}`);
  return nowAt;
}

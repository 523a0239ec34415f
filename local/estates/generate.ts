import { deal } from './deck.ts';
import type { Estate, EstateResource } from './estate.ts';
import { Landscape } from './landscape.ts';
import { machineId, machineResources } from './machine.ts';
import { planMachine } from './machine-plan.ts';
import { vaultThatMayNotBeRead } from './place-plants.ts';
import type { Garden } from './plants.ts';
import { protectionResources } from './protection.ts';
import { randomStream } from './random.ts';
import { estateSubscription } from './subscriptions.ts';

type EstateOptions = {
  /** How many VMs. */
  readonly vms: number;
  /** How many subscriptions; 6 unless told, and one for every 400 VMs is like the public traces. */
  readonly subscriptions?: number;
  /** A whole number. The same seed gives the same estate, byte for byte; more VMs leave the first ones as they are. */
  readonly seed: number;
  /** The instant at which the estate is judged, ISO 8601. */
  readonly now?: string;
  /** Some VMs have their items in a vault that Backstop may not read; then no sweep can be complete. */
  readonly closedVault?: boolean;
};

/** The VMs into which something was planted, with the words of what it was; all others are free of problems. */
export type Planted = readonly { readonly vmId: string; readonly plants: readonly string[] }[];

/** The settings that the estate depends on, with Backstop's names. */
const settings = {
  rpoHours: 26,
  minRetentionDays: 30,
  minSoftDeleteDays: 14,
  allowedRedundancy: ['GeoRedundant', 'ZoneRedundant'],
  allowCrossSubscriptionVaults: false,
  expectedVaults: [],
  autoEnable: false,
  defaultPolicyName: 'EnhancedPolicy',
  exclusionTagName: 'backstop-exclude',
  exclusionTagValues: ['true'],
  exclusionUntilTagName: 'backstop-exclude-until',
  environmentTagNames: ['environment', 'env'],
  defaultEnvironment: 'prod',
  environments: { nonprod: { rpoHours: 192 }, sandbox: { rpoHours: 192 } },
};

/** An invented tenant of some size, realistic and full of known problems. */
export function generateEstate(options: EstateOptions): Estate {
  return generateLabelledEstate(options).estate;
}

/**
 * The same tenant together with what was planted where, as ground truth. Knows nothing of Backstop's rules: a plant is
 * described by what was done to the data. Throws a RangeError for options that make no estate.
 */
export function generateLabelledEstate(options: EstateOptions): { estate: Estate; planted: Planted } {
  const { vms, subscriptions = 6, seed, now = '2026-11-20T06:00:00Z', closedVault = false } = options;
  const nowAt = checked(vms, subscriptions, seed, now);
  const resources: EstateResource[] = [];
  const landscape = new Landscape(seed, subscriptions, (resource) => resources.push(resource));
  const planted: { vmId: string; plants: string[] }[] = [];
  const cards = deal(seed);
  let earlier: Garden['earlier'] = null;
  for (let number = 0; number < vms; number++) {
    const card = cards.next().value;
    const plan = planMachine({ seed, number, now: nowAt, landscape, isProtected: card.isProtected });
    const garden: Garden = { landscape, now: nowAt, random: randomStream(seed, 'plants', number), earlier };
    const wanted = closedVault ? card.plants : card.plants.filter((plant) => plant !== vaultThatMayNotBeRead);
    const plants = wanted.filter(({ edit }) => edit(plan, garden)).map(({ words }) => words);
    for (const resource of machineResources(plan, seed, nowAt)) resources.push(resource);
    for (const resource of protectionResources(plan, landscape, seed, nowAt)) resources.push(resource);
    if (plants.length > 0) planted.push({ vmId: machineId(plan), plants });
    earlier = card.isProtected && plants.length === 0 ? plan : garden.earlier;
  }
  const estate: Estate = {
    format: 'backstop-estate/1',
    now,
    tenantId: randomStream(seed, 'tenant').guid(),
    subscriptions: landscape.subscriptions.map(estateSubscription),
    resources,
    denied: closedVault ? landscape.denied : [],
    settings: structuredClone(settings),
  };
  return { estate, planted };
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

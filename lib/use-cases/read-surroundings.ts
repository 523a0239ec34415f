import type { Fact, Source, UnknownBecause } from '../domain/fact.ts';
import { type ArmId, subscriptionOf } from '../domain/ids.ts';
import { onceFor } from '../domain/memo.ts';
import { anyCollection, joinedSurroundings, type Surroundings } from '../domain/surroundings.ts';
import { isId } from '../rules/network/reference.ts';
import { gap } from './gaps.ts';
import type { Arm, Inventory, MachineFacts, Ports } from './ports.ts';
import { isSettled, peersOf, referencesOfMachine, referencesOfNic } from './references.ts';
import type { Gap } from './run.ts';

/** What was read around some VMs. */
export interface SurroundingsReading {
  readonly surroundings: Surroundings;
  readonly source: Source;
  /** Why nothing was read of what VMs refer to. */
  readonly unread?: UnknownBecause;
  /** Why nothing was read of what has to be looked for: restore points, gateways, firewalls, private endpoints. */
  readonly unlooked?: UnknownBecause;
  readonly gaps: readonly Gap[];
}

const nothing = joinedSurroundings([]);
const graph = 'Resource Graph';

/** From a network to its hub, and from the hub to where its firewall stands. */
const furtherRounds = 2;
/** From the VM to its interfaces, from those to their network, from the subnet to what it refers to. */
const waves = 3;

/** Subscriptions of everything that interfaces and networks refer to. */
function subscriptionsAround({ nics, networkRows }: Surroundings): ReadonlySet<string> {
  const ids: ArmId[] = [];
  for (const nic of nics.values()) {
    const { networkSecurityGroup, subnet } = referencesOfNic(nic);
    ids.push(...[networkSecurityGroup, subnet].filter(isId));
  }
  for (const row of networkRows.values()) {
    ids.push(...peersOf(row));
  }
  return new Set(ids.flatMap((id) => subscriptionOf(id) ?? []));
}

type Scope = { readonly subscriptionIds: readonly string[]; readonly regions: readonly string[] };

/** What belongs to VMs beside what stands around many of them. The network rows stay the very same map: much hangs on it. */
function withParts(around: Surroundings, parts: Surroundings): Surroundings {
  const joined = joinedSurroundings([around, parts]);
  return parts.networkRows.size === 0 ? { ...joined, networkRows: around.networkRows } : joined;
}

function unreadFor(
  unread: UnknownBecause,
  source: Source,
  unlooked: Pick<SurroundingsReading, 'unlooked'>,
): SurroundingsReading {
  return { surroundings: nothing, source, unread, ...unlooked, gaps: [gap('disks, interfaces and networks', unread)] };
}

/** The surroundings of the VMs of a shard: read once for all its pages, and further where the VMs of a page reach. */
export class SurroundingsOfShard {
  readonly #inventory: Pick<Inventory, 'surroundings'>;
  readonly #regions: readonly string[];
  readonly #asked: Set<string>;
  readonly #gaps: Gap[] = [];
  readonly #source: Source;
  readonly #refusal: UnknownBecause | undefined;
  #around: Surroundings;

  private constructor(
    inventory: Pick<Inventory, 'surroundings'>,
    { subscriptionIds, regions }: Scope,
    first: Fact<Surroundings>,
  ) {
    this.#inventory = inventory;
    this.#regions = regions;
    this.#asked = new Set(subscriptionIds);
    this.#around = first.kind === 'known' ? first.value : nothing;
    this.#source = first.kind === 'known' ? first.source : { where: graph, readAt: '' };
    this.#refusal = first.kind === 'known' ? undefined : first.because;
  }

  static async read(inventory: Pick<Inventory, 'surroundings'>, scope: Scope): Promise<SurroundingsOfShard> {
    return new SurroundingsOfShard(inventory, scope, await inventory.surroundings({ ...scope, withoutParts: true }));
  }

  /** Subscriptions of which the surroundings were read. */
  get asked(): ReadonlySet<string> {
    return this.#asked;
  }

  /** With what belongs to the VMs of a page, and with the networks of other subscriptions that they reach into. */
  async with(parts: Fact<Surroundings>): Promise<SurroundingsReading> {
    if (this.#refusal) {
      return unreadFor(this.#refusal, this.#source, { unlooked: this.#refusal });
    }
    if (parts.kind === 'unknown') {
      return unreadFor(parts.because, this.#source, {});
    }
    for (let round = 0; round < furtherRounds; round += 1) {
      const reached = subscriptionsAround(withParts(this.#around, parts.value));
      const further = [...reached].filter((id) => !this.#asked.has(id));
      if (further.length === 0) {
        break;
      }
      await this.#readFurther(further);
    }
    return { surroundings: withParts(this.#around, parts.value), source: this.#source, gaps: this.#gaps };
  }

  /** What stays unread there is missing: it is unknown wherever something refers to it. */
  async #readFurther(subscriptionIds: readonly string[]): Promise<void> {
    const next = await this.#inventory.surroundings({ subscriptionIds, regions: this.#regions, withoutParts: true });
    for (const id of subscriptionIds) {
      this.#asked.add(id);
    }
    if (next.kind === 'unknown') {
      this.#gaps.push(gap(`networks of ${subscriptionIds.length} further subscriptions`, next.because));
    } else {
      this.#around = joinedSurroundings([this.#around, next.value]);
    }
  }
}

function subscriptionsOf({ vm }: MachineFacts, named: Surroundings): ReadonlySet<string> {
  return new Set([vm.value.subscriptionId, ...subscriptionsAround(named)]);
}

const rowsBySubscription = onceFor(({ networkRows }: Surroundings) =>
  Map.groupBy(networkRows, ([id]) => subscriptionOf(id)),
);

function unlookedFor(unlooked: UnknownBecause, named: Surroundings, source: Source): SurroundingsReading {
  const gaps = [gap('restore points, gateways and firewalls', unlooked)];
  return { surroundings: named, source, unlooked, gaps };
}

/** Reads by their ids what a VM refers to and what is not settled yet, wave by wave. */
export async function completedSurroundings(
  arm: Pick<Arm, 'resources'>,
  machine: MachineFacts,
  known: Surroundings = nothing,
): Promise<Surroundings> {
  let surroundings = known;
  for (let wave = 0; wave < waves; wave += 1) {
    const ids = referencesOfMachine(machine, surroundings).filter((id) => !isSettled(id, surroundings));
    if (ids.length === 0) {
      break;
    }
    surroundings = joinedSurroundings([surroundings, await arm.resources(ids)]);
  }
  return surroundings;
}

type VmPorts<Reads extends keyof Arm> = Pick<Ports, 'inventory' | 'clock'> & { readonly arm: Pick<Arm, Reads> };

/** Reads the surroundings of one VM: by id what it refers to, which may be too new for Resource Graph, and there all the rest. */
export async function readSurroundingsOfVm(
  { inventory, arm, clock }: VmPorts<'resources'>,
  machine: MachineFacts,
): Promise<SurroundingsReading> {
  const source = { where: 'ARM', readAt: clock().toISOString() };
  const named = await completedSurroundings(arm, machine);
  const subscriptionIds = [...subscriptionsOf(machine, named)].toSorted();
  const lookedFor = await inventory.surroundings({ subscriptionIds, onlyLookedFor: { vm: machine.vm.value.key } });
  return lookedFor.kind === 'known'
    ? { surroundings: joinedSurroundings([lookedFor.value, named]), source, gaps: [] }
    : unlookedFor(lookedFor.because, named, source);
}

/**
 * The same without a query of its own: what has to be looked for is read once for all VMs, and of it each takes what stands in
 * the subscriptions that it reaches; ARM lists the restore points of its subscription.
 */
export async function readSurroundingsOfOneOfMany(
  { inventory, arm, clock }: VmPorts<'resources' | 'restorePointCollectionsOf'>,
  machine: MachineFacts,
): Promise<SurroundingsReading> {
  const source = { where: 'ARM', readAt: clock().toISOString() };
  const named = await completedSurroundings(arm, machine);
  const lookedFor = await inventory.surroundings({ onlyLookedFor: {} });
  if (lookedFor.kind === 'unknown') {
    return unlookedFor(lookedFor.because, named, source);
  }
  const rows = rowsBySubscription(lookedFor.value);
  const networkRows = new Map([...subscriptionsOf(machine, named)].flatMap((id) => rows.get(id) ?? []));
  const collections = await arm.restorePointCollectionsOf(machine.vm.value.subscriptionId);
  const points: Surroundings =
    collections.kind === 'known'
      ? collections.value
      : { ...nothing, missing: new Map([[anyCollection, collections.because]]) };
  return {
    surroundings: joinedSurroundings([{ ...lookedFor.value, networkRows }, points, named]),
    source,
    gaps: collections.kind === 'known' ? [] : [gap('restore points', collections.because)],
  };
}

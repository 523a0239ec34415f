import type { Fact, Source, UnknownBecause } from '../domain/fact.ts';
import { type ArmId, subscriptionOf } from '../domain/ids.ts';
import { joinedSurroundings, type Surroundings } from '../domain/surroundings.ts';
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

/**
 * Reads the surroundings of one VM: by id what it refers to, which may be too new for Resource Graph. `isAlone`: what has to be
 * looked for is looked for this VM only; else for all VMs of its subscription, who then share it.
 */
export async function readSurroundingsOfVm(
  { inventory, arm, clock }: Pick<Ports, 'inventory' | 'clock'> & { readonly arm: Pick<Arm, 'resources'> },
  machine: MachineFacts,
  isAlone: boolean,
): Promise<SurroundingsReading> {
  const vm = machine.vm.value;
  const source = { where: 'ARM', readAt: clock().toISOString() };
  const named = await completedSurroundings(arm, machine);
  const subscriptionIds = [...new Set([vm.subscriptionId, ...subscriptionsAround(named)])];
  const onlyLookedFor = isAlone ? { vm: vm.key } : { collections: true };
  const lookedFor = await inventory.surroundings({ subscriptionIds: subscriptionIds.toSorted(), onlyLookedFor });
  return lookedFor.kind === 'known'
    ? { surroundings: joinedSurroundings([lookedFor.value, named]), source, gaps: [] }
    : {
        surroundings: named,
        source,
        unlooked: lookedFor.because,
        gaps: [gap('restore points, gateways and firewalls', lookedFor.because)],
      };
}

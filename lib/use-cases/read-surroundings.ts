import type { Source, UnknownBecause } from '../domain/fact.ts';
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

/** Reads the surroundings of the VMs of a shard: of their subscriptions, then of those that they reach into. */
export async function readSurroundingsOfShard(
  inventory: Pick<Inventory, 'surroundings'>,
  { subscriptionIds, regions }: { readonly subscriptionIds: readonly string[]; readonly regions: readonly string[] },
): Promise<SurroundingsReading> {
  const first = await inventory.surroundings({ subscriptionIds, regions });
  if (first.kind === 'unknown') {
    const { because } = first;
    const source = { where: graph, readAt: '' };
    const gaps = [gap('disks, interfaces and networks', because)];
    return { surroundings: nothing, source, unread: because, unlooked: because, gaps };
  }
  const asked = new Set(subscriptionIds);
  const gaps: Gap[] = [];
  let { value: surroundings } = first;
  for (let round = 0; round < furtherRounds; round += 1) {
    const further = [...subscriptionsAround(surroundings)].filter((id) => !asked.has(id));
    const next = further.length > 0 && (await inventory.surroundings({ subscriptionIds: further, regions }));
    if (!next) {
      break;
    }
    for (const id of further) {
      asked.add(id);
    }
    // What stays unread there is missing: it is unknown wherever something refers to it.
    if (next.kind === 'unknown') {
      gaps.push(gap(`networks of ${further.length} further subscriptions`, next.because));
    } else {
      surroundings = joinedSurroundings([surroundings, next.value]);
    }
  }
  return { surroundings, source: first.source, gaps };
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

/** Reads the surroundings of one VM: by id what it refers to, which may be too new for Resource Graph. */
export async function readSurroundingsOfVm(
  { inventory, arm, clock }: Pick<Ports, 'inventory' | 'arm' | 'clock'>,
  machine: MachineFacts,
): Promise<SurroundingsReading> {
  const vm = machine.vm.value;
  const source = { where: 'ARM', readAt: clock().toISOString() };
  const named = await completedSurroundings(arm, machine);
  const subscriptionIds = [...new Set([vm.subscriptionId, ...subscriptionsAround(named)])];
  const lookedFor = await inventory.surroundings({ subscriptionIds, onlyLookedFor: { vm: vm.key } });
  return lookedFor.kind === 'known'
    ? { surroundings: joinedSurroundings([lookedFor.value, named]), source, gaps: [] }
    : {
        surroundings: named,
        source,
        unlooked: lookedFor.because,
        gaps: [gap('restore points, gateways and firewalls', lookedFor.because)],
      };
}

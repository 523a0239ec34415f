import type { DiskResource } from '../domain/disk-resource.ts';
import { type Fact, type Known, known, type Source, type UnknownBecause } from '../domain/fact.ts';
import { factDeclarations } from '../domain/fact-declarations.ts';
import type { FactName, FactSheet } from '../domain/fact-sheet.ts';
import type { ArmId } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import type { NetworkInput } from '../domain/network-rows.ts';
import type { Nic, NicInventory } from '../domain/nic.ts';
import type { RestorePoints } from '../domain/restore-points.ts';
import { anyCollection, extensionsOf } from '../domain/surroundings.ts';
import { NetworkIndex, type NicPlace } from './network-index.ts';
import type { Interfaces, MachineFacts, NetworkRules } from './ports.ts';
import type { SurroundingsReading } from './read-surroundings.ts';
import type { SubscriptionFacts } from './subscription-facts.ts';

/** What was read for one VM by itself, in place of what bulk reads show. */
export type OwnReadings = Partial<Pick<FactSheet, 'extensions' | 'restorePoints'>>;

type FactsAround = Pick<
  FactSheet,
  'diskResources' | 'extensions' | 'nics' | 'network' | 'scaleSetMode' | 'keyVaults' | 'restorePoints'
>;

/** Makes the facts about what stands around one VM after the other; what VMs have in common they share. */
export interface SurroundingFacts {
  of(machine: MachineFacts, own: OwnReadings, evidence: NetworkInput['evidence']): FactsAround;
  /** Shared by all VMs whose network was judged with these facts. */
  readonly sweep: object;
}

const notShown: UnknownBecause = {
  cause: 'partial-inventory',
  detail: 'The VM refers to it, but Azure does not show it.',
};

/** An interface, and the fact of a VM that has no other: most have one. */
interface NicWithFact {
  readonly nic: Nic;
  readonly alone: FactSheet['nics'];
  readonly place: NicPlace | undefined;
}

type RefusalOf = SubscriptionFacts['refusalOf'];

class FactsOfReading implements SurroundingFacts {
  readonly #reading: SurroundingsReading;
  readonly #refusalOf: RefusalOf;
  readonly #network: NetworkIndex;
  readonly #nics: ReadonlyMap<ArmId, NicWithFact>;
  /** What bulk reads show of single VMs. */
  readonly #ofVms = new Map<ArmId, OwnReadings>();
  readonly #noExtensions: FactSheet['extensions'];
  readonly #noPoints: FactSheet['restorePoints'];
  readonly #noScaleSet: FactSheet['scaleSetMode'];
  readonly #keyVaults: FactSheet['keyVaults'];
  readonly #missingDisks = new Map<string, UnknownBecause>();

  constructor(reading: SurroundingsReading, rules: Fact<NetworkRules>, refusalOf: RefusalOf) {
    const { surroundings, source, unread } = reading;
    this.#reading = reading;
    this.#refusalOf = refusalOf;
    this.#network = new NetworkIndex(reading, rules);
    this.#nics = new Map(
      [...surroundings.nics].map(([id, row]) => {
        const nic = this.#withAllocations(row.nic);
        return [id, { nic, alone: known({ count: 1, nics: [nic] }, source), place: this.#network.placeOf(id) }];
      }),
    );
    for (const [vm, own] of surroundings.extensions) {
      this.#ofVms.set(vm, { extensions: known(own, source) });
    }
    for (const [vm, collections] of surroundings.restorePoints) {
      const restorePoints = known({ collections, points: undefined }, source);
      this.#ofVms.set(vm, { ...this.#ofVms.get(vm), restorePoints });
    }
    this.#noExtensions = known([], source);
    this.#noPoints = known({ collections: [], points: 0 }, source);
    this.#noScaleSet = known('none', source);
    this.#keyVaults = unread ? { kind: 'unknown', because: unread } : known(surroundings.keyVaults, source);
  }

  get sweep(): object {
    return this.#network.sweep;
  }

  of(machine: MachineFacts, own: OwnReadings, evidence: NetworkInput['evidence']): FactsAround {
    const vm = machine.vm.value;
    const ofVm = this.#ofVms.get(vm.key);
    const only = this.#onlyNicOf(machine.interfaces);
    // One object for all facts, member by member: it is made for every VM.
    return {
      diskResources: this.#disksOf(vm, machine.disks),
      extensions: own.extensions ?? this.#extensionsOf(vm, ofVm),
      nics: only?.alone ?? this.#nicsOf(vm, machine.interfaces),
      network: this.#networkOf(vm, machine.interfaces, evidence, only?.place),
      scaleSetMode: this.#scaleSetModeOf(vm),
      keyVaults: this.#keyVaultsOf(machine.disks),
      restorePoints: own.restorePoints ?? this.#restorePointsOf(vm, ofVm),
    };
  }

  /** Why something that a VM refers to is missing: Azure said so, reading it is not allowed, or nobody knows. */
  #whyMissing(id: ArmId | undefined, fact: FactName, vm: Machine): UnknownBecause {
    const said = id && this.#reading.surroundings.missing.get(id);
    return said ?? this.#reading.unread ?? this.#refused(fact, vm) ?? notShown;
  }

  /** Whether the rows of a fact may be missing without a word, as reading them is not allowed. */
  #refused(fact: FactName, { subscriptionId }: Machine): UnknownBecause | undefined {
    const [action] = factDeclarations[fact].actions;
    return action === undefined ? undefined : this.#refusalOf(action, subscriptionId);
  }

  /** Those of some resources of which Azure said why they cannot be read. */
  #saidMissing(ids: readonly (ArmId | undefined)[]): ArmId | undefined {
    const { missing } = this.#reading.surroundings;
    return ids.find((id) => id !== undefined && missing.has(id));
  }

  /** Why a disk may be missing is the same for all VMs of a subscription, unless Azure said so of one of its disks. */
  #disksOf(vm: Machine, disks: FactSheet['disks']): FactSheet['diskResources'] {
    const { surroundings, source } = this.#reading;
    if (disks.kind === 'unknown') {
      return known({ read: [], missing: this.#whyDisksAreMissing(vm) }, source);
    }
    const said = surroundings.missing.size === 0 ? undefined : this.#saidMissing(disks.value.map(({ id }) => id));
    const read: DiskResource[] = [];
    for (const { id } of disks.value) {
      const resource = id && surroundings.disks.get(id);
      if (resource) {
        read.push(resource);
      }
    }
    const missing = said ? this.#whyMissing(said, 'diskResources', vm) : this.#whyDisksAreMissing(vm);
    return known({ read, missing }, source);
  }

  #whyDisksAreMissing(vm: Machine): UnknownBecause {
    const shared = this.#missingDisks.get(vm.subscriptionId) ?? this.#whyMissing(undefined, 'diskResources', vm);
    this.#missingDisks.set(vm.subscriptionId, shared);
    return shared;
  }

  /** Known as far as key vaults were read, unless Azure refused every one that the disks of the VM name. */
  #keyVaultsOf(disks: FactSheet['disks']): FactSheet['keyVaults'] {
    const { surroundings } = this.#reading;
    if (surroundings.missing.size === 0 || disks.kind === 'unknown') {
      return this.#keyVaults;
    }
    const encryptions = disks.value.flatMap(({ id }) => (id && surroundings.disks.get(id)?.diskEncryption) ?? []);
    const named = encryptions.flatMap(({ secretVaults, keyVaults }) => [...secretVaults, ...keyVaults]);
    const said = named.some((id) => surroundings.keyVaults.has(id)) ? undefined : this.#saidMissing(named);
    const because = said && surroundings.missing.get(said);
    return because ? { kind: 'unknown', because } : this.#keyVaults;
  }

  #extensionsOf(vm: Machine, ofVm: OwnReadings | undefined): FactSheet['extensions'] {
    const { surroundings, unread } = this.#reading;
    const isComplete = surroundings.missing.size === 0;
    const because = unread ?? (isComplete ? undefined : surroundings.missing.get(extensionsOf(vm.key)));
    if (!because && ofVm?.extensions) {
      return ofVm.extensions;
    }
    const refused = because ?? this.#refused('extensions', vm);
    return refused ? { kind: 'unknown', because: refused } : this.#noExtensions;
  }

  #restorePointsOf(vm: Machine, ofVm: OwnReadings | undefined): FactSheet['restorePoints'] {
    const { surroundings, unlooked } = this.#reading;
    const because = unlooked ?? surroundings.missing.get(anyCollection) ?? this.#refused('restorePoints', vm);
    if (because) {
      return { kind: 'unknown', because };
    }
    return ofVm?.restorePoints ?? this.#noPoints;
  }

  #scaleSetModeOf(vm: Machine): FactSheet['scaleSetMode'] {
    if (!vm.scaleSetId) {
      return this.#noScaleSet;
    }
    const { surroundings, source } = this.#reading;
    const mode = surroundings.scaleSets.get(vm.scaleSetId);
    return mode === undefined
      ? { kind: 'unknown', because: this.#whyMissing(vm.scaleSetId, 'scaleSetMode', vm) }
      : known(mode, source);
  }

  /** The interface of a VM that names but one, if it was read. */
  #onlyNicOf(interfaces: Fact<Interfaces>): NicWithFact | undefined {
    if (interfaces.kind === 'unknown' || interfaces.value.ids.length !== 1) {
      return undefined;
    }
    const only = interfaces.value.ids[0];
    return only && this.#nics.get(only);
  }

  #nicsOf(vm: Machine, interfaces: Fact<Interfaces>): FactSheet['nics'] {
    return interfaces.kind === 'unknown'
      ? interfaces
      : known(this.#inventoryOf(vm, interfaces.value.ids), this.#reading.source);
  }

  #inventoryOf(vm: Machine, ids: readonly ArmId[]): NicInventory {
    const nics = ids.flatMap((id) => this.#nics.get(id)?.nic ?? []);
    const missing = nics.length < ids.length ? ids.find((id) => !this.#nics.has(id)) : undefined;
    return { count: ids.length, nics, ...(missing ? { gap: this.#whyMissing(missing, 'nics', vm) } : {}) };
  }

  #networkOf(
    vm: Machine,
    interfaces: Fact<Interfaces>,
    evidence: NetworkInput['evidence'],
    only: NicPlace | undefined,
  ): FactSheet['network'] {
    const { unread, source } = this.#reading;
    if (interfaces.kind === 'unknown') {
      return interfaces;
    }
    return unread
      ? { kind: 'unknown', because: unread }
      : known(this.#network.inputOf(vm.region, interfaces.value, evidence, only), source);
  }

  #withAllocations(nic: Nic): Nic {
    const { publicIps } = this.#reading.surroundings;
    const ipConfigurations = nic.ipConfigurations.map((each) => {
      const allocation = each.publicIp && publicIps.get(each.publicIp.key);
      return each.publicIp && allocation ? { ...each, publicIp: { ...each.publicIp, allocation } } : each;
    });
    return { ...nic, ipConfigurations };
  }
}

/** Facts about what stands around the VMs of a reading. */
export function surroundingFacts(
  reading: SurroundingsReading,
  rules: Fact<NetworkRules>,
  refusalOf: RefusalOf,
): SurroundingFacts {
  return new FactsOfReading(reading, rules, refusalOf);
}

/** The points of all collections of a VM, each read by itself. */
export async function countRestorePoints(
  collections: readonly ArmId[],
  pointsIn: (collection: ArmId) => Promise<Fact<number>>,
  source: Source,
): Promise<Fact<RestorePoints>> {
  let points = 0;
  let newest: Known<number> | undefined;
  for (const collection of collections) {
    const fact = await pointsIn(collection);
    if (fact.kind === 'unknown') {
      return fact;
    }
    points += fact.value;
    newest = fact;
  }
  return known({ collections, points }, newest?.source ?? source);
}

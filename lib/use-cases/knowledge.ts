import type { AzurePolicy } from '../domain/azure-policy.ts';
import { type Fact, known, unknown } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { Machine } from '../domain/machine.ts';
import type { ProtectedItem } from '../domain/protection.ts';
import { backupFacts } from './backup-facts.ts';
import { type BackupInventory, gapsOfBackup } from './backup-inventory.ts';
import { gapsIn } from './gaps.ts';
import { networkEvidence } from './network-evidence.ts';
import { policyFacts } from './policy-facts.ts';
import type { Containers, MachineFacts, NetworkRules } from './ports.ts';
import type { SurroundingsReading } from './read-surroundings.ts';
import type { RegisteredExemptions } from './registered-exemptions.ts';
import type { Gap } from './run.ts';
import type { SubscriptionFacts } from './subscription-facts.ts';
import { type OwnReadings, surroundingFacts } from './surrounding-facts.ts';
import { inheritedTags } from './tag-facts.ts';
import type { VaultNames } from './vault-names.ts';

/** Everything that was read besides the VMs themselves, for the VMs of a shard or for one VM. */
export interface Readings {
  readonly backup: BackupInventory;
  readonly surroundings: SurroundingsReading;
  readonly networkRules: Fact<NetworkRules>;
  readonly azurePolicy: Fact<AzurePolicy>;
  readonly subscriptions: SubscriptionFacts;
  readonly vaultNames: VaultNames;
  readonly exemptions: RegisteredExemptions;
}

/** Makes the fact sheet of one VM after the other; what VMs have in common they share. */
export interface Knowledge {
  /** `seenAt`: when Backstop first saw the item of the VM, for want of a job. */
  sheetOf(machine: MachineFacts, own: OwnReadings, seenAt: (item: ProtectedItem) => string): FactSheet;
  /** Lower-cased names of the management groups above a VM, the nearest first. */
  groupsAbove(vm: Machine): Fact<readonly string[]>;
  /** The token under which the networks of these VMs are judged. */
  readonly sweep: object;
}

/** The management groups above a subscription. */
function groupsOf(containers: Fact<Containers>, subscriptionId: string): Fact<readonly string[]> {
  if (containers.kind === 'unknown') {
    return containers;
  }
  const groups = containers.value.managementGroups.get(subscriptionId);
  return groups ? known(groups, containers.source) : groupsNotTold;
}

const groupsNotTold = unknown('partial-inventory', 'Azure does not tell the management groups above the VM.');

/** What follows from readings for VMs. */
export function knowledgeOf(readings: Readings): Knowledge {
  const { backup, subscriptions, surroundings, networkRules, vaultNames } = readings;
  const { containers } = backup.vaults;
  const tags = inheritedTags(containers, subscriptions.refusalOf);
  const protection = backupFacts(backup);
  const around = surroundingFacts(surroundings, networkRules, subscriptions.refusalOf);
  const policies = policyFacts(readings.azurePolicy, containers, subscriptions.refusalOf);
  return {
    sweep: around.sweep,
    groupsAbove: ({ subscriptionId }) => groupsOf(containers, subscriptionId),
    sheetOf(machine, own, seenAt) {
      const vm = machine.vm.value;
      const backedUp = protection.of(vm, seenAt);
      const { item, jobs } = backedUp;
      const evidence = jobs.kind === 'known' ? networkEvidence(item, jobs.value) : undefined;
      const nearby = around.of(machine, own, evidence);
      const there = subscriptions.of(vm);
      // Fact by fact: it is made for every VM, and copying members is what would cost most.
      return {
        vm: machine.vm,
        tags: machine.tags,
        inheritedTags: tags(vm),
        disks: machine.disks,
        diskResources: nearby.diskResources,
        extensions: nearby.extensions,
        nics: nearby.nics,
        network: nearby.network,
        guestOs: machine.guestOs,
        power: machine.power,
        agent: machine.agent,
        scaleSetMode: nearby.scaleSetMode,
        vmSizes: there.vmSizes,
        keyVaults: nearby.keyVaults,
        vaults: backedUp.vaults,
        items: backedUp.items,
        policy: backedUp.policy,
        policies: backedUp.policies,
        loads: backedUp.loads,
        newVaultName: vaultNames.of(vm),
        jobs,
        protectedSince: backedUp.protectedSince,
        restorePoints: nearby.restorePoints,
        locks: there.locks,
        provider: there.provider,
        azurePolicy: policies.of(vm),
        exemptions: readings.exemptions.of(vm),
        permissions: there.permissions,
      };
    },
  };
}

/** What could not be read, as gaps of a run. */
export function gapsOf(readings: Readings): readonly Gap[] {
  const { backup, surroundings, networkRules, azurePolicy, subscriptions, vaultNames } = readings;
  return [
    ...gapsOfBackup(backup),
    ...surroundings.gaps,
    ...gapsIn([
      ['security admin rules and rules of firewalls', networkRules],
      ['Azure Policy', azurePolicy],
    ]),
    ...subscriptions.gaps,
    ...vaultNames.gaps,
  ];
}

import type { Fact, UnknownBecause } from './fact.ts';
import { type Tags, tagValue } from './machine.ts';

/** What Backstop does about the VMs of a scope: nothing, show what it would do, or do it. Only `on` writes in Azure. */
export type Mode = 'off' | 'dry-run' | 'on';

/**
 * What may be done to a VM: enable protection, resume a stopped one, or move it to a policy that fits. There is nothing else:
 * protection is never stopped, data never deleted, retention never shortened, no VM moved to another vault.
 */
export type Action = 'enable' | 'resume' | 'fix-policy';

/** What a scope covers, from the narrowest to the widest. */
export type Target =
  | { readonly kind: 'tag'; readonly name: string; readonly value: string }
  | { readonly kind: 'resource-group'; readonly subscriptionId: string; readonly resourceGroup: string }
  | { readonly kind: 'subscription'; readonly subscriptionId: string }
  | { readonly kind: 'management-group'; readonly managementGroup: string };

/** Which policy a VM gets. */
export interface PolicyChoice {
  /** Name of the policy in the vault. */
  readonly name: string;
  /** Names by environment, lower-cased; the environment of a VM is told by its tags. */
  readonly byEnvironment: Readonly<Record<string, string>>;
  /** Whether a policy that is missing may be created from the template (Enhanced, daily). */
  readonly create: boolean;
}

/** Which vaults a VM may get. They always stand in its region and in its tenant. */
export interface VaultChoice {
  /** Tag that a vault must carry. */
  readonly tag?: { readonly name: string; readonly value: string };
  /** Redundancies that a vault may have; empty = any. */
  readonly redundancy: readonly string[];
  /** Whether a vault of another subscription will do. */
  readonly crossSubscription: boolean;
  /** How a vault that is missing is made; absent = it is not. `{region}` stands for the region. */
  readonly create?: { readonly name: string; readonly resourceGroup: string };
}

/** One scope and what is done in it. */
export interface EngagementScope {
  /** How people call it; unique. */
  readonly name: string;
  readonly target: Target;
  readonly mode: Mode;
  readonly actions: readonly Action[];
  readonly policy: PolicyChoice;
  readonly vaults: VaultChoice;
  /** Minutes after its creation for which a new VM is left to its owner. */
  readonly graceMinutes: number;
  /** Whether somebody must approve each plan. */
  readonly approval: boolean;
  /** Whether the first backup is made at once instead of at the time of the schedule. */
  readonly backupNow: boolean;
}

/** Most changes in a run, an hour, and in a vault on a day (Azure takes 250 registrations of VMs there). */
export interface Caps {
  readonly perRun: number;
  readonly perHour: number;
  readonly perVaultAndDay: number;
}

/** The rules of engagement: where and how far the service may change Azure. Without a scope it changes nothing. */
export interface Engagement {
  /** Nothing new is begun while it is set. */
  readonly stop: boolean;
  readonly caps: Caps;
  readonly scopes: readonly EngagementScope[];
}

/** Registrations of VMs that a vault takes on a day. */
export const registrationsPerVaultAndDay = 250;

/** What holds where nobody said anything. */
export const noEngagement: Engagement = {
  stop: false,
  caps: { perRun: 50, perHour: 50, perVaultAndDay: registrationsPerVaultAndDay },
  scopes: [],
};

/** Where a VM belongs. */
export interface Belonging {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly tags: Fact<Tags>;
  /** Lower-cased names of the management groups above its subscription, the nearest first. */
  readonly managementGroups: Fact<readonly string[]>;
}

/** The scope that holds for a VM, none, or why that cannot be told. */
export type ScopeOfVm =
  | { readonly kind: 'scope'; readonly scope: EngagementScope }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

const widths: readonly Target['kind'][] = ['tag', 'resource-group', 'subscription', 'management-group'];

/** The scopes from the narrowest kind to the widest; those of a kind stay in their order. */
export function narrowestFirst(scopes: readonly EngagementScope[]): readonly EngagementScope[] {
  return scopes.toSorted((a, b) => widths.indexOf(a.target.kind) - widths.indexOf(b.target.kind));
}

function isInGroup({ subscriptionId, resourceGroup }: Belonging, target: Target): boolean {
  return (
    target.kind === 'resource-group' &&
    target.subscriptionId === subscriptionId &&
    target.resourceGroup.toLowerCase() === resourceGroup.toLowerCase()
  );
}

const found = (scope: EngagementScope): ScopeOfVm => ({ kind: 'scope', scope });

/** By the tags of the VM; where they could not be read, any scope of a tag may be the one. */
function byTag({ tags }: Belonging, scopes: readonly EngagementScope[]): ScopeOfVm | undefined {
  const tagged = scopes.filter(({ target }) => target.kind === 'tag');
  if (tags.kind === 'unknown') {
    return tagged.length > 0 ? tags : undefined;
  }
  const scope = tagged.find(
    ({ target }) =>
      target.kind === 'tag' && tagValue(tags.value, target.name)?.toLowerCase() === target.value.toLowerCase(),
  );
  return scope && found(scope);
}

/** By the management groups above the VM, the nearest first. */
function byGroup({ managementGroups }: Belonging, scopes: readonly EngagementScope[]): ScopeOfVm | undefined {
  const grouped = scopes.flatMap((scope) =>
    scope.target.kind === 'management-group' ? [{ scope, name: scope.target.managementGroup.toLowerCase() }] : [],
  );
  if (managementGroups.kind === 'unknown') {
    return grouped.length > 0 ? managementGroups : undefined;
  }
  const nearest = managementGroups.value.find((name) => grouped.some((each) => each.name === name));
  const scope = grouped.find(({ name }) => name === nearest)?.scope;
  return scope && found(scope);
}

/** The narrowest scope that covers a VM: a tag before its resource group, that before its subscription, that before groups. */
export function scopeOfVm({ scopes }: Engagement, vm: Belonging): ScopeOfVm {
  const byPlace =
    scopes.find(({ target }) => isInGroup(vm, target)) ??
    scopes.find(({ target }) => target.kind === 'subscription' && target.subscriptionId === vm.subscriptionId);
  return byTag(vm, scopes) ?? (byPlace && found(byPlace)) ?? byGroup(vm, scopes) ?? { kind: 'none' };
}

/** The name of the policy for an environment (lower-cased). */
export function policyNameFor({ name, byEnvironment }: PolicyChoice, environment: string): string {
  return byEnvironment[environment] ?? name;
}

import { type BackupPolicy, type Retention, templatePolicy } from './backup-policy.ts';
import { enhancedNeed } from './enhanced-need.ts';
import type { Fact, UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import { type ArmId, armId } from './ids.ts';
import type { PlannedPolicy } from './plan.ts';
import type { JudgementSettings } from './settings.ts';
import { type Loads, vmsPerPolicy } from './vault-load.ts';

/** The policy that a plan chooses or would create, or why there is none. */
export type PolicyOfPlan =
  | { readonly kind: 'policy'; readonly planned: PlannedPolicy; readonly policy: BackupPolicy }
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

type Needed = Pick<FactSheet, 'vm' | 'items' | 'disks' | 'diskResources' | 'policies' | 'loads'>;

/** Where a policy is wanted. */
interface Wanted {
  readonly vaultId: string;
  readonly isNewVault: boolean;
  readonly name: string;
  readonly mayCreate: boolean;
}

function isFull(id: ArmId, loads: Fact<Loads>): boolean | UnknownBecause {
  if (loads.kind === 'unknown') {
    return loads.because;
  }
  return (loads.value.policies.get(id) ?? 0) >= vmsPerPolicy;
}

function missing({ vaultId, name, mayCreate }: Wanted): PolicyOfPlan {
  const id = `${vaultId}/backupPolicies/${name}`;
  return mayCreate
    ? { kind: 'policy', planned: { id, name, isNew: true }, policy: { ...templatePolicy, id, name } }
    : { kind: 'none', why: `The vault has no policy ${name}, and the scope creates none (policy.create).` };
}

/** A policy of the vault, if it fits the VM. Names are compared without case, as Azure does. */
export function policyOfPlan(sheet: Needed, wanted: Wanted, settings: JudgementSettings): PolicyOfPlan {
  if (wanted.isNewVault) {
    return missing(wanted);
  }
  const { policies, loads } = sheet;
  if (policies.kind === 'unknown') {
    return policies;
  }
  const key = armId(`${wanted.vaultId}/backupPolicies/${wanted.name}`);
  const policy = policies.value.get(key);
  if (!policy) {
    return missing(wanted);
  }
  const full = isFull(key, loads);
  if (typeof full === 'object') {
    return { kind: 'unknown', because: full };
  }
  if (full) {
    return { kind: 'none', why: `Policy ${policy.name} already has ${vmsPerPolicy} VMs, the most that it takes.` };
  }
  if (policy.subtype !== 'Enhanced') {
    const { reasons, doubt } = enhancedNeed(sheet, policy, settings);
    if (reasons.length > 0) {
      return {
        kind: 'none',
        why: `Policy ${policy.name} does not fit: the VM needs an Enhanced one, as ${reasons.join(', ')}.`,
      };
    }
    if (doubt) {
      return { kind: 'unknown', because: doubt };
    }
  }
  return { kind: 'policy', planned: { id: policy.id, name: policy.name, isNew: false }, policy };
}

function daysOf(retention: Retention): number {
  return retention.kind === 'daily' ? retention.days : retention.weeks * 7;
}

/**
 * Whether points are kept at least as long under another policy; `undefined` where that cannot be told, as where the former one
 * keeps some of them for months or years.
 */
export function keepsAsLong(after: BackupPolicy, before: BackupPolicy): boolean | undefined {
  if (!after.retention || !before.retention || before.keepsFurther) {
    return undefined;
  }
  return after.retention.kind === before.retention.kind && daysOf(after.retention) >= daysOf(before.retention);
}

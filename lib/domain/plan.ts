import type { CostBand } from './cost-band.ts';
import type { Action, Mode } from './engagement.ts';
import type { UnknownBecause } from './fact.ts';

/** A vault of a plan. */
export interface PlannedVault {
  readonly id: string;
  readonly name: string;
  /** Whether it would be created first. */
  readonly isNew: boolean;
  /** Why this one. */
  readonly why: string;
}

/** A policy of a plan. */
export interface PlannedPolicy {
  readonly id: string;
  readonly name: string;
  /** Whether it would be created first, from the template. */
  readonly isNew: boolean;
}

/** What would be done for a VM. */
export interface Plan {
  readonly kind: 'plan';
  readonly action: Action;
  /** The scope of the rules of engagement that holds. */
  readonly scope: string;
  readonly mode: Exclude<Mode, 'off'>;
  readonly vault: PlannedVault;
  readonly policy: PlannedPolicy;
  /** The item that stands, of the actions that change one. */
  readonly itemId?: string;
  /** ISO 8601: until then a new VM is left to its owner. */
  readonly notBefore?: string;
  readonly needsApproval: boolean;
  readonly backupNow: boolean;
  /** Estimated cost of a month; a sentence where it could not be told. */
  readonly cost: CostBand | string;
}

/** Why there is no plan for a VM of an engaged scope. */
export interface NoPlan {
  readonly kind: 'none';
  readonly scope?: string;
  readonly why: string;
  /** Set where it could not be told. */
  readonly cause?: UnknownBecause['cause'];
}

/** What the rules of engagement make of an evaluation; `undefined` in a scope that is off. */
export type Planned = Plan | NoPlan;

/** No plan, and why. */
export function noPlan(why: string, scope?: string): NoPlan {
  return { kind: 'none', why, ...(scope ? { scope } : {}) };
}

/** No plan, as something could not be told. */
export function untold({ cause, detail }: UnknownBecause, scope?: string): NoPlan {
  return { kind: 'none', why: detail, cause, ...(scope ? { scope } : {}) };
}

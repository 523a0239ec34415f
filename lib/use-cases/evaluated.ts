import type { FactSheet } from '../domain/fact-sheet.ts';
import type { Finding } from '../domain/finding.ts';
import type { FirstProtected } from '../domain/first-protected.ts';
import type { NoPlan, Plan } from '../domain/plan.ts';
import type { ExemptionOfVm } from '../domain/registered-exemption.ts';
import type { Verdict } from '../domain/verdict.ts';

/** The latest evaluation of a VM as it is stored and reported. Instants are ISO 8601 UTC. */
export interface Evaluated {
  /** Short stable hash of the lower-cased ARM id. */
  readonly vmKey: string;
  readonly vmId: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly region: string;
  readonly owner: string;
  /** Azure's id of this very VM; another one under the same ARM id is a VM that was created again. */
  readonly instanceId: string;
  readonly verdict: Verdict;
  /** Since when the verdict holds. */
  readonly since: string;
  /** Failing rules of severity blocker or warning. */
  readonly failing: readonly string[];
  /** Unknown rules of severity blocker or warning. */
  readonly unknown: readonly string[];
  /** Failing and unknown rules with reason, evidence and fix; the one to look at first comes first. */
  readonly findings: readonly Finding[];
  readonly item?: { readonly id: string; readonly vault: string; readonly policy?: string; readonly state: string };
  readonly lastRecoveryPoint?: string;
  /** When the VM was created; absent when Azure did not say. */
  readonly createdAt?: string;
  /** When this very VM was first seen backed up. */
  readonly firstProtected?: FirstProtected;
  /** When this very VM was first judged, and how. */
  readonly firstSeen?: { readonly at: string; readonly verdict: Verdict };
  /** When Backstop first saw the item that is judged. */
  readonly itemSeenAt?: string;
  /** By what the VM is exempt; absent where it is not. */
  readonly exemption?: ExemptionOfVm;
  /** What the rules of engagement make of it; absent where no scope is engaged, or nothing is to be done. */
  readonly plan?: IdentifiedPlan | NoPlan;
  /** What was last read of the VM alone. */
  readonly closerLook?: CloserLook;
  readonly fingerprint: string;
  /** Counts the changes of this row. */
  readonly revision: number;
  /** When the evidence of this row was read. */
  readonly evidenceAt: string;
  readonly trigger: 'event' | 'sweep' | 'request';
  readonly runId?: string;
  /** Set when the VM no longer exists. */
  readonly goneAt?: string;
}

/** A plan and what it is called: the same for the same VM, action, vault and policy. */
export interface IdentifiedPlan extends Plan {
  readonly planId: string;
}

/** What takes a call for each VM; what it showed stands in for a day in sweeps, which do not repeat it. */
export interface CloserLook {
  /** When it was read (ISO 8601). */
  readonly at: string;
  readonly agent: FactSheet['agent'];
  readonly restorePoints?: FactSheet['restorePoints'];
}

/** What of a stored row the next judgement is compared with: everything but the words. It is read for all VMs at once. */
export type EvaluatedHead = Omit<Evaluated, 'findings'>;

/** A change of verdict or of the failing rules. */
export interface Transition {
  readonly vmKey: string;
  readonly vmId: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly region: string;
  readonly owner: string;
  /** The revision of the row that it led to: the same change is the same transition, however often it is written. */
  readonly revision: number;
  readonly at: string;
  readonly from?: Verdict;
  readonly to: Verdict | 'gone';
  /** The VM was created again under the same name. */
  readonly again?: true;
  readonly failingBefore: readonly string[];
  readonly failing: readonly string[];
  readonly why: string;
  /** Set when the VM is backed up for the first time: hours since its creation, to a hundredth. */
  readonly hoursToProtect?: number;
  readonly trigger: Evaluated['trigger'];
  readonly runId?: string;
}

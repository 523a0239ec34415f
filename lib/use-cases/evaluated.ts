import type { Finding } from '../domain/finding.ts';
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
  /** When Backstop first saw the item that is judged. */
  readonly itemSeenAt?: string;
  /** When the agent was last read from the instance view. */
  readonly agentReadAt?: string;
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

/** A change of verdict or of the failing rules. */
export interface Transition {
  readonly vmKey: string;
  /** The revision of the row that it led to: the same change is the same transition, however often it is written. */
  readonly revision: number;
  readonly at: string;
  readonly from?: Verdict;
  readonly to: Verdict | 'gone';
  readonly failingBefore: readonly string[];
  readonly failing: readonly string[];
  readonly why: string;
  readonly trigger: Evaluated['trigger'];
  readonly runId?: string;
}

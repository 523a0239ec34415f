import type { Finding } from '../../domain/finding.ts';
import type { ExemptionOfVm, ExemptionState, RegisteredExemption } from '../../domain/registered-exemption.ts';
import type { Verdict } from '../../domain/verdict.ts';

/** A VM as reports tell it. Instants are ISO 8601 UTC. */
export interface ReportedVm {
  readonly vmKey: string;
  readonly vmId: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly region: string;
  readonly owner: string;
  readonly verdict: Verdict;
  /** Since when the verdict holds. */
  readonly since: string;
  /** Failing and unknown rules of severity blocker or warning. */
  readonly failing: readonly string[];
  readonly unknown: readonly string[];
  /** Failing and unknown rules in words; the one to look at first comes first. */
  readonly findings: readonly Finding[];
  readonly item?: { readonly id: string; readonly vault: string; readonly policy?: string; readonly state: string };
  readonly lastRecoveryPoint?: string;
  readonly exemption?: ExemptionOfVm;
  readonly createdAt?: string;
  /** When what it was judged by was read. */
  readonly evidenceAt: string;
  readonly runId?: string;
}

/** What a report rests on: the newest sweep of everything in scope, and what it could not see. */
export interface ReportedCompleteness {
  readonly runId: string | null;
  readonly state: string;
  /** False also while a sweep runs: then it is not yet known what it will have missed. */
  readonly complete: boolean;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly ageHours: number | null;
  readonly subscriptionsExpected: number;
  readonly subscriptionsRead: number;
  readonly shards: number;
  readonly shardsDone: number;
  readonly vmsExpected: number;
  readonly vms: number;
  readonly reads: { readonly throttles: number; readonly retries: number; readonly waitedMs: number };
  /** VMs that were read singly, and those that were left for the next sweep. */
  readonly looks: { readonly made: number; readonly left: number };
  /** By rule: VMs of which it could not tell because something could not be read. */
  readonly rulesUnknown: Readonly<Record<string, number>>;
  readonly gaps: readonly { readonly what: string; readonly cause: string; readonly detail: string }[];
}

/** An exemption of the register, and how it stands when the report is made. */
export type ReportedExemption = RegisteredExemption & { readonly state: ExemptionState };

/** What a report says about itself before its first row. */
export interface ReportHead {
  /** In the words of its reader: `everything in scope`, a subscription, a region, a management group. */
  readonly scope: string;
  /** What else was asked for, by the name of the parameter. */
  readonly filters: Readonly<Record<string, string>>;
  /** When the report was made. */
  readonly madeAt: string;
  readonly completeness: ReportedCompleteness;
  /** The register of exemptions, as far as it concerns the scope. */
  readonly exemptions: readonly ReportedExemption[];
  /** Titles of rules by their ids: what is true when they pass. */
  readonly ruleTitles: Readonly<Record<string, string>>;
}

/** What a report is made from. Rows are read as they are needed, and again if a writer goes over them twice. */
export interface ReportSource {
  readonly head: ReportHead;
  /** The VMs in a stable order, those of one verdict or all. */
  vms(verdict?: Verdict): AsyncIterable<ReportedVm>;
}

/** Writes a report piece by piece: it holds a few rows at a time, however many there are. */
export type ReportWriter = (source: ReportSource) => AsyncIterable<string>;

/** Grows with every change that a reader of these files would notice. */
export const reportFormatVersion = 1;

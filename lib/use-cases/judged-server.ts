import type { productOf } from '../domain/backup-engine.ts';
import type { Fact } from '../domain/fact.ts';
import type { Finding } from '../domain/finding.ts';
import type { ServerEvaluation } from '../domain/judge-server.ts';
import type { ServerSheet } from '../domain/server-sheet.ts';
import type { ServerVerdict } from '../domain/server-verdict.ts';
import type { Gap } from './run.ts';

/** A VM that bears the name of a server's host. That it is the host is for the owner to say. */
export interface HostCandidate {
  readonly vmId: string;
  readonly name: string;
}

/** What is kept of a server's facts, for judging it again without Azure: not its items, of which there may be thousands. */
export type KeptFacts = Omit<ServerSheet, 'items'> & { readonly lastContact: Fact<string> };

/** The latest evaluation of a backup server as it is stored and reported. Instants are ISO 8601 UTC. */
export interface JudgedServer {
  /** Short stable hash of the lower-cased ARM id. */
  readonly serverKey: string;
  readonly serverId: string;
  /** Name of the host. */
  readonly name: string;
  readonly product: ReturnType<typeof productOf>;
  readonly vaultId: string;
  readonly vault: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly region: string;
  readonly verdict: ServerVerdict;
  /** Since when the verdict holds. */
  readonly since: string;
  /** Failing rules of severity blocker or warning. */
  readonly failing: readonly string[];
  /** Unknown rules of severity blocker or warning, those left out that only the owner can answer. */
  readonly unknown: readonly string[];
  /** What all rules say; the one to look at first comes first. */
  readonly findings: readonly Finding[];
  readonly checklist: ServerEvaluation['checklist'];
  readonly hostCandidates: readonly HostCandidate[];
  readonly facts: KeptFacts;
  /** Counts the changes of this row. */
  readonly revision: number;
  /** When the evidence of this row was read. */
  readonly evidenceAt: string;
  readonly runId?: string;
  /** Set when its vault no longer shows the server. */
  readonly goneAt?: string;
}

/** A change of verdict or of the failing rules of a server. */
export interface ServerChange {
  readonly serverKey: string;
  /** The revision of the row that it led to: the same change is the same row, however often it is written. */
  readonly revision: number;
  readonly at: string;
  readonly from?: ServerVerdict;
  readonly to: ServerVerdict | 'gone';
  readonly failingBefore: readonly string[];
  readonly failing: readonly string[];
  readonly why: string;
}

/** How the servers were last collected: a list with a vault that could not be read is not all. */
export interface ServerSurvey {
  readonly runId: string;
  readonly at: string;
  /** Vaults that were asked. */
  readonly vaults: number;
  readonly servers: number;
  readonly gaps: readonly Gap[];
}

import type { Finding } from '../../domain/finding.ts';
import type { OperationsNow } from '../../domain/server-operations.ts';
import type { ServerVerdict } from '../../domain/server-verdict.ts';

/** A backup server as reports tell it. Instants are ISO 8601 UTC. */
export interface ReportedServer {
  readonly serverKey: string;
  readonly serverId: string;
  readonly name: string;
  readonly product: string;
  readonly vault: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly region: string;
  readonly verdict: ServerVerdict;
  readonly since: string;
  readonly failing: readonly string[];
  readonly unknown: readonly string[];
  readonly findings: readonly Finding[];
  readonly checklist: readonly { readonly rule: string; readonly question: string }[];
  readonly evidenceAt: string;
  readonly operations: OperationsNow;
}

/** All backup servers, and what the report rests on. */
export interface ServerReport {
  readonly madeAt: string;
  readonly completeness: {
    readonly runId: string | null;
    readonly surveyedAt: string | null;
    readonly complete: boolean;
    readonly vaults: number;
    readonly gaps: readonly unknown[];
  };
  readonly servers: readonly ReportedServer[];
}

import * as z from 'zod';

import type { Confirmation } from '../../../lib/domain/confirmation.ts';
import type { UnknownBecause } from '../../../lib/domain/fact.ts';
import type { ServerEvaluation } from '../../../lib/domain/judge-server.ts';
import type { OperationsNow, ServerOperation } from '../../../lib/domain/server-operations.ts';
import { serverVerdicts } from '../../../lib/domain/server-verdict.ts';
import type { HostCandidate, ServerChange } from '../../../lib/use-cases/judged-server.ts';
import type { ServersReport } from '../../../lib/use-cases/report-servers.ts';
import type { Gap } from '../../../lib/use-cases/run.ts';
import type {
  ServerCompleteness,
  ServerInFull,
  ServerPage,
  ShownConfirmation,
  ShownServer,
} from '../../../lib/use-cases/show-servers.ts';
import { Cause, FindingOfRule } from './finding.ts';
import { Instant, Next, type Shape } from './shape.ts';

/** One word per server. */
const VerdictOfServer = z
  .enum(serverVerdicts)
  .meta({ id: 'ServerVerdict', description: 'One word per backup server.' });

const Because = z.object({
  cause: Cause,
  detail: z.string(),
  action: z.string().exactOptional(),
  retryAfterSeconds: z.number().exactOptional(),
  mayPass: z.literal(true).exactOptional(),
} satisfies Shape<UnknownBecause>);

const Permitted = z.enum(['allowed', 'stopped', 'stopped-points-deleted', 'unknown']);

const Operations = z
  .object({
    connectivity: z.enum(['connected', 'lost', 'unknown']),
    subscription: z.enum(['active', 'expired', 'deprovisioned', 'unknown']),
    operations: z.object({
      backupToAzure: Permitted,
      backupToDisk: Permitted,
      restoreFromAzure: Permitted,
      restoreFromDisk: Permitted,
    } satisfies Shape<Record<ServerOperation, unknown>>),
    unknown: z.array(Because),
    lastContact: Instant.exactOptional(),
    backupsStopAt: Instant.exactOptional().describe('After it backups are stopped, unless the server reports.'),
    daysLeft: z.number().exactOptional().describe('Whole days to it.'),
    warnings: z.array(z.string()),
  } satisfies Shape<OperationsNow>)
  .meta({ id: 'ServerOperations', description: 'What a backup server may do now, by connectivity and subscription.' });

const Checklist = z.array(z.object({ rule: z.string(), question: z.string() }));

const server = {
  serverKey: z.string(),
  serverId: z.string(),
  name: z.string(),
  product: z.enum(['mabs', 'dpm', 'unknown']),
  vaultId: z.string(),
  vault: z.string(),
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  region: z.string(),
  verdict: VerdictOfServer,
  since: Instant,
  failing: z.array(z.string()),
  unknown: z.array(z.string()),
  checklist: Checklist.describe('Questions for the owner that nobody has answered.'),
  hostCandidates: z
    .array(z.object({ vmId: z.string(), name: z.string() } satisfies Shape<HostCandidate>))
    .describe('VMs that bear the name of the host; that one is the host is for the owner to say.'),
  revision: z.number(),
  evidenceAt: Instant,
  runId: z.string().exactOptional(),
  goneAt: Instant.exactOptional(),
  operations: Operations,
} satisfies Shape<ShownServer>;

const Server = z.object(server).meta({ id: 'BackupServer' });

const Completeness = z
  .object({
    runId: z.string().nullable(),
    surveyedAt: Instant.nullable(),
    complete: z.boolean(),
    vaults: z.number(),
    servers: z.number(),
    gaps: z.array(
      z.object({
        what: z.string(),
        cause: z.string(),
        detail: z.string(),
        retryAfterSeconds: z.number().exactOptional(),
        mayPass: z.literal(true).exactOptional(),
      } satisfies Shape<Gap>),
    ),
  } satisfies Shape<ServerCompleteness>)
  .meta({ id: 'ServerCompleteness', description: 'The survey that a list of backup servers rests on.' });

/** A page of servers. */
export const Servers = z
  .object({ servers: z.array(Server), next: Next, completeness: Completeness } satisfies Shape<ServerPage>)
  .meta({ id: 'BackupServers' });

const confirmation = {
  confirmationId: z.string(),
  serverKey: z.string(),
  confirms: z.string(),
  what: z.enum(['confirmed', 'withdrawn']),
  host: z.string().exactOptional(),
  by: z.string(),
  at: Instant,
  until: Instant,
  note: z.string().exactOptional(),
} satisfies Shape<Confirmation>;

const Change = z.object({
  serverKey: z.string(),
  revision: z.number(),
  at: Instant,
  from: VerdictOfServer.exactOptional(),
  to: z.enum([...serverVerdicts, 'gone']),
  failingBefore: z.array(z.string()),
  failing: z.array(z.string()),
  why: z.string(),
} satisfies Shape<ServerChange>);

const WithFindings = z.object({ ...server, findings: z.array(FindingOfRule) } satisfies Shape<ServerInFull['server']>);

/** One server with everything that is known of it. */
export const ServerWithHistory = z
  .object({
    server: WithFindings,
    confirmations: z.array(z.object({ ...confirmation, counts: z.boolean() } satisfies Shape<ShownConfirmation>)),
    changes: z.array(Change),
  } satisfies Shape<ServerInFull>)
  .meta({ id: 'BackupServerInFull' });

/** What was confirmed, and the server judged by it. */
export const ConfirmedServer = z
  .object({ confirmation: z.object(confirmation), server: WithFindings })
  .meta({ id: 'ConfirmedServer' });

/** What the rules say of a server that does not exist yet. */
export const JudgedPlan = z
  .object({
    verdict: VerdictOfServer,
    evaluatedAt: Instant,
    findings: z.array(FindingOfRule),
    checklist: Checklist,
  } satisfies Shape<ServerEvaluation>)
  .meta({ id: 'BackupServerPlan' });

/** All backup servers with their findings, and what the report rests on. */
export const ServersDocument = z
  .object({
    madeAt: Instant,
    completeness: Completeness,
    servers: z.array(WithFindings),
  } satisfies Shape<ServersReport>)
  .meta({ id: 'BackupServersReport' });

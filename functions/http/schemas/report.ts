import * as z from 'zod';

import type { ReportedExemption, ReportedVm } from '../../../lib/reports/vms/report-source.ts';
import type { ControlEvidence, ReportSummary } from '../../../lib/reports/vms/tally.ts';
import type { ExportStatus } from '../../../lib/use-cases/show-export.ts';
import { ExemptionOfVmRow, Listed } from './exemption.ts';
import { FindingOfRule } from './finding.ts';
import { VerdictOfVm } from './plan.ts';
import { Verdicts } from './posture.ts';
import { CompletenessOfAnswer } from './run.ts';
import { Instant, type Shape } from './shape.ts';

const Vm = z
  .object({
    vmKey: z.string(),
    vmId: z.string(),
    name: z.string(),
    subscriptionId: z.string(),
    resourceGroup: z.string(),
    region: z.string(),
    owner: z.string(),
    verdict: VerdictOfVm,
    since: Instant,
    failing: z.array(z.string()),
    unknown: z.array(z.string()),
    findings: z.array(FindingOfRule),
    item: z
      .object({ id: z.string(), vault: z.string(), policy: z.string().exactOptional(), state: z.string() })
      .exactOptional(),
    lastRecoveryPoint: Instant.exactOptional(),
    exemption: ExemptionOfVmRow.exactOptional(),
    createdAt: Instant.exactOptional(),
    evidenceAt: Instant,
    runId: z.string().exactOptional(),
  } satisfies Shape<ReportedVm>)
  .meta({ id: 'ReportedVm', description: 'A VM as reports tell it.' });

const Evidence = z
  .object({
    evidenceFor: z.string(),
    frameworkVersion: z.string(),
    control: z.string(),
    title: z.string(),
    titleIs: z.enum(['read', 'unconfirmed']),
    relation: z.enum(['direct', 'supporting']),
    source: z.string(),
    families: z.array(z.string()),
    notAssessed: z.array(z.string()),
    vmsWithFindings: z.number().nullable().describe('null: not assessed.'),
  } satisfies Record<keyof ControlEvidence, z.ZodType>)
  .meta({ id: 'ControlEvidence', description: 'A control for which findings are evidence; never that it is met.' });

const Summary = z
  .object({
    vms: z.number(),
    verdicts: Verdicts,
    compliance: z.record(z.string(), z.number()),
    compliantPercent: z.number().nullable(),
    rules: z.array(z.object({ rule: z.string(), failing: z.number(), unknown: z.number() })),
    controls: z.object({
      asOf: z.string(),
      evidence: z.array(Evidence),
      frameworksWithoutControl: z.array(z.object({ framework: z.string(), version: z.string(), why: z.string() })),
    }),
  } satisfies Record<keyof ReportSummary, z.ZodType>)
  .meta({ id: 'ReportSummary', description: 'What the rows of a report add up to.' });

/** `vms.json`. */
export const VmsReport = z
  .object({
    report: z.literal('vms'),
    formatVersion: z.number(),
    madeBy: z.string(),
    scope: z.string(),
    filters: z.record(z.string(), z.string()),
    madeAt: Instant,
    completeness: CompletenessOfAnswer,
    exemptions: z.array(Listed satisfies z.ZodType<ReportedExemption>),
    vms: z.array(Vm),
    trailer: z.object({ rows: z.number(), summary: Summary, end: z.literal(true) }),
  })
  .meta({ id: 'VmsReport', description: 'All VMs with what the report rests on.' });

/** `vms.ocsf.json`. */
export const OcsfFindings = z
  .array(z.looseObject({ class_uid: z.literal(2003), metadata: z.looseObject({ version: z.literal('1.6.0') }) }))
  .meta({ id: 'OcsfFindings', description: 'Compliance findings of OCSF 1.6.0: https://schema.ocsf.io/1.6.0.' });

const status = {
  exportId: z.string(),
  report: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  requestedAt: Instant,
  rowsRead: z.number().describe('Rows that were read so far; the page in HTML reads them twice.'),
  rows: z.number().nullable().describe('VMs in the file; null until it is done.'),
  finishedAt: Instant.nullable(),
  expiresAt: Instant.describe('From then on the file is gone.'),
  fileName: z.string().nullable(),
  why: z.string().exactOptional().describe('Why it failed.'),
} satisfies Shape<ExportStatus>;

/** An export that was asked for. */
export const AcceptedExport = z
  .object({ ...status, status: z.string().describe('Where it tells how it stands.') })
  .meta({ id: 'AcceptedExport' });

/** How an export stands. */
export const StatusOfExport = z
  .object({ ...status, file: z.string().nullable().describe('Where its file is, once it is done.') })
  .meta({ id: 'ExportStatus' });

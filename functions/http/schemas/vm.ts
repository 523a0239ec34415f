import * as z from 'zod';

import type { UnknownBecause } from '../../../lib/domain/fact.ts';
import type { FirstProtected } from '../../../lib/domain/first-protected.ts';
import type { AgentReport } from '../../../lib/domain/machine.ts';
import type { RestorePoints } from '../../../lib/domain/restore-points.ts';
import type { CloserLook, Evaluated, Transition } from '../../../lib/use-cases/evaluated.ts';
import type { ChangePage } from '../../../lib/use-cases/list-changes.ts';
import type { VmPage } from '../../../lib/use-cases/list-vms.ts';
import { AttemptToProtect } from './attempt.ts';
import { ExemptionOfVmRow } from './exemption.ts';
import { Cause, FindingOfRule } from './finding.ts';
import { PlanOrWhyNot, VerdictOfVm } from './plan.ts';
import { Instant, Next, type Shape } from './shape.ts';

const Because = z.object({
  cause: Cause,
  detail: z.string(),
  action: z.string().exactOptional(),
  retryAfterSeconds: z.number().exactOptional(),
  mayPass: z.literal(true).exactOptional(),
} satisfies Shape<UnknownBecause>);

/** A value with where and when it was read, or why it is unknown. */
function fact<T extends z.ZodType>(value: T) {
  return z.union([
    z.object({ kind: z.literal('known'), value, source: z.object({ where: z.string(), readAt: Instant }) }),
    z.object({ kind: z.literal('unknown'), because: Because }),
  ]);
}

const Agent = z.object({
  version: z.string().exactOptional(),
  statusCode: z.string().exactOptional(),
  displayStatus: z.string().exactOptional(),
  message: z.string().exactOptional(),
  time: z.string().exactOptional(),
  askedAt: Instant.exactOptional(),
} satisfies Shape<AgentReport>);

// JSON has no `undefined`: a number that was not read is absent.
const Points = z.object({
  collections: z.array(z.string()),
  points: z.number().optional(),
}) as z.ZodType<unknown> as z.ZodType<RestorePoints>;

const fields = {
  vmKey: z.string(),
  vmId: z.string(),
  name: z.string(),
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  region: z.string(),
  owner: z.string(),
  instanceId: z.string(),
  verdict: VerdictOfVm,
  since: Instant.describe('Since when the verdict holds.'),
  failing: z.array(z.string()),
  unknown: z.array(z.string()),
  findings: z.array(FindingOfRule).describe('The one to look at first comes first.'),
  item: z
    .object({ id: z.string(), vault: z.string(), policy: z.string().exactOptional(), state: z.string() })
    .exactOptional(),
  lastRecoveryPoint: Instant.exactOptional(),
  createdAt: Instant.exactOptional(),
  firstProtected: z
    .object({ at: Instant, minutes: z.number().exactOptional() } satisfies Shape<FirstProtected>)
    .exactOptional(),
  firstSeen: z.object({ at: Instant, verdict: VerdictOfVm }).exactOptional(),
  itemSeenAt: Instant.exactOptional(),
  plan: PlanOrWhyNot.exactOptional(),
  exemption: ExemptionOfVmRow.exactOptional(),
  closerLook: z
    .object({
      at: Instant,
      agent: fact(Agent),
      restorePoints: fact(Points).exactOptional(),
    } satisfies Shape<CloserLook>)
    .exactOptional(),
  fingerprint: z.string(),
  revision: z.number(),
  evidenceAt: Instant.describe('When the evidence was read.'),
  trigger: z.enum(['event', 'sweep', 'request']),
  runId: z.string().exactOptional(),
  goneAt: Instant.exactOptional(),
} satisfies Shape<Evaluated>;

/** The latest evaluation of a VM. */
export const EvaluatedVm = z.object(fields).meta({ id: 'Vm' });

/** The fields of a change. */
export const changeFields = {
  vmKey: z.string(),
  vmId: z.string(),
  name: z.string(),
  subscriptionId: z.string(),
  region: z.string(),
  owner: z.string(),
  revision: z.number(),
  at: Instant,
  from: VerdictOfVm.exactOptional(),
  to: z.union([VerdictOfVm, z.literal('gone')]),
  again: z.literal(true).exactOptional().describe('The VM was created again under the same name.'),
  failingBefore: z.array(z.string()),
  failing: z.array(z.string()),
  why: z.string(),
  hoursToProtect: z.number().exactOptional(),
  trigger: z.enum(['event', 'sweep', 'request']),
  runId: z.string().exactOptional(),
} satisfies Shape<Transition>;

/** A change of verdict or of the failing rules. */
const Change = z
  .object(changeFields)
  .meta({ id: 'Change', description: 'A change of verdict or of the failing rules.' });

/** A VM with its newest changes, and the attempts to protect it. */
export const VmWithHistory = z
  .object({ ...fields, transitions: z.array(Change), protections: z.array(AttemptToProtect) })
  .meta({ id: 'VmWithHistory' });

const VmsPage = z.object({ vms: z.array(EvaluatedVm), next: Next } satisfies Shape<VmPage>).meta({ id: 'VmPage' });

/** A page of VMs, or the one that an id names. */
export const VmsOrVm = z.union([VmsPage, VmWithHistory]).meta({ id: 'VmsOrVm' });

/** A page of changes. */
export const ChangesPage = z
  .object({ since: Instant, changes: z.array(Change), next: Next } satisfies Shape<ChangePage>)
  .meta({ id: 'ChangePage' });

import * as z from 'zod';

import type { CostBand } from '../../../lib/domain/cost-band.ts';
import type { NoPlan, PlannedPolicy, PlannedVault } from '../../../lib/domain/plan.ts';
import { verdicts } from '../../../lib/domain/verdict.ts';
import type { IdentifiedPlan } from '../../../lib/use-cases/evaluated.ts';
import type { PlanOfVm, PlanPage } from '../../../lib/use-cases/list-plans.ts';
import { Cause } from './finding.ts';
import { Instant, Next, type Shape } from './shape.ts';

/** One word per VM. */
export const VerdictOfVm = z.enum(verdicts).meta({ id: 'Verdict' });

/** What may be done to a VM. */
export const ActionOfPlan = z.enum(['enable', 'resume', 'fix-policy']);

const Cost = z.union([
  z.object({
    expected: z.number(),
    highest: z.number(),
    redundancy: z.enum(['LocallyRedundant', 'ZoneRedundant', 'GeoRedundant']),
    pricesOf: z.string(),
  } satisfies Shape<CostBand>),
  z.string(),
]);

/** What would be done for a VM. */
export const PlanToCarryOut = z
  .object({
    planId: z.string(),
    kind: z.literal('plan'),
    action: ActionOfPlan,
    scope: z.string().describe('The scope of the rules of engagement that holds.'),
    mode: z.enum(['dry-run', 'on']),
    vault: z.object({
      id: z.string(),
      name: z.string(),
      isNew: z.boolean(),
      why: z.string(),
    } satisfies Shape<PlannedVault>),
    policy: z.object({ id: z.string(), name: z.string(), isNew: z.boolean() } satisfies Shape<PlannedPolicy>),
    itemId: z.string().exactOptional(),
    notBefore: Instant.exactOptional(),
    needsApproval: z.boolean(),
    backupNow: z.boolean(),
    cost: Cost.describe('Estimated cost of a month in USD; a sentence where it could not be told.'),
  } satisfies Shape<IdentifiedPlan>)
  .meta({ id: 'Plan', description: 'What would be done for a VM.' });

/** A plan that was handed to the protector. */
export const ApprovedPlan = z.object({ plan: PlanToCarryOut }).meta({ id: 'ApprovedPlan' });

const WhyNoPlan = z
  .object({
    kind: z.literal('none'),
    scope: z.string().exactOptional(),
    why: z.string(),
    cause: Cause.exactOptional(),
  } satisfies Shape<NoPlan>)
  .meta({ id: 'NoPlan', description: 'Why there is no plan for a VM of an engaged scope.' });

/** What the rules of engagement make of a VM. */
export const PlanOrWhyNot = z.union([PlanToCarryOut, WhyNoPlan]);

/** A page of plans. */
export const PlansPage = z
  .object({
    plans: z.array(
      z.object({
        vmKey: z.string(),
        vmId: z.string(),
        name: z.string(),
        subscriptionId: z.string(),
        resourceGroup: z.string(),
        region: z.string(),
        owner: z.string(),
        verdict: VerdictOfVm,
        evidenceAt: Instant,
        plan: PlanOrWhyNot,
      } satisfies Shape<PlanOfVm>),
    ),
    next: Next,
  } satisfies Shape<PlanPage>)
  .meta({ id: 'PlanPage' });

import * as z from 'zod';

import type { Caps, Engagement, EngagementScope, PolicyChoice, VaultChoice } from '../../../lib/domain/engagement.ts';
import type { StaleList } from '../../../lib/domain/support-list.ts';
import type { HealthCheck, HealthReport } from '../../../lib/use-cases/check-health.ts';
import { ActionOfPlan } from './plan.ts';
import { Day, Instant, type Shape } from './shape.ts';

const Target = z.union([
  z.object({ kind: z.literal('tag'), name: z.string(), value: z.string() }),
  z.object({ kind: z.literal('resource-group'), subscriptionId: z.string(), resourceGroup: z.string() }),
  z.object({ kind: z.literal('subscription'), subscriptionId: z.string() }),
  z.object({ kind: z.literal('management-group'), managementGroup: z.string() }),
]);

const Scope = z
  .object({
    name: z.string(),
    target: Target,
    mode: z.enum(['off', 'dry-run', 'on']),
    actions: z.array(ActionOfPlan),
    policy: z.object({
      name: z.string(),
      byEnvironment: z.record(z.string(), z.string()),
      create: z.boolean(),
    } satisfies Shape<PolicyChoice>),
    vaults: z.object({
      tag: z.object({ name: z.string(), value: z.string() }).exactOptional(),
      redundancy: z.array(z.string()),
      crossSubscription: z.boolean(),
      create: z.object({ name: z.string(), resourceGroup: z.string() }).exactOptional(),
    } satisfies Shape<VaultChoice>),
    graceMinutes: z.number(),
    approval: z.boolean(),
    backupNow: z.boolean(),
  } satisfies Shape<EngagementScope>)
  .meta({ id: 'EngagementScope' });

/** What can be read, and which permission is missing where it cannot. */
export const Health = z
  .object({
    ok: z.boolean(),
    checkedAt: Instant,
    checks: z.array(
      z.object({
        what: z.string(),
        ok: z.boolean(),
        detail: z.string(),
        missingPermission: z.string().exactOptional(),
      } satisfies Shape<HealthCheck>),
    ),
    staleLists: z.array(
      z.object({ name: z.string(), source: z.string(), asOf: Day, ageDays: z.number() } satisfies Shape<StaleList>),
    ),
    engagement: z.object({
      stop: z.boolean(),
      caps: z.object({ perRun: z.number(), perHour: z.number(), perVaultAndDay: z.number() } satisfies Shape<Caps>),
      scopes: z.array(Scope),
    } satisfies Shape<Engagement>),
  } satisfies Shape<HealthReport>)
  .meta({ id: 'Health' });

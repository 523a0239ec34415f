import * as z from 'zod';

import type { Attempt, Outcome } from '../../../lib/domain/attempt.ts';
import type { AttemptOfVm } from '../../../lib/use-cases/list-protections.ts';
import { PlanToCarryOut } from './plan.ts';
import { Instant, type Shape } from './shape.ts';

const fields = {
  vmKey: z.string(),
  number: z.number(),
  vmId: z.string(),
  name: z.string(),
  subscriptionId: z.string(),
  instanceId: z.string(),
  plan: PlanToCarryOut,
  runId: z.string().exactOptional(),
  state: z.enum(['claimed', 'requested', 'following', 'enabled', 'refused', 'failed', 'abandoned']),
  claimedAt: Instant,
  changedAt: Instant,
  clientRequestId: z.string().exactOptional().describe('The `x-ms-client-request-id` under which Azure knows it.'),
  requestedAt: Instant.exactOptional(),
  operationUrl: z.string().exactOptional(),
  outcome: z
    .object({
      code: z.string(),
      message: z.string(),
      againAt: Instant.exactOptional(),
    } satisfies Shape<Outcome>)
    .exactOptional(),
  isCounted: z.boolean().exactOptional(),
} satisfies Shape<Attempt>;

/** One attempt to carry out a plan. */
export const AttemptToProtect = z.object(fields).meta({ id: 'Attempt' });

/** The newest attempts, and whether the stop switch is set. */
export const Attempts = z
  .object({
    isStopped: z.boolean(),
    protections: z.array(
      z
        .object({
          ...fields,
          verdict: z.string().nullable(),
          lastRecoveryPoint: Instant.nullable(),
          isProven: z.boolean().describe('A recovery point was made after the request.'),
        } satisfies Shape<AttemptOfVm>)
        .meta({ id: 'AttemptOfVm' }),
    ),
  })
  .meta({ id: 'Protections' });

import * as z from 'zod';

import type { Completeness } from '../../../lib/use-cases/completeness.ts';
import type { Gap, LookCounts, NetworkStatistics, ReadCosts, Run } from '../../../lib/use-cases/run.ts';
import type { CompletenessInPart, RunInPart } from '../../../lib/use-cases/seen-in-part.ts';
import { Instant, type Shape } from './shape.ts';

const GapOfRun = z
  .object({
    what: z.string(),
    cause: z.string(),
    detail: z.string(),
    retryAfterSeconds: z.number().exactOptional(),
    mayPass: z.literal(true).exactOptional(),
  } satisfies Shape<Gap>)
  .meta({ id: 'Gap', description: 'Why a subscription, a shard or a read is missing from a run.' });

const Costs = z
  .object({
    pages: z.number(),
    rows: z.number(),
    throttles: z.number(),
    retries: z.number(),
    waitedMs: z.number(),
  } satisfies Shape<ReadCosts>)
  .meta({ id: 'ReadCosts', description: 'What reading took.' });

const Looks = z.object({ made: z.number(), left: z.number() } satisfies Shape<LookCounts>);

const state = ['planning', 'running', 'complete', 'incomplete', 'failed'] as const;

/** Numbers that both a run and the completeness of an answer have. */
const progress = {
  subscriptionsExpected: z.number(),
  subscriptionsRead: z.number(),
  shards: z.number(),
  shardsDone: z.number(),
  vmsExpected: z.number(),
  vms: z.number(),
  retired: z.number(),
  reads: Costs,
  looks: Looks.describe('VMs that were read singly, and those left for the next run.'),
  rulesUnknown: z
    .record(z.string(), z.number())
    .describe('By rule: VMs of which it could not tell because something could not be read.'),
  gaps: z.array(GapOfRun),
};

const RunOfSweep = z
  .object({
    ...progress,
    runId: z.string(),
    kind: z.enum(['full', 'part', 'changes']),
    only: z.array(z.string()).exactOptional().describe('Of a run about a part of the scope: its subscriptions.'),
    startedAt: Instant,
    finishedAt: Instant.exactOptional(),
    state: z.enum(state),
    trigger: z.enum(['timer', 'request', 'event']),
    changesSince: Instant.exactOptional(),
    changes: z.number().exactOptional(),
    judged: z.number(),
    changed: z.number(),
    networks: z
      .object({ vms: z.number(), configurations: z.number() } satisfies Shape<NetworkStatistics>)
      .exactOptional(),
  } satisfies Shape<Run>)
  .meta({ id: 'Run', description: 'One sweep.' });

const PartOfRun = z
  .object({
    runId: z.string(),
    kind: z.enum(['full', 'part', 'changes']),
    only: z.array(z.string()).exactOptional(),
    startedAt: Instant,
    finishedAt: Instant.exactOptional(),
    state: z.enum(state),
    trigger: z.enum(['timer', 'request', 'event']),
    changesSince: Instant.exactOptional(),
    gaps: z.array(GapOfRun),
  } satisfies Shape<RunInPart>)
  .meta({ id: 'RunInPart', description: 'A sweep, for callers who see only some subscriptions: without numbers.' });

/** One sweep, as far as the caller may see it. */
export const RunSeen = z.union([RunOfSweep, PartOfRun]).meta({ id: 'RunSeen' });

/** What an answer about everything rests on. */
export const CompletenessOfAnswer = z
  .object({
    ...progress,
    runId: z.string().nullable(),
    state: z.enum([...state, 'never-swept']),
    complete: z.boolean(),
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    ageHours: z.number().nullable(),
  } satisfies Shape<Completeness>)
  .meta({ id: 'Completeness', description: 'What an answer rests on: the newest sweep, and what it could not see.' });

const PartOfCompleteness = z
  .object({
    runId: z.string().nullable(),
    state: z.enum([...state, 'never-swept']),
    complete: z.boolean(),
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    ageHours: z.number().nullable(),
    gaps: z.array(GapOfRun),
  } satisfies Shape<CompletenessInPart>)
  .meta({ id: 'CompletenessInPart', description: 'The same for callers who see only some subscriptions.' });

/** What an answer rests on, as far as the caller may see it. */
export const CompletenessSeen = z.union([CompletenessOfAnswer, PartOfCompleteness]);

/** State of the newest sweep that ended, if there was one. */
export const StateOfSweep = z.enum([...state, 'never-swept']);

/** The newest sweeps. */
export const Sweeps = z.object({ sweeps: z.array(RunSeen) }).meta({ id: 'Sweeps' });

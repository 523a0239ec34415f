import * as z from 'zod';

import type { Evidence, Finding, Fix } from '../../../lib/domain/finding.ts';
import { Instant, type Shape } from './shape.ts';

/** What a rule is about. */
export const RuleCategory = z.enum([
  'vault',
  'network',
  'agent',
  'limitation',
  'policy',
  'backup-health',
  'restore-readiness',
  'governance',
]);

/** How much a failure matters. */
export const Severity = z.enum(['blocker', 'warning', 'info']);

/** Why something could not be told. */
export const Cause = z
  .enum([
    'no-permission',
    'throttled',
    'partial-inventory',
    'vm-not-running',
    'too-new',
    'not-due-yet',
    'in-transition',
    'not-reported',
    'not-exposed',
    'docs-disagree',
  ])
  .meta({ id: 'Cause', description: 'Why something could not be told.' });

const EvidenceOfFinding = z
  .object({
    fact: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).optional()),
    where: z.string(),
    readAt: Instant,
  } satisfies Shape<Evidence>)
  .meta({ id: 'Evidence', description: 'What a rule looked at: the values, and where and when they were read.' });

const FixOfFinding = z
  .object({ text: z.string(), commands: z.array(z.string()) } satisfies Shape<Fix>)
  .meta({ id: 'Fix', description: 'What to do about a failure; the commands are quoted for a POSIX shell.' });

const common = {
  rule: z.string(),
  category: RuleCategory,
  severity: Severity,
  message: z.string(),
  evidence: z.array(EvidenceOfFinding),
};

type Told = Extract<Finding, { outcome: 'pass' | 'fail' }>;

/** What one rule said about one VM or resource. */
export const FindingOfRule = z
  .union([
    z.object({
      ...common,
      outcome: z.enum(['pass', 'fail']),
      reason: z.string(),
      fix: FixOfFinding.exactOptional(),
    } satisfies Shape<Told>),
    z.object({
      ...common,
      outcome: z.literal('unknown'),
      cause: Cause,
      action: z.string().exactOptional().describe('The permission that is missing.'),
    } satisfies Shape<Extract<Finding, { outcome: 'unknown' }>>),
    z.object({ ...common, outcome: z.literal('notApplicable') } satisfies Shape<
      Extract<Finding, { outcome: 'notApplicable' }>
    >),
  ])
  .meta({ id: 'Finding', description: 'What one rule said about one VM or resource.' });

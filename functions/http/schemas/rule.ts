import * as z from 'zod';

import type { Remedy } from '../../../lib/domain/rule.ts';
import type { EvidenceFor } from '../../../lib/reports/controls.ts';
import type { RuleDescription } from '../../../lib/reports/rule.ts';
import { RuleCategory, Severity } from './finding.ts';
import { Day, type Shape } from './shape.ts';

const messages = z.record(z.string(), z.string());

const Control = z
  .object({
    framework: z.string(),
    version: z.string(),
    control: z.string(),
    title: z.string(),
    titleIs: z.enum(['read', 'unconfirmed']),
    relation: z.enum(['direct', 'supporting']),
    source: z.string(),
  } satisfies Shape<EvidenceFor>)
  .meta({ id: 'Control', description: 'A control for which a failure is evidence; never a statement that it is met.' });

const Rule = z
  .object({
    id: z.string(),
    title: z.string(),
    category: RuleCategory,
    severity: Severity,
    judges: z.enum(['vms', 'other resources', 'backup servers']),
    rationale: z.string(),
    needs: z.array(z.string()),
    checklist: z.string().exactOptional(),
    pass: messages,
    fail: messages,
    remedies: z.record(
      z.string(),
      z.object({ text: z.string(), commands: z.array(z.string()) } satisfies Shape<Remedy>),
    ),
    sources: z.array(z.string()),
    reviewed: Day,
    evidenceFor: z.array(Control),
  } satisfies Shape<RuleDescription>)
  .meta({ id: 'Rule' });

/** All rules. */
export const Rules = z.object({ rules: z.array(Rule) }).meta({ id: 'Rules' });

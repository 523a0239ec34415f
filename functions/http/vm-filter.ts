import * as z from 'zod';

import { severities } from '../../lib/domain/rule.ts';
import { verdicts } from '../../lib/domain/verdict.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';

const ruleIds = catalogue.map((rule) => rule.id);
const reasons = [...new Set(catalogue.flatMap((rule) => Object.keys(rule.fail)))];

/** The parameters that select VMs, of lists and of reports. */
export const vmFilter = {
  verdict: z.enum(verdicts).optional(),
  rule: z.enum(ruleIds).optional(),
  subscription: z.guid('expected a subscription id').toLowerCase().optional(),
  region: z.string().min(1).max(60).toLowerCase().optional(),
  resourceGroup: z.string().min(1).max(90).optional(),
  owner: z.string().min(1).max(256).optional(),
  reason: z.enum(reasons).optional(),
  severity: z.enum(severities).optional(),
  changedSince: z.iso
    .datetime({ offset: true, error: 'expected an instant such as 2026-11-20T06:00:00Z' })
    .transform((instant) => new Date(instant).toISOString())
    .optional(),
  q: z.string().min(1).max(200).optional(),
};

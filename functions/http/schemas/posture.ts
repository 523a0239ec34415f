import * as z from 'zod';

import type { OpenGaps } from '../../../lib/domain/time-sums.ts';
import type { TimeToProtectFigures } from '../../../lib/domain/time-to-protect.ts';
import { verdicts } from '../../../lib/domain/verdict.ts';
import type { PostureGroup } from '../../../lib/reports/posture-groups.ts';
import type { PostureReport } from '../../../lib/use-cases/report-posture.ts';
import { CompletenessSeen } from './run.ts';
import { CountsByName, Day, type Shape } from './shape.ts';

/** VMs by verdict. */
export const Verdicts = z
  .record(z.enum(verdicts), z.number())
  .meta({ id: 'Verdicts', description: 'VMs by verdict; also verdicts that no VM has.' });

const Figures = z
  .object({
    count: z.number(),
    meanHours: z.number().nullable(),
    halfWithinHours: z.number().nullable(),
  } satisfies Shape<TimeToProtectFigures>)
  .meta({ id: 'TimeToProtect', description: 'How long it took until VMs were protected.' });

const Gaps = z.object({ vms: z.number(), meanAgeDays: z.number().nullable() } satisfies Shape<OpenGaps>).meta({
  id: 'OpenGaps',
  description:
    'VMs that are blocked, at risk or protectable, and for how many days on average they have had that verdict; null: none, or unknown.',
});

const Group = z
  .object({
    group: z.string(),
    vms: z.number(),
    verdicts: Verdicts,
    compliantPercent: z.number().nullable(),
    openGaps: Gaps.exactOptional(),
    timeToProtect: Figures.nullable().exactOptional().describe('Of all VMs of the group; null: unknown.'),
    rules: CountsByName.exactOptional(),
    owners: CountsByName.exactOptional(),
  } satisfies Shape<PostureGroup>)
  .meta({ id: 'PostureGroup' });

const TrendDay = z
  .object({
    day: Day,
    vms: z.number().nullable(),
    verdicts: Verdicts.nullable(),
    compliantPercent: z.number().nullable(),
    timeToProtect: Figures,
  })
  .meta({ id: 'TrendDay', description: 'The end of a day; null where nothing had been counted yet.' });

const counted = {
  scope: z.string(),
  day: Day.nullable().describe('The day at whose end it was so; null: now.'),
  vms: z.number(),
  verdicts: Verdicts,
  compliance: z.record(z.string(), z.number()).describe('The verdicts in the words of Azure Policy.'),
  compliantPercent: z
    .number()
    .nullable()
    .describe('Share of the VMs that are backed up among those that are to be; null where there are none.'),
  openGaps: Gaps,
  rules: CountsByName,
  regions: CountsByName,
  owners: CountsByName.describe('At most 100 by name; the VMs of all others under (others).'),
  subscriptions: CountsByName,
  groups: z.array(Group).exactOptional(),
  trend: z.array(TrendDay).exactOptional(),
  timeToProtect: Figures.exactOptional(),
  exemptions: z
    .object({ valid: z.number(), expiring: z.number(), expired: z.number() })
    .describe('Exemptions of the register that concern the scope, by how they stand now.')
    .exactOptional(),
  expiringVms: z
    .number()
    .nullable()
    .describe('Exempt VMs whose exemption ends soon, whatever made it; null: unknown.')
    .exactOptional(),
} satisfies Shape<Omit<PostureReport, 'completeness'>>;

/** Verdicts counted over a scope. */
export const PostureOfScope = z
  .object({ ...counted, completeness: CompletenessSeen })
  .meta({ id: 'Posture', description: 'Verdicts counted over a scope.' });

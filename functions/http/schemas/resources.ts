import * as z from 'zod';

import type { ResourceFinding } from '../../../lib/domain/judge-resources.ts';
import type { FoundResource } from '../../../lib/domain/resource-rule.ts';
import type { ResourceReport } from '../../../lib/use-cases/report-resources.ts';
import { FindingOfRule } from './finding.ts';
import { StateOfSweep } from './run.ts';
import { Instant, type Shape } from './shape.ts';

const Resource = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  resourceGroup: z.string(),
  subscriptionId: z.string(),
  region: z.string(),
} satisfies Shape<FoundResource>);

/** What the newest sweep found about resources that are no VMs. */
export const ResourcesOfSweep = z
  .object({
    runId: z.string().nullable(),
    state: StateOfSweep,
    finishedAt: Instant.nullable(),
    rules: z.record(z.string(), z.number()).describe('How many resources fail each rule.'),
    findings: z.array(
      z.object({ resource: Resource.exactOptional(), finding: FindingOfRule } satisfies Shape<ResourceFinding>),
    ),
  } satisfies Shape<ResourceReport>)
  .meta({ id: 'OtherResources', description: 'Findings about classic resources and about items without a VM.' });

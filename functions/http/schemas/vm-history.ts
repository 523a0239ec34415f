import * as z from 'zod';

import { changeKinds, type VmChange, type VmHistory } from '../../../lib/use-cases/vm-history.ts';
import { VerdictOfVm } from './plan.ts';
import { Instant, Next, type Shape } from './shape.ts';
import { changeFields } from './vm.ts';

const ChangeOfVm = z
  .object({
    ...changeFields,
    kind: z.enum(changeKinds).describe('What became of the VM; `back`: it had been gone.'),
    beganToFail: z.array(z.string()),
    failsNoMore: z
      .array(z.string())
      .describe('Rules that pass again, do not apply any more, or can no longer be told.'),
  } satisfies Shape<VmChange>)
  .meta({ id: 'VmChange', description: 'A change of a VM: what it was, and which rules it is about.' });

/** The changes of a VM. */
export const HistoryOfVm = z
  .object({
    vmKey: z.string(),
    vmId: z.string(),
    name: z.string(),
    firstSeen: z
      .object({ at: Instant, verdict: VerdictOfVm })
      .exactOptional()
      .describe('Where the timeline begins: the first sight of a whole subscription is no change.'),
    goneAt: Instant.exactOptional(),
    changes: z.array(ChangeOfVm),
    next: Next,
  } satisfies Shape<VmHistory>)
  .meta({ id: 'VmHistory', description: 'The changes of a VM, newest first.' });

import * as z from 'zod';

import type { Engagement } from '../domain/engagement.ts';
import { parseVmId } from '../domain/ids.ts';
import type { ProtectAnswer } from './attempt-steps.ts';
import { problemsOf } from './evaluate-message.ts';
import type { ProtectMessage } from './ports.ts';
import { protectVm } from './protect-vm.ts';
import type { ProtectorPorts } from './protector-ports.ts';
import { TryAgainLater } from './try-again-later.ts';
import { putAside } from './work-queue.ts';

const Message = z.strictObject({
  vmId: z.string(),
  planId: z.string().min(1),
  runId: z.string().min(1).optional(),
  evidenceAt: z.iso.datetime().optional(),
  follow: z.number().int().min(1).optional(),
  tries: z.number().int().min(1).optional(),
});

/** So often Azure is asked again; then a later sweep, or the next message, goes on. */
const mostTries = 20;

function logAnswer({ log }: ProtectorPorts, { vmId, planId }: ProtectMessage, answer: ProtectAnswer): void {
  if (answer.kind === 'attempted') {
    const { number, state, outcome, clientRequestId } = answer.attempt;
    const level = state === 'failed' || state === 'abandoned' ? 'warn' : 'info';
    log(level, 'An attempt to protect a VM.', { vmId, planId, number, state, code: outcome?.code, clientRequestId });
  } else {
    log('info', answer.kind === 'waits' ? 'A plan waits.' : 'A plan is passed over.', {
      vmId,
      planId,
      why: answer.why,
    });
  }
}

/** A message of the queue `protect-vm`, in the protector. What could not be read waits as a delayed message. */
export async function workOnProtection(ports: ProtectorPorts, engagement: Engagement, raw: unknown): Promise<void> {
  const parsed = Message.safeParse(raw);
  const vm = parsed.success ? parseVmId(parsed.data.vmId) : undefined;
  if (!parsed.success || !vm) {
    const why = parsed.success ? 'vmId: not the id of a VM' : problemsOf(parsed.error);
    return putAside(ports, 'protect-vm', raw, why);
  }
  const message = parsed.data;
  try {
    logAnswer(ports, message, await protectVm(ports, engagement, vm, message));
  } catch (error) {
    if (!(error instanceof TryAgainLater)) {
      throw error;
    }
    const { vmId, planId, tries = 0 } = message;
    if (tries >= mostTries) {
      ports.log('error', 'A plan is given up for now: Azure could not be asked.', { vmId, planId, why: error.message });
      return;
    }
    await ports.queues.protect({ ...message, tries: tries + 1 }, error.seconds);
    ports.log('warn', 'Azure could not be asked about a plan; its message waits.', {
      vmId,
      planId,
      seconds: error.seconds,
      why: error.message,
    });
  }
}

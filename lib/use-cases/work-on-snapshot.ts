import * as z from 'zod';

import { problemsOf } from './evaluate-message.ts';
import type { Evidence } from './evidence-ports.ts';
import type { Ports } from './ports.ts';
import { type EvidenceSettings, takeSnapshot } from './take-snapshot.ts';
import { putAside } from './work-queue.ts';

const Message = z.strictObject({
  day: z.iso.date(),
  runId: z.string().min(1).optional(),
  tries: z.number().int().min(0).optional(),
});

/** How often a sweep that is just being closed is waited for, and for how many seconds each time; then the timer has its turn. */
const [mostTries, pauseSeconds] = [10, 30];

/** A message of the queue `take-snapshot`: the day's snapshot of the evidence, if there is none yet. */
export async function workOnSnapshot(
  ports: Ports,
  evidence: Evidence,
  settings: EvidenceSettings,
  raw: unknown,
): Promise<void> {
  const parsed = Message.safeParse(raw);
  if (!parsed.success) {
    return putAside(ports, 'take-snapshot', raw, problemsOf(parsed.error));
  }
  const message = parsed.data;
  const { day, runId, tries = 0 } = message;
  const answer = await takeSnapshot(ports, evidence, settings, message);
  if (answer.kind === 'not-yet' && tries < mostTries) {
    await ports.queues.takeSnapshot({ ...message, tries: tries + 1 }, pauseSeconds);
  }
  const hash = 'link' in answer ? { sha256: answer.link.sha256 } : {};
  ports.log(answer.kind === 'too-late' ? 'warn' : 'info', 'A snapshot of the evidence was asked for.', {
    day,
    runId,
    answer: answer.kind,
    ...hash,
  });
}

import * as z from 'zod';

import { parseVmId } from '../domain/ids.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { evaluateVm } from './evaluate-vm.ts';
import { planOfSweep, resumeSweep, type SweepSettings } from './plan-sweep.ts';
import type { Ports, QueueName } from './ports.ts';
import { sweepShard } from './sweep-shard.ts';
import { TryAgainLater, throttledSeconds } from './try-again-later.ts';

const Evaluate = z.strictObject({
  vmId: z.string(),
  change: z.enum(['written', 'deleted']),
  changedAt: z.iso.datetime(),
  eventId: z.string(),
});

const ShardOfRun = z.strictObject({ runId: z.string().min(1), shardId: z.string().min(1) });

/** A message as the host hands it over: parsed, if it was JSON. */
function textOf(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}

/** Nobody can ever process this message: it goes aside at once, with the reason in the log, and the worker goes on. */
async function putAside(
  { queues, log }: Pick<Ports, 'queues' | 'log'>,
  queue: QueueName,
  message: unknown,
  why: string,
): Promise<void> {
  await queues.putAside(queue, textOf(message));
  log('error', 'A message makes no sense and is put aside.', { queue, poisonQueue: `${queue}-poison`, why });
}

function problemsOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'message'}: ${message}`).join('; ');
}

/** Azure throttled: the work waits as a delayed message, not as a sleeping function. */
async function orLater(work: () => Promise<void>, later: () => Promise<void>, log: Ports['log']): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TryAgainLater && error.isThrottled)) {
      throw error;
    }
    await later();
    log('warn', 'Azure throttles; the message waits.', { seconds: throttledSeconds, why: error.message });
  }
}

/** A message of the queue `evaluate-vm`: judges its VM, unless newer evidence is stored. */
export async function workOnEvaluation(ports: Ports, settings: JudgementSettings, message: unknown): Promise<void> {
  const parsed = Evaluate.safeParse(message);
  const vm = parsed.success ? parseVmId(parsed.data.vmId) : undefined;
  if (!parsed.success || !vm) {
    const why = parsed.success ? 'vmId: not the id of a VM' : problemsOf(parsed.error);
    return putAside(ports, 'evaluate-vm', message, why);
  }
  const { changedAt, eventId } = parsed.data;
  const work = async () => {
    const answer = await evaluateVm(ports, settings, { vm, trigger: 'event', changedAt });
    const verdict = answer.kind === 'evaluated' ? answer.row.verdict : answer.kind;
    const seconds = (ports.clock().getTime() - Date.parse(changedAt)) / 1000;
    ports.log('info', 'An event was worked on.', {
      eventId,
      vmId: vm.id,
      verdict,
      seconds: Number(seconds.toFixed(1)),
    });
  };
  return orLater(work, () => ports.queues.evaluate(parsed.data, throttledSeconds), ports.log);
}

/** A message of the queue `sweep-shard`. */
export async function workOnShard(
  ports: Ports,
  { judgement, sweep }: { readonly judgement: JudgementSettings; readonly sweep: SweepSettings },
  message: unknown,
): Promise<void> {
  const parsed = ShardOfRun.safeParse(message);
  if (!parsed.success) {
    return putAside(ports, 'sweep-shard', message, problemsOf(parsed.error));
  }
  const { runId, shardId } = parsed.data;
  const work = () =>
    shardId === planOfSweep ? resumeSweep(ports, sweep, runId) : sweepShard(ports, judgement, parsed.data);
  const later = async () => {
    await ports.queues.sweepShard(parsed.data, throttledSeconds);
  };
  return orLater(work, later, ports.log);
}

/**
 * A message of the queue `protect-vm`. This app has a reader's identity and enables nothing: it refuses, and nothing is
 * changed in Azure.
 */
export async function refuseProtection(ports: Pick<Ports, 'queues' | 'log'>, message: unknown): Promise<void> {
  await putAside(ports, 'protect-vm', message, 'this app only evaluates; it never enables protection');
}

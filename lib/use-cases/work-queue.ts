import type { JudgementSettings } from '../domain/settings.ts';
import { admitEvaluation, sendLater } from './admit-evaluation.ts';
import { readEvaluateMessage } from './evaluate-message.ts';
import { type EvaluateAnswer, type EvaluateRequest, evaluateVm } from './evaluate-vm.ts';
import type { EvaluateMessage, Ports, QueueName } from './ports.ts';
import { TryAgainLater } from './try-again-later.ts';

/** A message as the host hands it over: parsed, if it was JSON. */
function textOf(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}

/** Nobody can ever process this message: it goes aside at once, with the reason in the log, and the worker goes on. */
export async function putAside(
  { queues, log }: { readonly queues: Pick<Ports['queues'], 'putAside'>; readonly log: Ports['log'] },
  queue: QueueName,
  message: unknown,
  why: string,
): Promise<void> {
  await queues.putAside(queue, textOf(message));
  log('error', 'A message makes no sense and is put aside.', { queue, poisonQueue: `${queue}-poison`, why });
}

/** Azure throttled: the work waits as a delayed message, not as a sleeping function. */
async function orLater(
  work: () => Promise<void>,
  later: (seconds: number) => Promise<void>,
  log: Ports['log'],
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TryAgainLater && error.isThrottled)) {
      throw error;
    }
    await later(error.seconds);
    log('warn', 'Azure throttles; the message waits.', { seconds: error.seconds, why: error.message });
  }
}

/** What a message asks for: the change that the evidence has to show, or the look at a newborn VM that is due. */
function wantedBy(message: EvaluateMessage): Pick<EvaluateRequest, 'changedAt' | 'checkAt' | 'bornAt'> {
  return 'checkAt' in message ? { checkAt: message.checkAt, bornAt: message.bornAt } : { changedAt: message.changedAt };
}

function logAnswer({ clock, log }: Ports, message: EvaluateMessage, answer: EvaluateAnswer): void {
  const verdict = answer.kind === 'evaluated' ? answer.row.verdict : answer.kind;
  const { vmId } = message;
  const secondsSince = (instant: string) => Number(((clock().getTime() - Date.parse(instant)) / 1000).toFixed(1));
  if (answer.kind === 'waits') {
    log('info', 'A message waits as too many VMs changed.', { vmId });
  } else if ('checkAt' in message) {
    log('info', 'A newborn VM was looked at.', { vmId, verdict, ageSeconds: secondsSince(message.bornAt) });
  } else {
    const { eventId, changedAt } = message;
    log('info', 'An event was worked on.', { eventId, vmId, verdict, seconds: secondsSince(changedAt) });
  }
}

/** A message of the queue `evaluate-vm`: judges its VM, unless newer evidence is stored. */
export async function workOnEvaluation(ports: Ports, settings: JudgementSettings, raw: unknown): Promise<void> {
  const read = readEvaluateMessage(raw);
  if (read.kind === 'strange') {
    return putAside(ports, 'evaluate-vm', raw, read.why);
  }
  const { vm, message } = read;
  const work = async () => {
    const request: EvaluateRequest = {
      vm,
      trigger: 'event',
      ...wantedBy(message),
      admit: (stored) => admitEvaluation(ports, vm, message, stored),
    };
    logAnswer(ports, message, await evaluateVm(ports, settings, request));
  };
  const later = async (seconds: number) => {
    ports.armBudget.refused(vm.subscriptionId);
    await sendLater(ports, message, seconds);
  };
  return orLater(work, later, ports.log);
}

/**
 * A message of the queue `protect-vm` in the evaluator. It has a reader's identity and enables nothing: it refuses, and nothing is
 * changed in Azure.
 */
export async function refuseProtection(ports: Pick<Ports, 'queues' | 'log'>, message: unknown): Promise<void> {
  await putAside(ports, 'protect-vm', message, 'this app only evaluates; it never enables protection');
}

import { bulkReadReaches } from '../domain/evidence-reach.ts';
import type { VmAddress } from '../domain/ids.ts';
import { bulkTimeOf, type Way, wayOf } from '../domain/storm.ts';
import { wantedInstant } from './evaluate-message.ts';
import type { Evaluated } from './evaluated.ts';
import type { EvaluateMessage, Ports } from './ports.ts';
import { requestBulkJudgement } from './request-bulk-judgement.ts';
import { throttledSeconds } from './try-again-later.ts';
import { vmKeyOf } from './vm-key.ts';

type AdmitPorts = Pick<Ports, 'armBudget' | 'bulkRequests' | 'queues' | 'clock' | 'log'>;

/** What a message may do that needs its VM read: go on, leave it as it was judged in bulk, or wait in its queue. */
export type Admission = 'read-now' | 'judged-in-bulk' | 'waits';

/** A message that comes later than this is due to be worked on by a service that is behind: an event takes a minute at most. */
const lateSeconds = 60;
/** Seconds that a bulk judgement gets before the messages that wait for it come back, and over which they come. */
const bulkSeconds = 90;
const spreadSeconds = 60;

/** A number of seconds that is another one for each VM: what waits for the same does not come back at once. */
function spreadOf(vm: VmAddress): number {
  return Number.parseInt(vmKeyOf(vm.key).slice(0, 6), 16) % spreadSeconds;
}

/**
 * Whether the VM's subscription was judged in bulk meanwhile, from evidence that reaches to what the message wants. A VM
 * without a row was not among those that were seen.
 */
async function isJudgedInBulk(
  { bulkRequests }: AdmitPorts,
  vm: VmAddress,
  message: EvaluateMessage,
  stored: Evaluated | undefined,
): Promise<boolean> {
  if (!stored || stored.goneAt) {
    return false;
  }
  const judgedAt = message.bulkAt ? await bulkRequests.judgedAt(vm.subscriptionId) : undefined;
  return judgedAt !== undefined && bulkReadReaches(Date.parse(judgedAt)) > Date.parse(wantedInstant(message));
}

async function isBehind({ queues, clock }: AdmitPorts, message: EvaluateMessage): Promise<boolean> {
  const { dueAt } = message;
  const isLate = dueAt !== undefined && clock().getTime() - Date.parse(dueAt) > lateSeconds * 1000;
  return isLate && (await queues.areEvaluationsMany());
}

/** Sends a message once more, to be delivered in some seconds. */
export async function sendLater(
  { queues, clock }: Pick<Ports, 'queues' | 'clock'>,
  message: EvaluateMessage,
  seconds: number,
): Promise<void> {
  const dueAt = new Date(clock().getTime() + seconds * 1000).toISOString();
  await queues.evaluate({ ...message, dueAt }, seconds);
}

async function wait(ports: AdmitPorts, way: Exclude<Way, 'singly'>, vm: VmAddress, message: EvaluateMessage) {
  if (way === 'later') {
    await sendLater(ports, message, throttledSeconds + spreadOf(vm));
    return;
  }
  const now = ports.clock();
  const bulkAt = bulkTimeOf(wantedInstant(message), now);
  await requestBulkJudgement(ports, vm.subscriptionId, bulkAt);
  const untilBulk = Math.ceil((Date.parse(bulkAt) - now.getTime()) / 1000);
  await sendLater(ports, { ...message, bulkAt }, untilBulk + bulkSeconds + spreadOf(vm));
}

/**
 * Decides how a message is worked on whose VM would have to be read. In a storm its subscription is judged in bulk instead,
 * once for all of them, and the message waits until that is done: then it is a no-op, or is decided on anew.
 */
export async function admitEvaluation(
  ports: AdmitPorts,
  vm: VmAddress,
  message: EvaluateMessage,
  stored: Evaluated | undefined,
): Promise<Admission> {
  const change = 'change' in message ? message.change : 'written';
  if (change === 'written' && (await isJudgedInBulk(ports, vm, message, stored))) {
    return 'judged-in-bulk';
  }
  const hasBudget = ports.armBudget.take(vm.subscriptionId);
  const way = wayOf({ change, hasBudget, isBehind: await isBehind(ports, message) });
  if (way === 'singly') {
    return 'read-now';
  }
  await wait(ports, way, vm, message);
  return 'waits';
}

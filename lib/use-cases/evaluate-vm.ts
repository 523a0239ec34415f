import { evidenceReaches } from '../domain/evidence-reach.ts';
import type { Finding } from '../domain/finding.ts';
import type { VmAddress } from '../domain/ids.ts';
import { isCreatedAgain } from '../domain/instance.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import type { Admission } from './admit-evaluation.ts';
import { awaitExemptionEnds } from './await-exemption-ends.ts';
import { readAlone } from './closer-look.ts';
import type { Evaluated } from './evaluated.ts';
import { failIfThrottled } from './gaps.ts';
import { type JudgedVm, judgeUnreadableVm, judgeVm } from './judge-vm.ts';
import { gapsOf, knowledgeOf } from './knowledge.ts';
import type { MachineReading, Ports } from './ports.ts';
import { proposePlan } from './propose-plan.ts';
import { readForVm } from './read-everything.ts';
import { recordOne, retired } from './record.ts';
import { scheduleNextCheck } from './schedule-check.ts';
import { TryAgainLater } from './try-again-later.ts';
import { vmKeyOf } from './vm-key.ts';

/** What became of a request to judge one VM. */
export type EvaluateAnswer =
  /** `findings` puts all of them into words, the passed ones included. */
  | { readonly kind: 'evaluated'; readonly row: Evaluated; readonly findings: () => readonly Finding[] }
  /** Azure says that the VM does not exist; a stored row is retired. */
  | { readonly kind: 'gone'; readonly wasKnown: boolean }
  /** What is stored was read after the change that asked for this. */
  | { readonly kind: 'already-newer' }
  /** The VM is not read now: whoever asked waits. */
  | { readonly kind: 'waits' }
  /** Nothing of the VM's subscription can be read, and nothing of the VM is stored: it is none of ours. */
  | { readonly kind: 'out-of-reach'; readonly detail: string };

type EvaluatePorts = Pick<
  Ports,
  'inventory' | 'arm' | 'evaluations' | 'transitions' | 'postures' | 'exemptions' | 'queues' | 'clock'
>;

/** Who asks, and about what. */
export interface EvaluateRequest {
  readonly vm: VmAddress;
  readonly trigger: 'event' | 'request';
  /** The instant (ISO 8601) that the evidence has to be newer than, such as that of a change; absent = judge in any case. */
  readonly changedAt?: string;
  /** The instant (ISO 8601) from which evidence is new enough for a check of a newborn VM. */
  readonly checkAt?: string;
  /** When the VM was born, as far as whoever asks knows (ISO 8601). */
  readonly bornAt?: string;
  /** Asked when the VM would have to be read: whether that is to be done now. `stored` is its row. */
  readonly admit?: (stored: Evaluated | undefined) => Promise<Admission>;
}

/** Whether the evidence of a row is enough for whoever asks. */
function isEnough(row: Evaluated | undefined, { changedAt, checkAt }: EvaluateRequest): boolean {
  if (!row) {
    return false;
  }
  const reaches = evidenceReaches(row);
  return (
    (changedAt !== undefined && reaches > Date.parse(changedAt)) ||
    (checkAt !== undefined && reaches >= Date.parse(checkAt))
  );
}

function isNewer(row: Evaluated, now: Date): boolean {
  return evidenceReaches(row) > now.getTime();
}

/** Minutes for which events share what they read alike; what they read of their VM is always fresh. */
const sharedMinutes = 5;

function eventsOf(now: Date): string {
  return `events-${Math.floor(now.getTime() / (sharedMinutes * 60_000))}`;
}

type Judge = (stored: Evaluated | undefined) => JudgedVm;

/** Reads what the judgement needs, once; the row it is compared with may change while it is being written. */
async function prepareJudge(
  ports: EvaluatePorts,
  settings: JudgementSettings,
  { vm, trigger }: EvaluateRequest,
  reading: Exclude<MachineReading, { kind: 'gone' }>,
  now: Date,
): Promise<Judge> {
  const context = { settings, now };
  const occasion = (stored: Evaluated | undefined) => ({ trigger, ...(stored ? { stored } : {}) });
  if (reading.kind === 'known') {
    const readings = await readForVm(ports, settings, reading.facts, trigger === 'event' ? eventsOf(now) : undefined);
    failIfThrottled(gapsOf(readings));
    const own = await readAlone(ports, reading.facts, readings.surroundings);
    const { restorePoints } = own;
    const at = now.toISOString();
    const closerLook = { at, agent: reading.facts.agent, ...(restorePoints ? { restorePoints } : {}) };
    const knowledge = knowledgeOf(readings);
    return (stored) => judgeVm(reading.facts, { knowledge, own }, context, { ...occasion(stored), closerLook });
  }
  if (reading.because.cause !== 'no-permission') {
    throw new TryAgainLater(reading.because);
  }
  return (stored) => judgeUnreadableVm(vm, reading.because, context, occasion(stored));
}

/** A VM that may not be read is listed as undetermined, unless its whole subscription is beyond reach. */
async function isOutOfReach({ inventory }: EvaluatePorts, vm: VmAddress, reading: MachineReading): Promise<boolean> {
  if (reading.kind !== 'unknown' || reading.because.cause !== 'no-permission') {
    return false;
  }
  const readable = await inventory.subscriptions();
  return readable.kind === 'known' && !readable.value.some((each) => each.subscriptionId === vm.subscriptionId);
}

type RowKey = Pick<Evaluated, 'subscriptionId' | 'vmKey'>;

/** A VM that is gone: its row is kept, and says so. */
async function retire(
  ports: EvaluatePorts,
  key: RowKey,
  { trigger }: EvaluateRequest,
  now: Date,
): Promise<EvaluateAnswer> {
  const row = await recordOne(ports, key, (stored) =>
    stored && !stored.goneAt && !isNewer(stored, now) ? retired(stored, now.toISOString(), { trigger }) : undefined,
  );
  return { kind: 'gone', wasKnown: row !== undefined };
}

/** Judges what was read, asks for the next look at a newborn VM, and stores the row. */
async function judgeAndRecord(
  ports: EvaluatePorts,
  key: RowKey,
  request: EvaluateRequest,
  judge: Judge,
  { now, timeCreated }: { readonly now: Date; readonly timeCreated: string | undefined },
): Promise<EvaluateAnswer> {
  let findings: () => readonly Finding[] = () => [];
  let isScheduled = false;
  const row = await recordOne(ports, key, async (stored) => {
    if (stored && request.trigger === 'event' && (isNewer(stored, now) || isEnough(stored, request))) {
      return undefined;
    }
    const judged = judge(stored);
    findings = () => judged.evaluation.findings;
    if (!isScheduled) {
      const isFirstSight = !stored || isCreatedAgain(stored, judged.row);
      const firstSeenAt = isFirstSight ? now.toISOString() : request.bornAt;
      await scheduleNextCheck(ports, { judged, stored, timeCreated, firstSeenAt, now });
      await awaitExemptionEnds(ports, [judged.head]);
      isScheduled = true;
    }
    return judged.row;
  });
  if (!row) {
    return { kind: 'already-newer' };
  }
  await proposePlan(ports, row);
  return { kind: 'evaluated', row, findings };
}

/** Judges one VM from fresh reads and stores the result: for events and for requests. */
export async function evaluateVm(
  ports: EvaluatePorts,
  settings: JudgementSettings,
  request: EvaluateRequest,
): Promise<EvaluateAnswer> {
  const { vm } = request;
  const key = { subscriptionId: vm.subscriptionId, vmKey: vmKeyOf(vm.key) };
  const before = (await ports.evaluations.find(key.subscriptionId, key.vmKey))?.value;
  if (isEnough(before, request)) {
    return { kind: 'already-newer' };
  }
  const admission = (await request.admit?.(before)) ?? 'read-now';
  if (admission !== 'read-now') {
    return { kind: admission === 'waits' ? 'waits' : 'already-newer' };
  }
  const now = ports.clock();
  const reading = await ports.arm.machine(vm);
  if (reading.kind === 'gone') {
    return retire(ports, key, request, now);
  }
  if (reading.kind === 'unknown' && !before && (await isOutOfReach(ports, vm, reading))) {
    return { kind: 'out-of-reach', detail: reading.because.detail };
  }
  const judge = await prepareJudge(ports, settings, request, reading, now);
  const timeCreated = reading.kind === 'known' ? reading.facts.vm.value.timeCreated : undefined;
  return judgeAndRecord(ports, key, request, judge, { now, timeCreated });
}

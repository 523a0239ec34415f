import type { Finding } from '../domain/finding.ts';
import type { VmAddress } from '../domain/ids.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { lookCloser } from './closer-look.ts';
import type { Evaluated } from './evaluated.ts';
import { failIfThrottled } from './gaps.ts';
import { type JudgedVm, judgeUnreadableVm, judgeVm } from './judge-vm.ts';
import { gapsOf, knowledgeOf } from './knowledge.ts';
import type { MachineReading, Ports } from './ports.ts';
import { readForVm } from './read-everything.ts';
import { recordOne, retired } from './record.ts';
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
  /** Nothing of the VM's subscription can be read, and nothing of the VM is stored: it is none of ours. */
  | { readonly kind: 'out-of-reach'; readonly detail: string };

type EvaluatePorts = Pick<Ports, 'inventory' | 'arm' | 'evaluations' | 'postures' | 'clock'>;

/** Who asks, and about which change. */
export interface EvaluateRequest {
  readonly vm: VmAddress;
  readonly trigger: 'event' | 'request';
  /** When the change happened (ISO 8601); absent = judge in any case. */
  readonly changedAt?: string;
}

function isNewer(row: Evaluated | undefined, changedAt: string | undefined): boolean {
  return row !== undefined && changedAt !== undefined && Date.parse(row.evidenceAt) > Date.parse(changedAt);
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
    const readings = await readForVm(ports, settings, reading.facts);
    failIfThrottled(gapsOf(readings));
    const own = await lookCloser(ports, reading.facts, readings.surroundings);
    const knowledge = knowledgeOf(readings);
    return (stored) => judgeVm(reading.facts, { knowledge, own }, context, occasion(stored));
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

/** Judges one VM from fresh reads and stores the result: for events and for requests. */
export async function evaluateVm(
  ports: EvaluatePorts,
  settings: JudgementSettings,
  request: EvaluateRequest,
): Promise<EvaluateAnswer> {
  const { vm, trigger, changedAt } = request;
  const key = { subscriptionId: vm.subscriptionId, vmKey: vmKeyOf(vm.key) };
  const now = ports.clock();
  const before = await ports.evaluations.find(key.subscriptionId, key.vmKey);
  if (isNewer(before?.value, changedAt)) {
    return { kind: 'already-newer' };
  }
  const reading = await ports.arm.machine(vm);
  if (reading.kind === 'gone') {
    const row = await recordOne(ports, key, (stored) =>
      stored && !stored.goneAt && !isNewer(stored, now.toISOString())
        ? retired(stored, now.toISOString(), { trigger })
        : undefined,
    );
    return { kind: 'gone', wasKnown: row !== undefined };
  }
  if (reading.kind === 'unknown' && !before && (await isOutOfReach(ports, vm, reading))) {
    return { kind: 'out-of-reach', detail: reading.because.detail };
  }
  const judge = await prepareJudge(ports, settings, request, reading, now);
  let findings: () => readonly Finding[] = () => [];
  const row = await recordOne(ports, key, (stored) => {
    if (trigger === 'event' && isNewer(stored, now.toISOString())) {
      return undefined;
    }
    const judged = judge(stored);
    findings = () => judged.evaluation.findings;
    return judged.row;
  });
  return row ? { kind: 'evaluated', row, findings } : { kind: 'already-newer' };
}

import type { Fact, UnknownBecause } from '../domain/fact.ts';
import type { RestorePoints } from '../domain/restore-points.ts';
import { restorePointLimit } from '../rules/restore-point-limit.ts';
import type { CloserLook, EvaluatedHead } from './evaluated.ts';
import type { JudgedVm } from './judge-vm.ts';
import type { MachineFacts, Ports } from './ports.ts';
import type { SurroundingsReading } from './read-surroundings.ts';
import { countRestorePoints, type OwnReadings } from './surrounding-facts.ts';

/** Hours for which what was read of a VM alone stands in for what no bulk read shows. */
const hoursKept = 24;

/** Minutes for which the agent of a new VM may be silent. */
const newbornMinutes = 30;

/** What was read of this very VM alone, if that is not too long ago. */
export function freshLook(stored: EvaluatedHead | undefined, machine: MachineFacts, now: Date): CloserLook | undefined {
  const look = stored?.closerLook;
  const { vmId, timeCreated = '' } = machine.vm.value;
  if (!look || stored?.instanceId !== vmId || Date.parse(look.at) <= now.getTime() - hoursKept * 3_600_000) {
    return undefined;
  }
  // An agent that was silent because its VM was newborn says nothing about the VM of later.
  const grownUpAt = Date.parse(timeCreated) + newbornMinutes * 60_000;
  return Date.parse(look.at) < grownUpAt && now.getTime() >= grownUpAt ? undefined : look;
}

/** The agent as it was when the VM was looked at: what it had reported just then still counts. */
function asOf({ at, agent }: CloserLook): CloserLook['agent'] {
  return agent.kind === 'known' ? { ...agent, value: { ...agent.value, askedAt: at } } : agent;
}

/** The facts of a VM with those that only a closer look shows. */
export function withLook(machine: MachineFacts, look: CloserLook | undefined): MachineFacts {
  const isUnread = machine.agent.kind === 'unknown' && machine.agent.because.cause === 'not-reported';
  return look && isUnread ? { ...machine, agent: asOf(look) } : machine;
}

/**
 * Whether a VM is worth a read of its own: it runs, and either is not protected though nothing else stands against it, or its
 * backup is in trouble. So is one of which something hangs on how many restore points it has.
 */
export function deservesCloserLook(
  { head, evaluation }: JudgedVm,
  { vm, agent, power }: MachineFacts,
  { surroundings }: SurroundingsReading,
): boolean {
  const isAgentUnread = agent.kind === 'unknown' && agent.because.cause === 'not-reported';
  const mayRun = power.kind === 'unknown' || power.value === 'running';
  const asks = head.item
    ? head.verdict === 'at-risk'
    : head.verdict === 'protectable' || head.verdict === 'undetermined';
  const hangsOnPoints = evaluation.openOutcomes.some(
    ({ rule, outcome }) =>
      rule.id === restorePointLimit.id && outcome.kind === 'unknown' && outcome.because.cause === 'not-reported',
  );
  return (asks && isAgentUnread && mayRun) || (hangsOnPoints && surroundings.restorePoints.has(vm.value.key));
}

/** The points of the collections that were found; where none was found, or none could be looked for, nothing is read. */
async function restorePointsOf(
  { arm }: Pick<Ports, 'arm'>,
  { vm }: MachineFacts,
  { surroundings, source, unlooked }: SurroundingsReading,
): Promise<Fact<RestorePoints> | undefined> {
  const collections = surroundings.restorePoints.get(vm.value.key);
  return collections && !unlooked
    ? countRestorePoints(collections, (collection) => arm.restorePointsIn(collection), source)
    : undefined;
}

function isPassing({ cause, mayPass }: UnknownBecause): boolean {
  return cause === 'throttled' || mayPass === true;
}

/** Reads what takes a call for each VM; `undefined` if the VM is gone, and why, where it may be read a little later. */
export async function lookCloser(
  ports: Pick<Ports, 'arm' | 'clock'>,
  machine: MachineFacts,
  around: SurroundingsReading,
): Promise<CloserLook | UnknownBecause | undefined> {
  const at = ports.clock().toISOString();
  const reading = await ports.arm.machine(machine.vm.value);
  if (reading.kind === 'gone') {
    return undefined;
  }
  if (reading.kind === 'unknown' && isPassing(reading.because)) {
    return reading.because;
  }
  const restorePoints = await restorePointsOf(ports, machine, around);
  if (restorePoints?.kind === 'unknown' && isPassing(restorePoints.because)) {
    return restorePoints.because;
  }
  const agent = reading.kind === 'known' ? reading.facts.agent : reading;
  return { at, agent, ...(restorePoints ? { restorePoints } : {}) };
}

/** What takes a call for a VM that has been read already, and for which Resource Graph may lag. */
export async function readAlone(
  { arm }: Pick<Ports, 'arm'>,
  machine: MachineFacts,
  around: SurroundingsReading,
): Promise<OwnReadings> {
  const vm = machine.vm.value;
  const isShown = around.surroundings.extensions.has(vm.key);
  const extensions = isShown ? undefined : await arm.extensionsOf(vm);
  const restorePoints = await restorePointsOf({ arm }, machine, around);
  return { ...(extensions ? { extensions } : {}), ...(restorePoints ? { restorePoints } : {}) };
}

import type { Cell } from '../domain/cell.ts';
import type { UnknownBecause } from '../domain/fact.ts';
import type { Finding } from '../domain/finding.ts';
import { armId } from '../domain/ids.ts';
import { postureOf } from '../domain/posture.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { reachabilityStatistics } from '../rules/network/judged-network.ts';
import { closeRunIfDone } from './close-run.ts';
import { lookCloser } from './closer-look.ts';
import type { Evaluated, Transition } from './evaluated.ts';
import { failIfThrottled } from './gaps.ts';
import { judgeVm } from './judge-vm.ts';
import { gapsOf, knowledgeOf } from './knowledge.ts';
import type { MachineFacts, Ports, ShardMessage, Stored } from './ports.ts';
import { readForShard } from './read-everything.ts';
import type { SurroundingsReading } from './read-surroundings.ts';
import { counted, retired, transitionTo } from './record.ts';
import type { Gap, Shard, ShardReport } from './run.ts';
import type { OwnReadings } from './surrounding-facts.ts';
import { surveyItems } from './survey-resources.ts';
import { TryAgainLater } from './try-again-later.ts';
import { vmKeyOf } from './vm-key.ts';

type ShardPorts = Omit<Ports, 'queues'>;
type Rows = ReadonlyMap<string, Stored<Evaluated>>;

/** VMs in need of a closer look get one read each; more than this many in a shard wait for their next occasion. */
const closerLooks = 200;
/** Reads of single VMs at a time. */
const looksAtOnce = 8;
/** Resource Graph lags: a row read more recently than this is not retired for being absent. */
const lagMinutes = 15;

async function storedRows(ports: ShardPorts, cells: readonly Cell[]): Promise<Rows> {
  const rows = new Map<string, Stored<Evaluated>>();
  for (const subscriptionId of new Set(cells.map((cell) => cell.subscriptionId))) {
    for (const [key, row] of await ports.evaluations.ofSubscription(subscriptionId)) {
      rows.set(key, row);
    }
  }
  return rows;
}

/**
 * A VM whose verdict asks for something to be done is worth a read of its own: the agent is not in bulk reads. So is one
 * about which something hangs on how many restore points it has.
 */
function deservesCloserLook(row: Evaluated, machine: MachineFacts): boolean {
  const asks = row.verdict === 'protectable' || row.verdict === 'at-risk' || row.verdict === 'undetermined';
  const isAgentUnread = machine.agent.kind === 'unknown' && machine.agent.because.cause === 'not-reported';
  const hangsOnPoints = ({ outcome, evidence }: Finding) =>
    outcome === 'unknown' && evidence.some(({ fact }) => fact === 'restorePoints');
  return (asks && isAgentUnread) || row.findings.some(hangsOnPoints);
}

type Judge = (machine: MachineFacts, own?: OwnReadings) => Evaluated;

/** What takes a call for each VM, read for those that deserve it. */
async function judgedCloser(
  ports: ShardPorts,
  judge: Judge,
  machine: MachineFacts,
  around: SurroundingsReading,
): Promise<Evaluated> {
  const reading = await ports.arm.machine(machine.vm.value);
  const own = await lookCloser(ports, machine, around);
  if (reading.kind === 'known') {
    // Where the instance view was refused, the bulk read still has the power state.
    const power = reading.facts.power.kind === 'known' ? reading.facts.power : machine.power;
    return judge({ ...reading.facts, power }, own);
  }
  // The agent stays unknown, but for the cause that the closer look met.
  return judge(reading.kind === 'unknown' ? { ...machine, agent: reading } : machine, own);
}

/** Judges every VM from the bulk read; those that ask for something are read once more, singly. */
async function judgeAll(
  ports: ShardPorts,
  machines: readonly MachineFacts[],
  judge: Judge,
  around: SurroundingsReading,
): Promise<readonly Evaluated[]> {
  const rows = machines.map((machine) => ({ machine, row: judge(machine) }));
  const closer = rows.filter(({ row, machine }) => deservesCloserLook(row, machine)).slice(0, closerLooks);
  for (let from = 0; from < closer.length; from += looksAtOnce) {
    await Promise.all(
      closer.slice(from, from + looksAtOnce).map(async (each) => {
        each.row = await judgedCloser(ports, judge, each.machine, around);
      }),
    );
  }
  return rows.map(({ row }) => row);
}

/** Rows of the cells whose VM the complete read no longer shows. */
function absentRows(rows: Rows, cells: readonly Cell[], seen: ReadonlySet<string>, now: Date): readonly Evaluated[] {
  const oldEnough = now.getTime() - lagMinutes * 60_000;
  return [...rows.values()]
    .map((row) => row.value)
    .filter((row) => !row.goneAt && !seen.has(row.vmKey) && Date.parse(row.evidenceAt) < oldEnough)
    .filter((row) => cells.some((cell) => cell.subscriptionId === row.subscriptionId && cell.region === row.region));
}

/** Writes what changed: transitions first, so that a crash in between loses none. Answers how many rows were written. */
async function writeChanges(ports: ShardPorts, rows: readonly Evaluated[], stored: Rows): Promise<number> {
  const changed = rows.filter((row) => stored.get(row.vmKey)?.value.fingerprint !== row.fingerprint);
  const transitions = changed
    .map((row) => transitionTo(row, stored.get(row.vmKey)?.value))
    .filter((transition): transition is Transition => transition !== undefined);
  await ports.evaluations.addTransitions(transitions);
  const bySubscription = Map.groupBy(changed, (row) => row.subscriptionId);
  let overtaken = 0;
  for (const group of bySubscription.values()) {
    const versioned = group.map((value) => {
      const version = stored.get(value.vmKey)?.version;
      return version ? { value, version } : { value };
    });
    // A row that changed meanwhile was judged from newer evidence, by an event or a request: that one stands.
    overtaken += (await ports.evaluations.writeAll(versioned)).length;
  }
  return changed.length - overtaken;
}

async function writePostures(
  ports: ShardPorts,
  cells: readonly Cell[],
  rows: readonly Evaluated[],
  day: string,
): Promise<void> {
  const byCell = Map.groupBy(rows, (row) => `${row.subscriptionId}|${row.region}`);
  for (const cell of cells) {
    const own = byCell.get(`${cell.subscriptionId}|${cell.region}`) ?? [];
    await ports.postures.replace(cell, postureOf(own.flatMap(counted)), day);
  }
}

function unreadableRow(id: string): Gap {
  return {
    what: `VM ${id || 'without an id'}`,
    cause: 'not-reported',
    detail: 'Its row in Resource Graph makes no sense.',
  };
}

const nameless: UnknownBecause = {
  cause: 'not-reported',
  detail: 'A row of a VM without an id may be any VM that seems to be missing.',
};

async function sweepCells(
  ports: ShardPorts,
  settings: JudgementSettings,
  { cells, shardId }: Shard,
  runId: string,
): Promise<ShardReport> {
  const now = ports.clock();
  const machines = await ports.inventory.machines(cells);
  if (machines.kind === 'unknown') {
    const { cause, detail } = machines.because;
    if (cause !== 'no-permission') {
      throw new TryAgainLater(machines.because);
    }
    const gap: Gap = { what: `VMs of ${cells.length} cells`, cause, detail };
    return { outcome: 'failed', vms: 0, changed: 0, retired: 0, gaps: [gap], finishedAt: now.toISOString() };
  }
  const readings = await readForShard(ports, settings, cells, machines.value.machines);
  const gaps = gapsOf(readings);
  failIfThrottled(gaps);
  const knowledge = knowledgeOf(readings);
  const stored = await storedRows(ports, cells);
  const judge: Judge = (machine, own = {}) => {
    const before = stored.get(vmKeyOf(machine.vm.value.key))?.value;
    if (before && Date.parse(before.evidenceAt) > now.getTime()) {
      // An event or a request looked at the VM after this shard had been read: what it saw stands.
      return before;
    }
    const occasion = { trigger: 'sweep' as const, runId, ...(before ? { stored: before } : {}) };
    return judgeVm(machine, { knowledge, own }, { settings, now }, occasion).row;
  };
  const rows = await judgeAll(ports, machines.value.machines, judge, readings.surroundings);
  const { unreadable } = machines.value;
  await surveyItems(ports, runId, shardId, {
    cells,
    vms: new Set([...machines.value.machines.map(({ vm }) => vm.value.key), ...unreadable.map(armId)]),
    items: readings.backup.items,
    ...(unreadable.includes('') ? { gap: nameless } : {}),
  });
  const seen = new Set([...rows.map((row) => row.vmKey), ...unreadable.map((id) => vmKeyOf(armId(id)))]);
  // A row without an id may be any of those that seem to be absent.
  const gone = unreadable.includes('') ? [] : absentRows(stored, cells, seen, now);
  const leaving = gone.map((row) => retired(row, now.toISOString(), { trigger: 'sweep', runId }));
  const changed = await writeChanges(ports, [...rows, ...leaving], stored);
  await writePostures(ports, cells, rows, now.toISOString().slice(0, 10));
  return {
    outcome: 'done',
    vms: rows.length,
    changed,
    retired: leaving.length,
    networks: reachabilityStatistics(knowledge.sweep),
    gaps: [...gaps, ...unreadable.map(unreadableRow)],
    finishedAt: ports.clock().toISOString(),
  };
}

/** Works through one shard. Repeating it changes nothing; a finished one is skipped; the last one closes the run. */
export async function sweepShard(ports: ShardPorts, settings: JudgementSettings, message: ShardMessage): Promise<void> {
  const { runId, shardId } = message;
  const shard = await ports.runs.shard(runId, shardId);
  if (!shard) {
    ports.log('warn', 'A message names a shard that no run has planned; it is dropped.', { runId, shardId });
    return;
  }
  if (!shard.report) {
    const report = await sweepCells(ports, settings, shard, runId);
    await ports.runs.finishShard(runId, shardId, report);
    const { vms, changed, networks } = report;
    ports.log('info', 'A shard was judged.', { runId, shardId, vms, changed, ...(networks ? { networks } : {}) });
  }
  await closeRunIfDone(ports, runId);
}

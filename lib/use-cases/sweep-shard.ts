import type { Cell } from '../domain/cell.ts';
import { armId } from '../domain/ids.ts';
import { postureOf } from '../domain/posture.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { type BackupInventory, gapsOf, readBackupInventory } from './backup-inventory.ts';
import { closeRunIfDone } from './close-run.ts';
import type { Evaluated, Transition } from './evaluated.ts';
import { judgeVm } from './judge-vm.ts';
import type { MachineFacts, Ports, ShardMessage, Stored } from './ports.ts';
import { readProvenVaults } from './proven-vaults.ts';
import { counted, retired, transitionTo } from './record.ts';
import type { Gap, ShardReport } from './run.ts';
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

/** A VM whose verdict asks for something to be done is worth a read of its own: the agent is not in bulk reads. */
function deservesCloserLook(row: Evaluated, machine: MachineFacts): boolean {
  const asks = row.verdict === 'protectable' || row.verdict === 'at-risk' || row.verdict === 'undetermined';
  return asks && machine.agent.kind === 'unknown' && machine.agent.because.cause === 'not-reported';
}

type Judge = (machine: MachineFacts) => Evaluated;

async function lookCloser(ports: ShardPorts, judge: Judge, machine: MachineFacts): Promise<Evaluated> {
  const reading = await ports.arm.machine(machine.vm.value);
  if (reading.kind === 'known') {
    return judge(reading.facts);
  }
  // The agent stays unknown, but for the cause that the closer look met.
  return judge(reading.kind === 'unknown' ? { ...machine, agent: reading } : machine);
}

/** Judges every VM from the bulk read; those that ask for something are read once more, singly. */
async function judgeAll(
  ports: ShardPorts,
  machines: readonly MachineFacts[],
  judge: Judge,
): Promise<readonly Evaluated[]> {
  const rows = machines.map((machine) => ({ machine, row: judge(machine) }));
  const closer = rows.filter(({ row, machine }) => deservesCloserLook(row, machine)).slice(0, closerLooks);
  for (let from = 0; from < closer.length; from += looksAtOnce) {
    await Promise.all(
      closer.slice(from, from + looksAtOnce).map(async (each) => {
        each.row = await lookCloser(ports, judge, each.machine);
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

async function sweepCells(
  ports: ShardPorts,
  settings: JudgementSettings,
  cells: readonly Cell[],
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
  const subscriptionIds = [...new Set(cells.map((cell) => cell.subscriptionId))];
  const regions = [...new Set(cells.map((cell) => cell.region))];
  const { allowCrossSubscriptionVaults } = settings;
  const vaults = await readProvenVaults(ports.inventory, ports.arm, {
    subscriptionIds,
    regions,
    allowCrossSubscriptionVaults,
  });
  const backup: BackupInventory = await readBackupInventory(ports.inventory, vaults, { subscriptionIds });
  const gaps = [...vaults.gaps, ...gapsOf(backup)];
  const throttled = gaps.find((gap) => gap.cause === 'throttled');
  if (throttled) {
    // Everything can be read a little later: judging without it would only make VMs undetermined.
    throw new TryAgainLater({ cause: 'throttled', detail: throttled.detail });
  }
  const stored = await storedRows(ports, cells);
  const judge: Judge = (machine) => {
    const before = stored.get(vmKeyOf(machine.vm.value.key))?.value;
    if (before && Date.parse(before.evidenceAt) > now.getTime()) {
      // An event or a request looked at the VM after this shard had been read: what it saw stands.
      return before;
    }
    const occasion = { trigger: 'sweep' as const, runId, ...(before ? { stored: before } : {}) };
    return judgeVm(machine, backup, { settings, now }, occasion).row;
  };
  const rows = await judgeAll(ports, machines.value.machines, judge);
  const { unreadable } = machines.value;
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
    const report = await sweepCells(ports, settings, shard.cells, runId);
    await ports.runs.finishShard(runId, shardId, report);
    ports.log('info', 'A shard was judged.', { runId, shardId, vms: report.vms, changed: report.changed });
  }
  await closeRunIfDone(ports, runId);
}

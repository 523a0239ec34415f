import type { UnknownBecause } from '../domain/fact.ts';
import { armId } from '../domain/ids.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { isOldEnough, proveAbsence, unseenRows } from './absent-vms.ts';
import { awaitExemptionEnds } from './await-exemption-ends.ts';
import { closeRunIfDone } from './close-run.ts';
import { concernedBy } from './concerned.ts';
import type { EvaluatedHead } from './evaluated.ts';
import { failIfPassing, gap } from './gaps.ts';
import { type Heads, judgePage, type PageResult } from './judge-page.ts';
import { gapsOf, knowledgeOf } from './knowledge.ts';
import type { MachinePage, Ports, ShardMessage, Stored } from './ports.ts';
import { isProposed, proposePlan } from './propose-plan.ts';
import { readForShard, type ShardReadings } from './read-everything.ts';
import { type Gap, noCosts, type Run, type Shard, type ShardReport } from './run.ts';
import { type JudgedNewborn, scheduleNextChecks } from './schedule-check.ts';
import { ShardTally } from './shard-tally.ts';
import { takeTurn } from './shard-turns.ts';
import { surveyItems } from './survey-resources.ts';
import { TryAgainLater } from './try-again-later.ts';
import { vmKeyOf } from './vm-key.ts';
import { writeChanged, writeRetired } from './write-shard.ts';

/** What a shard is worked through with. */
interface Work {
  readonly ports: Ports;
  readonly settings: JudgementSettings;
  readonly runId: string;
  readonly shard: Shard;
  readonly now: Date;
  readonly stored: Heads;
  readonly readings: ShardReadings;
  readonly tally: ShardTally;
  /** VMs of the shard that may be read singly. */
  readonly looksAllowed: number;
  /** Plans of the shard that may be handed to the protector. */
  readonly plansAllowed: number;
  /** How often the shard has failed before. */
  readonly attempt: number;
}

async function storedHeads({ evaluations }: Ports, { cells }: Shard): Promise<Heads> {
  const heads = new Map<string, Stored<EvaluatedHead>>();
  for (const subscriptionId of new Set(cells.map((cell) => cell.subscriptionId))) {
    for (const [key, row] of await evaluations.headsOf(subscriptionId)) {
      heads.set(key, row);
    }
  }
  return heads;
}

/** VMs of a page that may have to be looked at again soon, by the age that Azure tells. */
function newbornsOf(results: readonly PageResult[], { now }: Work): readonly JudgedNewborn[] {
  return results.flatMap(({ machine, before, judged }) => {
    const { timeCreated } = machine.vm.value;
    return judged && timeCreated ? [{ judged, stored: before, timeCreated, now }] : [];
  });
}

/** Plans of a page go to the protector, as many as the shard's part of what a run may do. */
async function proposePlans(
  { ports, runId, tally, plansAllowed }: Work,
  results: readonly PageResult[],
): Promise<void> {
  for (const { judged } of results) {
    if (judged && tally.proposed < plansAllowed && isProposed(judged.head)) {
      tally.proposed += 1;
      await proposePlan(ports, judged.head, runId);
    }
  }
}

/** Judges one page and writes what changed. */
async function sweepPage(work: Work, page: MachinePage): Promise<void> {
  const { ports, settings, runId, now, stored, tally } = work;
  const readings = await work.readings.of(page);
  const gaps = gapsOf(readings);
  failIfPassing(gaps, work.attempt);
  tally.addGaps(gaps);
  const knowledge = knowledgeOf(readings);
  // Every page has its part, so that the first ones do not take all of it every night.
  const part = Math.ceil((work.looksAllowed * page.machines.length) / Math.max(1, work.shard.vmsExpected));
  const looksAllowed = Math.max(0, Math.min(part, work.looksAllowed - tally.looks.made));
  const { surroundings: around, backup } = readings;
  const { changed } = work.shard;
  const isConcerned = changed && concernedBy(changed, around, backup, settings.allowCrossSubscriptionVaults);
  const context = {
    settings,
    runId,
    now,
    stored,
    knowledge,
    around,
    looksAllowed,
    ...(isConcerned ? { isConcerned } : {}),
  };
  const { results, looks, refused } = await judgePage(ports, page.machines, context);
  await scheduleNextChecks(ports, newbornsOf(results, work));
  await awaitExemptionEnds(
    ports,
    results.flatMap(({ judged }) => (judged ? [judged.head] : [])),
  );
  tally.changed += await writeChanged(ports, results, stored);
  await proposePlans(work, results);
  // What was read is stored by now: the next attempt goes on from there.
  const unlooked = refused ? [gap('VMs read singly', refused)] : [];
  failIfPassing(unlooked, work.attempt);
  tally.addGaps(unlooked);
  tally.addPage(results, knowledge.sweep);
  tally.addLooks(looks);
  tally.unreadable.push(...page.unreadable);
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

/** What follows when all pages are judged: items without a VM, VMs that are gone, the counts of the cells. */
async function concludeShard(work: Work): Promise<number> {
  const { ports, runId, shard, now, stored, tally } = work;
  const { unreadable } = tally;
  const isNameless = unreadable.includes('');
  await surveyItems(ports, runId, shard.shardId, {
    cells: shard.cells,
    vms: new Set([...tally.seenIds, ...unreadable.map(armId)]),
    items: work.readings.backup.items,
    ...(isNameless ? { gap: nameless } : {}),
  });
  // Only the few that nobody saw are made objects of.
  const others = [...stored].filter(([vmKey]) => !tally.seen.has(vmKey)).map(([, { value }]) => value);
  const unseen = unseenRows(others, shard.cells, tally.seen);
  const exist = new Set(unreadable.map((id) => vmKeyOf(armId(id))));
  // A row without an id may be any of those that seem to be absent.
  const absent = isNameless ? [] : unseen.filter((row) => !exist.has(row.vmKey) && isOldEnough(row, now));
  const { gone, gaps } = await proveAbsence(ports, shard.cells, tally.read, absent);
  tally.addGaps([...gaps, ...unreadable.map(unreadableRow)]);
  const left = await writeRetired(ports, gone, stored, { at: now.toISOString(), runId });
  // What stays though nobody saw it is still counted: posture and rows say the same.
  tally.count(unseen.filter((row) => !gone.includes(row)));
  const day = now.toISOString().slice(0, 10);
  for (const cell of shard.cells) {
    await ports.postures.replace(cell, tally.postureOf(cell), day);
  }
  return left;
}

/** A shard whose VMs may not all be read has failed; what passes is tried again. */
function failedShard(because: UnknownBecause, { shard, tally, now }: Work): ShardReport {
  if (because.cause !== 'no-permission') {
    throw new TryAgainLater(because);
  }
  tally.addGaps([gap(`VMs of ${shard.cells.length} cells`, because)]);
  const { vms, judged, changed, looks, rulesUnknown, gaps } = tally;
  const at = now.toISOString();
  const counts = { vms, judged, changed, retired: 0, looks, rulesUnknown: Object.fromEntries(rulesUnknown) };
  return { outcome: 'failed', ...counts, reads: noCosts, gaps, startedAt: at, finishedAt: at };
}

/** Judges the pages of a shard; answers why they could not all be read. */
async function sweepPages(work: Work): Promise<UnknownBecause | undefined> {
  for await (const page of work.ports.inventory.machines(work.shard.cells)) {
    if (page.kind === 'unknown') {
      return page.because;
    }
    await sweepPage(work, page.value);
  }
  return undefined;
}

async function workThrough(work: Work): Promise<ShardReport> {
  const { ports, tally, now } = work;
  const unread = await sweepPages(work);
  if (unread) {
    return failedShard(unread, work);
  }
  const retired = await concludeShard(work);
  const { vms, judged, changed, networks, looks, gaps, rulesUnknown } = tally;
  const reaches = work.readings.reaches();
  return {
    outcome: 'done',
    startedAt: now.toISOString(),
    vms,
    judged,
    ...(reaches.length > 0 ? { reaches } : {}),
    changed: changed + retired,
    retired,
    networks,
    looks,
    rulesUnknown: Object.fromEntries(rulesUnknown),
    reads: noCosts,
    gaps,
    finishedAt: ports.clock().toISOString(),
  };
}

/** A shard's part of what a run may do: of VMs read singly, of plans carried out. */
function partOf({ vmsExpected }: Shard, run: Run, perRun: number): number {
  return Math.ceil((perRun * vmsExpected) / Math.max(1, run.vmsExpected));
}

/** So many plans are handed over for each that may be carried out: some are passed over. */
const plansForOne = 4;

async function sweepCells(
  ports: Ports,
  { judgement, looksPerRun }: ShardSettings,
  run: Run,
  shard: Shard,
  attempt: number,
): Promise<ShardReport> {
  const now = ports.clock();
  const { runId } = run;
  const readings = await readForShard(ports, judgement, shard.cells, runId);
  const stored = await storedHeads(ports, shard);
  const looksAllowed = partOf(shard, run, looksPerRun);
  const plansAllowed = plansForOne * partOf(shard, run, judgement.engagement?.caps.perRun ?? 0);
  const tally = new ShardTally();
  const allowed = { looksAllowed, plansAllowed };
  return workThrough({ ports, settings: judgement, runId, shard, now, stored, readings, tally, ...allowed, attempt });
}

/** How shards are worked through. */
export interface ShardSettings {
  readonly judgement: JudgementSettings;
  /** VMs that a run may read singly. */
  readonly looksPerRun: number;
}

/** Tells the messages of a storm that wait for their subscriptions that these were judged, if all of them was read. */
async function noteJudged(
  { bulkRequests }: Ports,
  { trigger }: Run,
  { cells }: Shard,
  { outcome, gaps, startedAt }: ShardReport,
): Promise<void> {
  if (trigger !== 'event' || outcome === 'failed' || gaps.length > 0) {
    return;
  }
  for (const subscriptionId of new Set(cells.map((cell) => cell.subscriptionId))) {
    await bulkRequests.noteJudged(subscriptionId, startedAt);
  }
}

/** Works through one shard. Repeating it changes nothing; a finished one is skipped; the last one closes the run. */
export async function sweepShard(ports: Ports, settings: ShardSettings, message: ShardMessage): Promise<void> {
  const { runId, shardId, attempt = 0 } = message;
  const run = await ports.runs.find(runId);
  const shard = await ports.runs.shard(runId, shardId);
  if (!run || !shard) {
    ports.log('warn', 'A message names a shard that no run has planned; it is dropped.', { runId, shardId });
    return;
  }
  if (!shard.report) {
    const giveBack = await takeTurn();
    const { result, costs } = await ports
      .metered(() => sweepCells(ports, settings, run, shard, attempt))
      .finally(giveBack);
    const report = { ...result, reads: costs };
    await noteJudged(ports, run, shard, report);
    await ports.runs.finishShard(runId, shardId, report);
    const { vms, judged, changed, networks, looks, reads } = report;
    ports.log('info', 'A shard was judged.', { runId, shardId, vms, judged, changed, networks, looks, reads });
  }
  await closeRunIfDone(ports, runId);
}

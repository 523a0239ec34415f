import { type ArmId, subscriptionOf } from '../domain/ids.ts';
import { differences, type Standing } from '../domain/standing.ts';
import { failIfPassing, gap, gapsIn } from './gaps.ts';
import { cutIntoShards, type Plan, type SweepPorts, type SweepSettings } from './plan-sweep.ts';
import { readStanding } from './read-standing.ts';
import type { Run } from './run.ts';
import { sharedReads } from './shared-reads.ts';

/** Change records appear in Resource Graph within some minutes: what a run before may have missed is looked at again. */
const overlapMinutes = 10;
/** So many changes are named to a shard; beyond that it judges all its VMs. */
const changesNamed = 2000;

/** Whether a run has judged what had changed before it. One about changes whose shards failed has not. */
async function hasLooked({ runs }: SweepPorts, { runId, kind, trigger, state, finishedAt }: Run): Promise<boolean> {
  if (state === 'failed' || !finishedAt || kind === 'part' || trigger === 'event') {
    return false;
  }
  return kind === 'full' || (await runs.shards(runId)).every(({ report }) => report?.outcome !== 'failed');
}

async function newestLook(ports: SweepPorts): Promise<Run | undefined> {
  for (const run of await ports.runs.newest(50)) {
    if (await hasLooked(ports, run)) {
      return run;
    }
  }
  return undefined;
}

/** The sweep before, and from when on changes are looked for (ISO 8601): since the newest run that has looked for any. */
async function lastLook(ports: SweepPorts): Promise<{ full: Run; since: string } | undefined> {
  // One that runs does not yet know what its VMs refer to; one that failed has judged nothing.
  const full = (await ports.runs.newest(20, 'full')).find(({ state, finishedAt }) => finishedAt && state !== 'failed');
  const newest = await newestLook(ports);
  const from = Date.parse((newest ?? full)?.startedAt ?? '') - overlapMinutes * 60_000;
  return full && { full, since: new Date(from).toISOString() };
}

/** Subscriptions whose VMs may have to do with what changed: those that it stands in, and those that reach into them. */
async function subscriptionsNear(
  { runs }: SweepPorts,
  full: Run,
  changed: readonly ArmId[],
): Promise<ReadonlySet<string>> {
  const near = new Set(changed.flatMap((id) => subscriptionOf(id) ?? []));
  for (const { cells, report } of await runs.shards(full.runId)) {
    if (report?.reaches?.some((id) => near.has(id))) {
      for (const { subscriptionId } of cells) {
        near.add(subscriptionId);
      }
    }
  }
  return near;
}

function differencesTo(stored: Standing, now: Standing): readonly ArmId[] {
  return [...now].flatMap(([kind, prints]) => differences(stored.get(kind), prints));
}

/**
 * Plans a run about what changed since the one before: what change records name, and backup policies, items of vaults and
 * locks that stand otherwise than they did. Only VMs that have to do with it are judged.
 */
export async function planChanges(
  ports: SweepPorts,
  run: Run,
  settings: SweepSettings,
  attempt: number,
): Promise<Plan> {
  const last = await lastLook(ports);
  if (!last) {
    const detail = 'No sweep has run yet; changes are looked for after the first one.';
    return { run: { ...run, state: 'failed', gaps: [gap('changes', { cause: 'not-due-yet', detail })] }, shards: [] };
  }
  const inventory = sharedReads(ports.inventory, run.runId);
  const records = await ports.inventory.changes(last.since);
  const counts = await ports.inventory.machineCounts();
  const gaps = gapsIn([
    ['change records', records],
    ['plan of the sweep', counts],
  ]);
  failIfPassing(gaps, attempt);
  if (records.kind === 'unknown' || counts.kind === 'unknown') {
    return { run: { ...run, state: 'failed', gaps }, shards: [] };
  }
  const ofSweep = await ports.runs.subscriptionsOf(last.full.runId);
  const covered = new Set(ofSweep.filter(({ lostAt }) => !lostAt).map(({ subscriptionId }) => subscriptionId));
  const standing = await readStanding(inventory, ports.arm, [...covered]);
  const changed = [...new Set([...records.value, ...differencesTo(await ports.runs.standing(), standing)])];
  const near = await subscriptionsNear(ports, last.full, changed);
  const cells = counts.value.filter(({ subscriptionId }) => covered.has(subscriptionId) && near.has(subscriptionId));
  const named = changed.length <= changesNamed ? { changed } : {};
  const shards = cutIntoShards(cells, settings.shardVms).map((shard) => ({ ...shard, ...named }));
  const subscriptions = new Set(cells.map(({ subscriptionId }) => subscriptionId)).size;
  return {
    shards,
    standing,
    run: {
      ...run,
      changesSince: last.since,
      changes: changed.length,
      subscriptionsExpected: subscriptions,
      subscriptionsRead: subscriptions,
      shards: shards.length,
      vmsExpected: cells.reduce((sum, { vms }) => sum + vms, 0),
    },
  };
}

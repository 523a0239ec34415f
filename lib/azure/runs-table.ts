import type { ResourceFinding } from '../domain/judge-resources.ts';
import type { Runs } from '../use-cases/ports.ts';
import type { Run, Shard } from '../use-cases/run.ts';
import { createCoveredSubscriptions } from './covered-subscriptions.ts';
import { createStandings } from './standings-table.ts';
import type { JsonTable } from './table.ts';

/** Partition of the list of runs, newest first. There is one place for a sweep that runs, and one for a run about changes. */
const list = 'runs';
/** Partition of the list of full sweeps, likewise. */
const fullList = 'runs-full';
const placeOf = ({ kind }: Run) => ({ partition: 'place', key: kind === 'changes' ? 'changes' : 'running' });
const runRow = 'run';

/** Newest first: digits and letters of the run id are mirrored, so that a later id sorts before an earlier one. */
function newestFirstKey(runId: string): string {
  const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';
  return [...runId.toLowerCase()]
    .map((letter) => {
      const index = alphabet.indexOf(letter);
      return index === -1 ? letter : alphabet[alphabet.length - 1 - index];
    })
    .join('');
}

/** Findings about other resources are cut into rows: a property holds so much, and a part may find any number. */
const findingsPerRow = 100;

function resourceNotes(table: JsonTable): Pick<Runs, 'noteResources' | 'resourceFindings'> {
  return {
    async noteResources(runId, part, findings) {
      for (let from = 0; from < findings.length; from += findingsPerRow) {
        const key = `resources-${part}-${String(from).padStart(6, '0')}`;
        const value = findings.slice(from, from + findingsPerRow);
        await table.write({ partition: runId, key, value }, 'replace');
      }
    },
    async resourceFindings(runId) {
      const findings: ResourceFinding[] = [];
      const filter = `PartitionKey eq '${runId}' and RowKey ge 'resources-' and RowKey lt 'resources.'`;
      for await (const { value } of table.rows<readonly ResourceFinding[]>(filter)) {
        findings.push(...value);
      }
      return findings;
    },
  };
}

/** Table `runs`: a partition per run with the run, its shards and what it found about other resources, and a list of runs. */
export function createRuns(table: JsonTable): Runs {
  async function store(run: Run): Promise<void> {
    await table.write({ partition: run.runId, key: runRow, value: run }, 'replace');
  }

  async function storeListed(run: Run): Promise<void> {
    await store(run);
    for (const partition of run.kind === 'full' ? [list, fullList] : [list]) {
      await table.write({ partition, key: newestFirstKey(run.runId), value: { runId: run.runId } }, 'replace');
    }
  }

  async function find(runId: string): Promise<Run | undefined> {
    return (await table.find<Run>(runId, runRow))?.value;
  }

  async function shardsOf(runId: string): Promise<Shard[]> {
    const shards: Shard[] = [];
    const filter = `PartitionKey eq '${runId}' and RowKey ge 'shard-' and RowKey lt 'shard.'`;
    for await (const { value } of table.rows<Shard>(filter)) {
      shards.push(value);
    }
    return shards;
  }

  return {
    ...resourceNotes(table),
    ...createCoveredSubscriptions(table),
    ...createStandings(table),
    async claim(run) {
      const place = placeOf(run);
      // The run is stored before the place is taken: whoever finds the place taken finds the run as well.
      const holder = await table.find<{ runId: string }>(place.partition, place.key);
      const running = holder && (await find(holder.value.runId));
      // One that has ended was killed before it left its place.
      if (running && !running.finishedAt) {
        return running.runId === run.runId ? 'claimed' : running;
      }
      await store(run);
      const taken = { ...place, value: { runId: run.runId }, ...(holder?.version ? { version: holder.version } : {}) };
      if (await table.write(taken, 'if-unchanged')) {
        return 'claimed';
      }
      const winner = await table.find<{ runId: string }>(place.partition, place.key);
      return (winner && (await find(winner.value.runId))) ?? run;
    },
    find,
    async newest(limit, kind) {
      const runs: Run[] = [];
      for await (const { value } of table.rows<{ runId: string }>(
        `PartitionKey eq '${kind ? fullList : list}'`,
        limit,
      )) {
        const run = await find(value.runId);
        if (run) {
          runs.push(run);
        }
        if (runs.length === limit) {
          break;
        }
      }
      return runs;
    },
    async plan(run, shards) {
      for (const shard of shards) {
        await table.write({ partition: run.runId, key: `shard-${shard.shardId}`, value: shard }, 'replace');
      }
      await storeListed(run);
    },
    async queued(runId) {
      const row = await table.find<Run>(runId, runRow);
      if (row && !row.value.finishedAt) {
        // Under its version: the last shard may just be ending the run.
        await table.write({ ...row, value: { ...row.value, state: 'running' } }, 'if-unchanged');
      }
    },
    async shard(runId, shardId) {
      return (await table.find<Shard>(runId, `shard-${shardId}`))?.value;
    },
    shards: shardsOf,
    async finishShard(runId, shardId, report) {
      const row = await table.find<Shard>(runId, `shard-${shardId}`);
      if (row && !row.value.report) {
        await table.write({ ...row, value: { ...row.value, report } }, 'if-unchanged');
      }
    },
    async close(run) {
      await storeListed(run);
      const place = placeOf(run);
      const holder = await table.find<{ runId: string }>(place.partition, place.key);
      if (holder?.version && holder.value.runId === run.runId) {
        await table.remove(place.partition, place.key, holder.version);
      }
    },
  };
}

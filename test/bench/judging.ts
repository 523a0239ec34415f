import { createInventory } from '../../lib/azure/inventory.ts';
import { readConfig } from '../../lib/config.ts';
import { evaluate } from '../../lib/domain/evaluation.ts';
import { type Fact, known } from '../../lib/domain/fact.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { JudgementContext } from '../../lib/domain/rule.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { reachabilityStatistics } from '../../lib/rules/network/judged-network.ts';
import { judgeVm } from '../../lib/use-cases/judge-vm.ts';
import { knowledgeOf, type Readings } from '../../lib/use-cases/knowledge.ts';
import { cutIntoShards } from '../../lib/use-cases/plan-sweep.ts';
import type { Arm, ItemCounts, MachineFacts } from '../../lib/use-cases/ports.ts';
import { readForShard } from '../../lib/use-cases/read-everything.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import { emptyRegister } from '../contract/empty-register.ts';
import { cpuMsOf } from './cpu-time.ts';
import { quantile } from './quantile.ts';
import { RecordedGraph } from './recorded-graph.ts';

/** One comparison of CPU times. */
export interface BenchRow {
  readonly what: string;
  readonly unit: string;
  readonly cpuMs: number;
  readonly against: string;
  readonly againstCpuMs: number;
}

/** What ARM says where nothing is special; its answers are no pages, and are not compared with. */
function plainArm(now: () => Date, { vaults }: ItemCounts): Arm {
  const source = { where: 'bench', readAt: now().toISOString() };
  const notAsked = () => Promise.reject(new Error('The benchmark reads no single VM.'));
  return {
    machine: notAsked,
    vaultsOf: async () => known([], source),
    itemCountOf: async ({ key }) => known(vaults.get(key)?.all ?? 0, source),
    itemOf: notAsked,
    resources: notAsked,
    extensionsOf: notAsked,
    restorePointCollectionsOf: notAsked,
    restorePointsIn: notAsked,
    locksIn: async () => known([], source),
    providerIn: async () => known({ registrationState: 'Registered', vaultRegions: ['westeurope'] }, source),
    permissionsIn: async () => known([{ actions: ['*'], notActions: [] }], source),
    vmSizesIn: async () => known(new Map(), source),
    storageSettingOf: async () => known({ redundancyState: 'Locked' }, source),
    securitySettingOf: async () => known({}, source),
    vaultNameIn: notAsked,
  };
}

function configured() {
  const uri = 'https://bench.example';
  const { judgement: settings, sweep } = readConfig({
    AzureWebJobsStorage__blobServiceUri: uri,
    AzureWebJobsStorage__queueServiceUri: uri,
    AzureWebJobsStorage__tableServiceUri: uri,
    SWEEP_SCHEDULE: '0 30 1 * * *',
    CHANGES_SCHEDULE: '0 15 * * * *',
  });
  return { settings, shardVms: sweep.shardVms };
}

function valueIn<T>(fact: Fact<T>): T {
  if (fact.kind === 'unknown') {
    throw new Error(`The estate of the benchmark could not be read: ${fact.because.detail}`);
  }
  return fact.value;
}

/** VMs that were read together, and what they are judged by. */
interface ReadPage {
  readonly machines: readonly MachineFacts[];
  readonly readings: Readings;
}

/** The bulk reads of an estate, cut into shards and pages as a sweep does it. */
async function readEstate(vms: number) {
  const estate = generateEstate({ vms, subscriptions: Math.ceil(vms / 400), seed: 7 });
  const instant = estate.now;
  const now = () => new Date(instant);
  const recording = new RecordedGraph(estate, now);
  const inventory = createInventory(recording.pages, {}, now);
  const arm = plainArm(now, valueIn(await inventory.itemCounts()));
  const { settings, shardVms } = configured();
  const shards = cutIntoShards(valueIn(await inventory.machineCounts()), shardVms);
  const context: JudgementContext = { settings, now: now() };
  async function* pagesOf(sweep: string): AsyncGenerator<ReadPage> {
    for (const { cells } of shards) {
      const shard = await readForShard(
        { inventory, arm, clock: now, exemptions: emptyRegister },
        settings,
        cells,
        sweep,
      );
      for await (const page of inventory.machines(cells)) {
        const { machines } = valueIn(page);
        yield { machines, readings: await shard.of(valueIn(page)) };
      }
    }
  }
  return { recording, shards, context, pagesOf };
}

/** CPU milliseconds of the parts of one round. */
interface Times {
  parse: number;
  order: number;
  judge: number;
  store: number;
}

/** One sweep: its times, and what it was about. */
interface Round {
  readonly times: Times;
  readonly networks: Set<object>;
  vms: number;
  pages: number;
  bytes: number;
}

/** VMs whose facts are put on sheets before they are judged, so that the two can be timed apart. */
const batch = 100;

/** Judges the VMs of a page, in parts that are timed apart. */
function judgePage({ machines, readings }: ReadPage, context: JudgementContext, { times, networks }: Round): void {
  let facts = knowledgeOf(readings);
  times.order += cpuMsOf(() => {
    facts = knowledgeOf(readings);
  });
  for (let first = 0; first < machines.length; first += batch) {
    const some = machines.slice(first, first + batch);
    let sheets: readonly FactSheet[] = [];
    times.order += cpuMsOf(() => {
      sheets = some.map((machine) => facts.sheetOf(machine, {}, () => context.now.toISOString()));
    });
    times.judge += cpuMsOf(() => {
      for (const sheet of sheets) {
        evaluate(valueIn(sheet.vm), sheet, catalogue, context);
      }
    });
  }
  networks.add(facts.sweep);
  const others = knowledgeOf(readings);
  times.store += cpuMsOf(() => {
    for (const machine of machines) {
      judgeVm(machine, { knowledge: others }, context, { trigger: 'sweep' });
    }
  });
}

/** Reads and judges one page after the other. Reading is not timed, only what JSON takes of it. */
async function sweepOnce(
  { recording, context, pagesOf }: Awaited<ReturnType<typeof readEstate>>,
  name: string,
): Promise<Round> {
  const times: Times = { parse: 0, order: 0, judge: 0, store: 0 };
  const round: Round = { times, networks: new Set(), vms: 0, pages: 0, bytes: 0 };
  recording.startSweep();
  for await (const page of pagesOf(name)) {
    const texts = recording.takePages();
    judgePage(page, context, round);
    times.parse += cpuMsOf(() => {
      for (const text of texts) {
        JSON.parse(text);
      }
    });
    round.vms += page.machines.length;
    round.pages += texts.length;
    round.bytes += texts.reduce((sum, text) => sum + text.length, 0);
  }
  return round;
}

/** Rounds before these the engine still compiles. */
const roundsToWarmUp = 5;
const rounds = 7;

/** Judging all VMs, against `JSON.parse` of the very pages that the facts came from. */
export async function judgingRows(vms: number): Promise<readonly BenchRow[]> {
  const estate = await readEstate(vms);
  let last: Round | undefined;
  const measured: Times[] = [];
  for (let round = -roundsToWarmUp; round < rounds; round += 1) {
    last = await sweepOnce(estate, `round ${round}`);
    if (round >= 0) {
      measured.push(last.times);
    }
  }
  const cpuMs = (part: keyof Times) =>
    quantile(
      measured.map((times) => times[part]),
      0.5,
    );
  const { pages = 0, bytes = 0, vms: judged = 0, networks = new Set<object>() } = last ?? {};
  const configurations = [...networks].reduce((sum, sweep) => sum + reachabilityStatistics(sweep).configurations, 0);
  const row = {
    unit: `estate in ${estate.shards.length} shards`,
    against: `JSON.parse of the ${pages} pages (${(bytes / 2 ** 20).toFixed(1)} MiB) that the facts came from`,
    againstCpuMs: cpuMs('parse'),
  };
  return [
    { ...row, what: `putting the facts of ${judged} VMs on sheets`, cpuMs: cpuMs('order') },
    {
      ...row,
      what: `judging ${judged} VMs (facts to evaluation, all rules, ${configurations} distinct networks)`,
      cpuMs: cpuMs('judge'),
    },
    { ...row, what: `rows of ${judged} VMs (sheet, judgement, words, hash)`, cpuMs: cpuMs('store') },
  ];
}

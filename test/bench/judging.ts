import { createInventory } from '../../lib/azure/inventory.ts';
import type { AskGraph, GraphScope } from '../../lib/azure/resource-graph.ts';
import { readConfig } from '../../lib/config.ts';
import { evaluate } from '../../lib/domain/evaluation.ts';
import { type Fact, known } from '../../lib/domain/fact.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { JudgementContext } from '../../lib/domain/rule.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { reachabilityStatistics } from '../../lib/rules/network/judged-network.ts';
import { judgeVm } from '../../lib/use-cases/judge-vm.ts';
import { knowledgeOf } from '../../lib/use-cases/knowledge.ts';
import { cutIntoShards } from '../../lib/use-cases/plan-sweep.ts';
import type { Arm, ItemCounts } from '../../lib/use-cases/ports.ts';
import { readForShard } from '../../lib/use-cases/read-everything.ts';
import type { Shard } from '../../lib/use-cases/run.ts';
import { accessOf } from '../../local/azure/access.ts';
import { GraphView } from '../../local/azure/graph-view.ts';
import { createResourceGraph } from '../../local/azure/resource-graph/service.ts';
import { Tenant } from '../../local/azure/tenant.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import { randomStream } from '../../local/estates/random.ts';
import { cpuMsOf, median } from './cpu-time.ts';

/** One comparison of CPU times. */
export interface BenchRow {
  readonly what: string;
  readonly unit: string;
  readonly cpuMs: number;
  readonly against: string;
  readonly againstCpuMs: number;
}

/** The bulk reads of an estate. Every answer is made once; later it is there as the text of its pages. */
class Recording {
  readonly #answers = new Map<string, readonly string[]>();
  readonly #graph: ReturnType<typeof createResourceGraph>;
  readonly #askedInSweep = new Set<string>();
  #pages: string[] = [];

  constructor(estate: Estate, now: () => Date) {
    const view = new GraphView({
      tenant: new Tenant(estate),
      access: accessOf([], 'bench'),
      random: randomStream(7, 'bench'),
      now,
      lagMs: 0,
    });
    this.#graph = createResourceGraph({
      rowsOf: (table) => view.rowsOf(table),
      subscriptionsOf: (group) => view.subscriptionsOf(group),
      groupsAbove: (scope) => view.groupsAbove(scope),
      now,
      quota: 'off',
    });
  }

  /** From now on pages count again that were read before. */
  startSweep(): void {
    this.#askedInSweep.clear();
  }

  /** The pages that were read since this was last asked; what several shards of a sweep read alike counts once. */
  takePages(): readonly string[] {
    const pages = this.#pages;
    this.#pages = [];
    return pages;
  }

  readonly ask: AskGraph = async (query, scope) => {
    const key = JSON.stringify([query, scope]);
    const texts = this.#answers.get(key) ?? this.#pagesOf(query, scope);
    this.#answers.set(key, texts);
    if (!this.#askedInSweep.has(key)) {
      this.#askedInSweep.add(key);
      this.#pages.push(...texts);
    }
    return texts.flatMap((text) => bodyOf(text).data);
  };

  #pagesOf(query: string, { subscriptions, includesAbove }: GraphScope): readonly string[] {
    const texts: string[] = [];
    let token: string | undefined;
    do {
      const options = {
        resultFormat: 'objectArray',
        $top: 1000,
        ...(token ? { $skipToken: token } : {}),
        ...(includesAbove ? { authorizationScopeFilter: 'AtScopeAboveAndBelow' } : {}),
      };
      const { body } = this.#graph.handle({ query, options, ...(subscriptions ? { subscriptions } : {}) });
      const text = JSON.stringify(body);
      texts.push(text);
      token = bodyOf(text).$skipToken;
    } while (token);
    return texts;
  }
}

function bodyOf(text: string): { readonly data: readonly unknown[]; readonly $skipToken?: string } {
  return JSON.parse(text);
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
    AzureWebJobsStorage__queueServiceUri: uri,
    AzureWebJobsStorage__tableServiceUri: uri,
    SWEEP_SCHEDULE: '0 30 1 * * *',
  });
  return { settings, shardVms: sweep.shardVms };
}

function valueIn<T>(fact: Fact<T>): T {
  if (fact.kind === 'unknown') {
    throw new Error(`The estate of the benchmark could not be read: ${fact.because.detail}`);
  }
  return fact.value;
}

/** The bulk reads of an estate, cut into shards as a sweep does it. */
async function readEstate(vms: number) {
  const estate = generateEstate({ vms, subscriptions: Math.ceil(vms / 400), seed: 7 });
  const instant = estate.now;
  const now = () => new Date(instant);
  const recording = new Recording(estate, now);
  const inventory = createInventory(recording.ask, {}, now);
  const arm = plainArm(now, valueIn(await inventory.itemCounts()));
  const { settings, shardVms } = configured();
  const shards = cutIntoShards(valueIn(await inventory.machineCounts()), shardVms);
  const context: JudgementContext = { settings, now: now() };
  const read = async ({ cells }: Shard) => {
    const { machines } = valueIn(await inventory.machines(cells));
    const readings = await readForShard({ inventory, arm, clock: now }, settings, cells, machines);
    return { machines, readings };
  };
  return { recording, shards, context, read };
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
  vms: number;
  configurations: number;
  pages: number;
  bytes: number;
}

/** VMs whose facts are put on sheets before they are judged, so that the two can be timed apart. */
const batch = 100;

/** Reads and judges one shard after the other. Reading is not timed, only what JSON takes of it. */
async function sweepOnce({ recording, shards, context, read }: Awaited<ReturnType<typeof readEstate>>): Promise<Round> {
  const times: Times = { parse: 0, order: 0, judge: 0, store: 0 };
  const round: Round = { times, vms: 0, configurations: 0, pages: 0, bytes: 0 };
  recording.startSweep();
  for (const shard of shards) {
    const { machines, readings } = await read(shard);
    const pages = recording.takePages();
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
    const others = knowledgeOf(readings);
    times.store += cpuMsOf(() => {
      for (const machine of machines) {
        judgeVm(machine, { knowledge: others }, context, { trigger: 'sweep' });
      }
    });
    times.parse += cpuMsOf(() => {
      for (const text of pages) {
        JSON.parse(text);
      }
    });
    const statistics = reachabilityStatistics(facts.sweep);
    round.vms += statistics.vms;
    round.configurations += statistics.configurations;
    round.pages += pages.length;
    round.bytes += pages.reduce((sum, text) => sum + text.length, 0);
  }
  return round;
}

/** Rounds before these the engine still compiles. */
const roundsToWarmUp = 5;
export const rounds = 7;

/** Judging all VMs, against `JSON.parse` of the very pages that the facts came from. */
export async function judgingRows(vms: number): Promise<readonly BenchRow[]> {
  const estate = await readEstate(vms);
  let last: Round | undefined;
  const measured: Times[] = [];
  for (let round = -roundsToWarmUp; round < rounds; round += 1) {
    last = await sweepOnce(estate);
    if (round >= 0) {
      measured.push(last.times);
    }
  }
  const cpuMs = (part: keyof Times) => median(measured.map((times) => times[part]));
  const { pages = 0, bytes = 0, configurations = 0, vms: judged = 0 } = last ?? {};
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

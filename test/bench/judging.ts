import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { createInventory } from '../../lib/azure/inventory.ts';
import type { AskGraph } from '../../lib/azure/resource-graph.ts';
import { readConfig } from '../../lib/config.ts';
import { evaluate } from '../../lib/domain/evaluation.ts';
import { type Fact, known } from '../../lib/domain/fact.ts';
import type { JudgementContext } from '../../lib/domain/rule.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { reachabilityStatistics } from '../../lib/rules/network/judged-network.ts';
import { judgeVm } from '../../lib/use-cases/judge-vm.ts';
import { type Knowledge, knowledgeOf } from '../../lib/use-cases/knowledge.ts';
import type { Arm, ItemCounts, MachineFacts } from '../../lib/use-cases/ports.ts';
import { readForShard } from '../../lib/use-cases/read-everything.ts';
import { accessOf } from '../../local/azure/access.ts';
import { GraphView } from '../../local/azure/graph-view.ts';
import { createResourceGraph } from '../../local/azure/resource-graph/service.ts';
import { Tenant } from '../../local/azure/tenant.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import { randomStream } from '../../local/estates/random.ts';

/** One comparison of CPU times. */
export interface BenchRow {
  readonly what: string;
  readonly unit: string;
  readonly cpuMs: number;
  readonly against: string;
  readonly againstCpuMs: number;
}

/** What is measured; it takes what `prepare` made, whose time does not count. */
interface Work<Prepared> {
  readonly prepare: () => Prepared;
  readonly run: (prepared: Prepared) => void;
}

/** Before these the engine still compiles; the service runs for days. */
const runsToWarmUp = 5;
const runs = 5;

/** CPU time of one run, in milliseconds. What was made before is cleaned up first, for it is no part of the work. */
function cpuMsOf<Prepared>({ prepare, run }: Work<Prepared>, collectGarbage: () => void): number {
  const prepared = prepare();
  collectGarbage();
  const before = process.cpuUsage();
  run(prepared);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** CPU times of several works, each run in turn, so that what disturbs one disturbs all of them. */
function medianCpuMs<Prepared>(works: readonly Work<Prepared>[]): readonly number[] {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const times = works.map((): number[] => []);
  for (let run = -runsToWarmUp; run < runs; run += 1) {
    for (const [index, work] of works.entries()) {
      const time = cpuMsOf(work, collectGarbage);
      if (run >= 0) {
        times[index]?.push(time);
      }
    }
  }
  return times.map((each) => each.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0);
}

/** The bulk reads of an estate, and the text of every page that they got. */
function graphOf(estate: Estate, now: () => Date): { readonly ask: AskGraph; readonly pages: string[] } {
  const view = new GraphView({
    tenant: new Tenant(estate),
    access: accessOf([], 'bench'),
    random: randomStream(7, 'bench'),
    now,
    lagMs: 0,
  });
  const graph = createResourceGraph({
    rowsOf: (table) => view.rowsOf(table),
    subscriptionsOf: (group) => view.subscriptionsOf(group),
    groupsAbove: (scope) => view.groupsAbove(scope),
    now,
    quota: 'off',
  });
  const pages: string[] = [];
  const ask: AskGraph = async (query, { subscriptions, includesAbove }) => {
    const rows: unknown[] = [];
    let token: string | undefined;
    do {
      const options = {
        resultFormat: 'objectArray',
        $top: 1000,
        ...(token ? { $skipToken: token } : {}),
        ...(includesAbove ? { authorizationScopeFilter: 'AtScopeAboveAndBelow' } : {}),
      };
      const text = JSON.stringify(graph.handle({ query, options, ...(subscriptions ? { subscriptions } : {}) }).body);
      pages.push(text);
      const body = JSON.parse(text) as { data: unknown[]; $skipToken?: string };
      rows.push(...body.data);
      token = body.$skipToken;
    } while (token);
    return rows;
  };
  return { ask, pages };
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

function contextAt(now: () => Date): JudgementContext {
  const uri = 'https://bench.example';
  const environment = {
    AzureWebJobsStorage__queueServiceUri: uri,
    AzureWebJobsStorage__tableServiceUri: uri,
    SWEEP_SCHEDULE: '0 30 1 * * *',
  };
  return { settings: readConfig(environment).judgement, now: now() };
}

function valueIn<T>(fact: Fact<T>): T {
  if (fact.kind === 'unknown') {
    throw new Error(`The estate of the benchmark could not be read: ${fact.because.detail}`);
  }
  return fact.value;
}

/** Everything that a sweep of an estate as one shard has read, and the pages that it came from. */
export async function readEstate(vms: number) {
  const estate = generateEstate({ vms, subscriptions: Math.ceil(vms / 400), seed: 7 });
  const instant = estate.now;
  const now = () => new Date(instant);
  const { ask, pages } = graphOf(estate, now);
  const inventory = createInventory(ask, {}, now);
  const cells = valueIn(await inventory.machineCounts());
  const arm = plainArm(now, valueIn(await inventory.itemCounts()));
  pages.length = 0;
  const context = contextAt(now);
  const { machines } = valueIn(await inventory.machines(cells));
  const readings = await readForShard({ inventory, arm, clock: now }, context.settings, cells, machines);
  return { machines, context, pages: [...pages], knowledge: () => knowledgeOf(readings) };
}

/** From the facts to the evaluation, network included: what the issue bounds. */
export function judgeAll(machines: readonly MachineFacts[], knowledge: Knowledge, context: JudgementContext): void {
  const seenAt = () => context.now.toISOString();
  for (const machine of machines) {
    evaluate(machine.vm.value, knowledge.sheetOf(machine, {}, seenAt), catalogue, context);
  }
}

/** Judging all VMs, against `JSON.parse` of the very pages that the facts came from. */
export async function judgingRows(vms: number): Promise<readonly BenchRow[]> {
  const { machines, context, pages, knowledge } = await readEstate(vms);
  let latest = knowledge();
  // Fresh knowledge for each run: nothing that a run before it judged may be of use.
  const [parseMs = 0, orderMs = 0, judgeMs = 0, storeMs = 0] = medianCpuMs<Knowledge>([
    {
      prepare: () => latest,
      run: () => {
        for (const text of pages) {
          JSON.parse(text);
        }
      },
    },
    {
      prepare: () => latest,
      run: () => {
        latest = knowledge();
      },
    },
    {
      prepare: knowledge,
      run: (fresh) => {
        latest = fresh;
        judgeAll(machines, fresh, context);
      },
    },
    {
      prepare: knowledge,
      run: (fresh) => {
        for (const machine of machines) {
          judgeVm(machine, { knowledge: fresh }, context, { trigger: 'sweep' });
        }
      },
    },
  ]);
  const megabytes = pages.reduce((sum, text) => sum + text.length, 0) / 2 ** 20;
  const against = `JSON.parse of the ${pages.length} pages (${megabytes.toFixed(1)} MiB) that the facts came from`;
  const { configurations, vms: judged } = reachabilityStatistics(latest.sweep);
  const networks = `${configurations} distinct networks of ${judged}`;
  const row = { unit: 'estate', against, againstCpuMs: parseMs };
  return [
    { ...row, what: `putting the facts of ${machines.length} VMs in order, once per shard`, cpuMs: orderMs },
    { ...row, what: `judging ${machines.length} VMs (facts to evaluation, all rules, ${networks})`, cpuMs: judgeMs },
    { ...row, what: `judging ${machines.length} VMs (facts to stored row with words and hash)`, cpuMs: storeMs },
  ];
}

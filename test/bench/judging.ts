import { createInventory } from '../../lib/azure/inventory.ts';
import type { AskGraph } from '../../lib/azure/resource-graph.ts';
import { readConfig } from '../../lib/config.ts';
import { known } from '../../lib/domain/fact.ts';
import { readBackupInventory } from '../../lib/use-cases/backup-inventory.ts';
import { judgeVm } from '../../lib/use-cases/judge-vm.ts';
import type { ProvenVaults } from '../../lib/use-cases/proven-vaults.ts';
import { accessOf } from '../../local/azure/access.ts';
import { GraphView } from '../../local/azure/graph-view.ts';
import { createResourceGraph } from '../../local/azure/resource-graph/service.ts';
import { Tenant } from '../../local/azure/tenant.ts';
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

const runs = 5;

function medianCpuMs(work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

/** Judging all VMs from their facts, against `JSON.parse` of the very pages that the facts came from. */
export async function judgingRow(vms: number): Promise<BenchRow> {
  const estate = generateEstate({ vms, subscriptions: Math.ceil(vms / 400), seed: 7 });
  const now = () => new Date(estate.now);
  const view = new GraphView({
    tenant: new Tenant(estate),
    access: accessOf([], 'bench'),
    random: randomStream(7, 'bench'),
    now,
    lagMs: 0,
  });
  const graph = createResourceGraph({
    rowsOf: (table) => view.rowsOf(table),
    subscriptionsOf: () => [],
    now,
    quota: 'off',
  });
  const pages: string[] = [];
  const ask: AskGraph = async (query, { subscriptions }) => {
    const rows: unknown[] = [];
    let token: string | undefined;
    do {
      const options = { resultFormat: 'objectArray', $top: 1000, ...(token ? { $skipToken: token } : {}) };
      const text = JSON.stringify(graph.handle({ query, options, ...(subscriptions ? { subscriptions } : {}) }).body);
      pages.push(text);
      const body = JSON.parse(text) as { data: unknown[]; $skipToken?: string };
      rows.push(...body.data);
      token = body.$skipToken;
    } while (token);
    return rows;
  };
  const inventory = createInventory(ask, {}, now);
  const counts = await inventory.machineCounts();
  pages.length = 0;
  const cells = counts.kind === 'known' ? counts.value : [];
  const machines = await inventory.machines(cells);
  const vaults = await inventory.vaults();
  if (machines.kind === 'unknown' || vaults.kind === 'unknown') {
    throw new Error('The estate of the benchmark could not be read.');
  }
  const proven: ProvenVaults = {
    inventoryFor: (vm) => known({ vaults: vaults.value.filter((vault) => vault.region === vm.region) }, vaults.source),
    blindnessOf: () => undefined,
    gaps: [],
  };
  const subscriptionIds = [...new Set(cells.map((cell) => cell.subscriptionId))];
  const backup = await readBackupInventory(inventory, proven, { subscriptionIds });
  const uri = 'https://bench.example';
  const environment = {
    AzureWebJobsStorage__queueServiceUri: uri,
    AzureWebJobsStorage__tableServiceUri: uri,
    SWEEP_SCHEDULE: '0 30 1 * * *',
  };
  const context = { settings: readConfig(environment).judgement, now: now() };
  const texts = [...pages];
  const parseMs = medianCpuMs(() => {
    for (const text of texts) {
      JSON.parse(text);
    }
  });
  const judgeMs = medianCpuMs(() => {
    for (const machine of machines.value.machines) {
      judgeVm(machine, backup, context, { trigger: 'sweep' });
    }
  });
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  return {
    what: `judging ${machines.value.machines.length} VMs (facts to stored row, all rules)`,
    unit: 'estate',
    cpuMs: judgeMs,
    against: `JSON.parse of the ${texts.length} pages (${(bytes / 2 ** 20).toFixed(1)} MiB) that the facts came from`,
    againstCpuMs: parseMs,
  };
}

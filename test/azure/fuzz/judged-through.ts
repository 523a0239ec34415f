import { createApp } from '../../../lib/app.ts';
import { readConfig } from '../../../lib/config.ts';
import type { Finding } from '../../../lib/domain/finding.ts';
import { parseVmId, region } from '../../../lib/domain/ids.ts';
import { evaluateVm } from '../../../lib/use-cases/evaluate-vm.ts';
import type { Evaluated } from '../../../lib/use-cases/evaluated.ts';
import type { Ports } from '../../../lib/use-cases/ports.ts';
import type { CountedCell } from '../../../lib/use-cases/run.ts';
import { sweepShard } from '../../../lib/use-cases/sweep-shard.ts';
import { TryAgainLater } from '../../../lib/use-cases/try-again-later.ts';
import type { Certificate } from '../../../local/azure/certificate.ts';
import { startSimulatedAzure } from '../../../local/azure/simulated-azure.ts';
import type { Estate, EstateResource } from '../../../local/estates/estate.ts';
import { estateSettings } from '../../../local/neighbourhood.ts';
import { vmIdsOf } from '../../end-to-end/support/estate-vms.ts';
import { newRun } from '../../ports/new-run.ts';
import { startTamperedAzure, type TamperedAzure } from './tampered-azure.ts';

/** What the service said of one VM. */
export interface Said {
  readonly verdict: Evaluated['verdict'] | 'tried again later' | 'gone';
  /** By rule; a sweep keeps only what failed or could not be told. */
  readonly findings: ReadonlyMap<string, Finding>;
}

/** The service with its real adapters, on an estate whose answers may be tampered with. It remembers nothing. */
export interface JudgedThrough {
  readonly azure: TamperedAzure;
  /** Ids of the VMs of the estate. */
  readonly vms: readonly string[];
  /** Judges one VM as on a request; what it throws is a defect. */
  request(vmId: string): Promise<Said>;
  /** Judges all VMs as in a sweep, by lower-cased id. */
  sweep(): Promise<ReadonlyMap<string, Said>>;
  stop(): Promise<void>;
}

const byRule = (findings: readonly Finding[]) => new Map(findings.map((finding) => [finding.rule, finding]));
const later: Said = { verdict: 'tried again later', findings: new Map() };

/** A storage in which every VM is new. */
function emptyStorage(written: Evaluated[], cells: readonly CountedCell[], vmsExpected: number) {
  const shard = { shardId: 'all', cells, vmsExpected };
  const run = newRun({ runId: 'run', state: 'running', shards: 1, vmsExpected });
  const evaluations: Ports['evaluations'] = {
    find: async () => undefined,
    findByKey: async () => undefined,
    headsOf: async () => new Map(),
    each: async function* () {},
    eachHead: async function* () {},
    page: async () => ({ rows: [] }),
    write: async () => true,
    async writeAll(rows) {
      written.push(...rows.map(({ value }) => value));
      return [];
    },
  };
  const transitions: Ports['transitions'] = {
    add: async () => undefined,
    of: async () => [],
    since: async () => ({ rows: [] }),
  };
  const postures: Ports['postures'] = {
    latest: async () => [],
    cells: async () => [],
    slices: async () => [],
    trend: async () => [],
    replace: async () => undefined,
    adjust: async () => undefined,
  };
  const runs: Ports['runs'] = {
    claim: async () => 'claimed',
    find: async () => run,
    newest: async () => [],
    plan: async () => undefined,
    queued: async () => undefined,
    shard: async () => shard,
    shards: async () => [shard],
    finishShard: async () => undefined,
    close: async () => undefined,
    noteResources: async () => undefined,
    resourceFindings: async () => [],
    noteSubscriptions: async () => undefined,
    subscriptionsOf: async () => [],
    standing: async () => new Map(),
    noteStanding: async () => undefined,
  };
  const queues: Ports['queues'] = {
    evaluate: async () => undefined,
    areEvaluationsMany: async () => false,
    sweepShard: async () => async () => undefined,
    protect: async () => undefined,
    takeSnapshot: async () => undefined,
    makeExport: async () => undefined,
    putAside: async () => undefined,
  };
  const exemptions: Ports['exemptions'] = {
    of: async () => [],
    all: async () => [],
    find: async () => undefined,
    write: async () => true,
    changesOf: async () => [],
  };
  return { evaluations, transitions, postures, runs, queues, exemptions };
}

/** Turns the one way in which the service gives up for now into an answer. */
async function orLater<T>(work: Promise<T>, instead: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TryAgainLater) {
      return instead;
    }
    throw error;
  }
}

/** Where VMs stand, and how many of them. */
function cellsOf(resources: readonly EstateResource[]): readonly CountedCell[] {
  const cells = resources.map(({ id, location = '' }) => ({
    subscriptionId: id.split('/')[2]?.toLowerCase() ?? '',
    region: region(location),
  }));
  const groups = Map.groupBy(cells, (cell) => `${cell.subscriptionId}|${cell.region}`);
  return [...groups.values()].flatMap((own) => own.slice(0, 1).map((cell) => ({ ...cell, vms: own.length })));
}

/** Starts an estate behind answers that can be tampered with. */
export async function judgedThrough(estate: Estate, certificate: Certificate): Promise<JudgedThrough> {
  const now = () => new Date(estate.now);
  const behind = await startSimulatedAzure({
    estate,
    certificate,
    now,
    lagMs: 0,
    resourceGraphQuota: 'off',
    armLimits: 'off',
  });
  const azure = await startTamperedAzure(behind.armUrl, certificate);
  const config = readConfig({
    SWEEP_SCHEDULE: '0 30 1 * * *',
    CHANGES_SCHEDULE: '0 15 * * * *',
    AzureWebJobsStorage__blobServiceUri: 'https://blob.invalid',
    AzureWebJobsStorage__queueServiceUri: 'https://queue.invalid',
    AzureWebJobsStorage__tableServiceUri: 'https://table.invalid',
    BACKSTOP_RESOURCE_MANAGER: azure.url,
    ...estateSettings(estate),
  });
  const vms = vmIdsOf(estate);
  const cells = cellsOf(estate.resources.filter(({ id }) => vms.includes(id.toLowerCase())));

  /** An app of its own for each judgement: nothing that was read before is there. */
  function ports(written: Evaluated[] = []): Ports {
    process.env['IDENTITY_ENDPOINT'] = behind.identityEndpoint;
    process.env['IDENTITY_HEADER'] = behind.identityHeader;
    const overrides = { clock: now, log: () => undefined, ...emptyStorage(written, cells, vms.length) };
    return createApp(config, overrides).ports;
  }

  async function judgeOne(vmId: string): Promise<Said> {
    const vm = parseVmId(vmId);
    if (!vm) throw new Error(`${vmId} is no VM`);
    const answer = await evaluateVm(ports(), config.judgement, { vm, trigger: 'request' });
    return answer.kind === 'evaluated'
      ? { verdict: answer.row.verdict, findings: byRule(answer.findings()) }
      : { verdict: 'gone', findings: new Map() };
  }

  async function judgeAll(): Promise<ReadonlyMap<string, Said>> {
    const written: Evaluated[] = [];
    const settings = { judgement: config.judgement, looksPerRun: vms.length };
    await sweepShard(ports(written), settings, { runId: 'run', shardId: 'all' });
    return new Map(
      written.map(({ vmId, verdict, findings }) => [vmId.toLowerCase(), { verdict, findings: byRule(findings) }]),
    );
  }

  return {
    azure,
    vms,
    request: (vmId) => orLater(judgeOne(vmId), later),
    sweep: () => orLater<ReadonlyMap<string, Said>>(judgeAll(), new Map()),
    async stop() {
      await azure.close();
      await behind.close();
    },
  };
}

import { expect } from 'vitest';

import type { JudgementSettings } from '../../lib/domain/settings.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { startSweep } from '../../lib/use-cases/start-sweep.ts';
import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import {
  configureJob,
  item,
  network,
  nic,
  nicId,
  otherSubscription,
  subscription,
  testEstate,
  vaultWithPolicy,
  vm,
  vmId,
} from '../contract/test-estate.ts';
import { serviceOfFile } from './service-of-file.ts';
import { sweep, sweepSettings, workOn } from './swept-estate.ts';

/** web1 is protected by the vault of its subscription, web2 is not. */
export const web = [vm('web1'), vm('web2'), ...vaultWithPolicy(), item('web1'), configureJob('web1')];
const moved = (each: EstateResource): EstateResource =>
  JSON.parse(JSON.stringify(each).replaceAll(subscription, otherSubscription));
/** A VM of the second subscription. */
export const far = moved(vm('far1'));
/** far1 stands in a network of its own subscription. */
export const apart = [far, ...[network(), nic(nicId('far1'), { virtualMachine: { id: vmId('far1') } })].map(moved)];

/** A shard for each subscription. */
export const settings = { ...sweepSettings, shardVms: 1 };
const minutesPerDay = 1440;

/** Estates to look for changes in, of the service of a test file. */
export async function changingEstates() {
  const { certificate, on, started } = await serviceOfFile();
  let day = 0;

  /** An estate in two subscriptions on a day of its own: runs of other tests in the same storage are long ago. */
  async function estateOn(resources: readonly EstateResource[] = [...web, ...apart]) {
    const own = await started(testEstate({ resources: [...resources] }));
    const [, { subscriptionId: otherId } = { subscriptionId: '' }] = own.estate.subscriptions;
    day += 1;
    own.clock.pass(day * minutesPerDay);
    const namesBySubscription = new Map([
      [own.subscriptionId, 'own'],
      [otherId, 'other'],
    ]);
    /** Which of the two subscriptions the shards of a run are about. */
    async function planned({ runId }: Run, { runs } = own.ports): Promise<readonly string[]> {
      const cells = (await runs.shards(runId)).flatMap((shard) => shard.cells);
      return [...new Set(cells.map(({ subscriptionId }) => namesBySubscription.get(subscriptionId) ?? subscriptionId))];
    }
    const writer = createAzureWriter(own.azure.armUrl, certificate);
    /** Changes the network of the first subscription. */
    async function editNetwork(): Promise<void> {
      const { resources: edited } = own.later(testEstate({ resources: [network({ defaultOutboundAccess: false })] }));
      for (const { id, location, properties } of edited) {
        await writer.put(id, { location, properties });
      }
    }
    return { ...own, otherId, planned, writer, editNetwork };
  }

  /** The same, swept an hour ago. */
  async function sweptOn(resources?: readonly EstateResource[]) {
    const own = await estateOn(resources);
    await sweep(own.ports, own.judgement, settings);
    own.clock.pass(60);
    return own;
  }

  return { on, estateOn, sweptOn };
}

/** Works through the shards of a run, as the queue would bring them. */
export async function finished(ports: Ports, judgement: JudgementSettings, { runId }: Run): Promise<Run> {
  for (const { shardId, report } of await ports.runs.shards(runId)) {
    if (!report) {
      await workOn(ports, judgement, { runId, shardId }, settings);
    }
  }
  const run = await ports.runs.find(runId);
  expect.assert(run);
  return run;
}

/** Wishes for a run about changes, as the timer does. */
export const startChanges = (ports: Ports) => startSweep(ports, settings, { kind: 'changes', trigger: 'timer' });

/** One whole run about changes. */
export async function judgeChanges(ports: Ports, judgement: JudgementSettings): Promise<Run> {
  const answer = await startChanges(ports);
  expect(answer.kind).toBe('started');
  return finished(ports, judgement, answer.run);
}

/** Of a run about changes that found none. */
export const nothingFound = { state: 'complete', changes: 0, shards: 0, judged: 0, gaps: [] };

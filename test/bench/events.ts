import { randomUUID } from 'node:crypto';

import { armId } from '../../lib/domain/ids.ts';
import { vmKeyOf } from '../../lib/use-cases/vm-key.ts';
import { type AzureWriter, createAzureWriter } from '../../local/demo/azure-writer.ts';
import type { Estate, EstateResource } from '../../local/estates/estate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { ownVms } from './changes.ts';
import type { EventFigures } from './figures.ts';
import { usageOf } from './measured-process.ts';
import { quantile } from './quantile.ts';
import { countRequests } from './request-kinds.ts';
import { settleSeconds } from './service-settings.ts';
import { writtenAt } from './stored-rows.ts';

const perSecond = 20;
/**
 * Azurite collects the garbage of its queues a minute after its start and every minute from then on, and answers nobody for
 * seconds: what is measured lies between the first and the second time.
 */
const warmUpSeconds = 75;
const seconds = 30;
/** Looking for the rows loads the storage, so it begins after the last event and is seldom. */
const lookEveryMs = 3_000;
const patienceMs = 90_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A VM that was created: its key in the table, and when it was asked for. */
interface Newborn {
  readonly vmKey: string;
  readonly createdAt: number;
}

/** Creates a VM like another one beside it. */
async function create(writer: AzureWriter, model: EstateResource, number: number, now: Date): Promise<Newborn> {
  const id = model.id.replace(/[^/]+$/, `vm-bench-${number}`);
  const { location, tags = {}, properties } = model;
  const born = { vmId: randomUUID(), timeCreated: now.toISOString(), provisioningState: 'Succeeded' };
  const createdAt = Date.now();
  await writer.put(id, { location, tags, properties: { ...properties, ...born } });
  return { vmKey: vmKeyOf(armId(id)), createdAt };
}

/** VMs to create others like, in turns from each subscription: ARM bounds reads and writes in each. */
function modelsIn(estate: Estate, count: number): readonly EstateResource[] {
  const groups = [...Map.groupBy(ownVms(estate), ({ id }) => id.split('/')[2]).values()];
  return Array.from({ length: count }, (_, number) => {
    const group = groups[number % groups.length] ?? [];
    return group[Math.floor(number / groups.length) % group.length];
  }).filter((vm) => vm !== undefined);
}

/** Creates VMs at a steady pace, whatever becomes of those before. */
function createAll(neighbourhood: Neighbourhood, estate: Estate): Promise<readonly Newborn[]> {
  const { azure, certificate, clock } = neighbourhood;
  const writer = createAzureWriter(azure.armUrl, certificate);
  const models = modelsIn(estate, (warmUpSeconds + seconds) * perSecond);
  return Promise.all(
    models.map(async (model, number) => {
      await pause((number * 1000) / perSecond);
      return create(writer, model, number, clock.now());
    }),
  );
}

/** When the rows of VMs were stored; those that never are, are missing when patience ends. */
async function awaitRows(
  neighbourhood: Neighbourhood,
  newborns: readonly Newborn[],
): Promise<ReadonlyMap<string, number>> {
  const end = performance.now() + patienceMs;
  for (;;) {
    await pause(lookEveryMs);
    const rows = await writtenAt(neighbourhood);
    if (performance.now() > end || newborns.every(({ vmKey }) => rows.has(vmKey))) {
      return rows;
    }
  }
}

/** VMs are created all over an estate, and Event Grid tells of each; the clock of the estate runs from then on. */
export async function measureEvents(
  neighbourhood: Neighbourhood,
  estate: Estate,
  quota: EventFigures['quota'],
): Promise<EventFigures> {
  neighbourhood.runClock();
  const { pid } = neighbourhood.host.child.process;
  const asked = neighbourhood.azure.requests.length;
  const before = await usageOf(pid);
  const newborns = await createAll(neighbourhood, estate);
  const rows = await awaitRows(neighbourhood, newborns);
  const after = await usageOf(pid);
  const measured = newborns.slice(warmUpSeconds * perSecond);
  const times = measured.map(
    ({ vmKey, createdAt }) => (rows.get(vmKey) ?? Number.POSITIVE_INFINITY) - createdAt - settleSeconds * 1000,
  );
  return {
    quota,
    events: measured.length,
    stored: times.filter(Number.isFinite).length,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    requests: countRequests(neighbourhood.azure.requests.slice(asked)),
  };
}

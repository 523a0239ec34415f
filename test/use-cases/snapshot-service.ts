import { randomUUID } from 'node:crypto';

import { DefaultAzureCredential } from '@azure/identity';

import { createBlobs } from '../../lib/azure/blobs.ts';
import { createEvaluations } from '../../lib/azure/evaluations-table.ts';
import { createEvidenceChain } from '../../lib/azure/evidence-chain-table.ts';
import { createRuns } from '../../lib/azure/runs-table.ts';
import { createTable } from '../../lib/azure/table.ts';
import type { Evidence } from '../../lib/use-cases/evidence-ports.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { testEstate } from '../contract/test-estate.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';
import { newRun } from '../ports/new-run.ts';
import { recording } from './recording.ts';
import type { serviceOfFile } from './service-of-file.ts';

/** A full sweep that ended. */
export const endedRun = (finishedAt: string): Run => newRun({ state: 'complete', finishedAt });

/** A service with rows, runs and evidence that no other test has, at an instant that the test may move. */
export async function snapshotService({ started }: Awaited<ReturnType<typeof serviceOfFile>>, now: string) {
  const { ports, config } = await started(testEstate({ resources: [] }));
  const { blobServiceUri, tableServiceUri } = config.storage;
  const connection = { credential: new DefaultAzureCredential() };
  const suffix = randomUUID().replaceAll('-', '');
  const table = (name: string) => createTable(tableServiceUri, `${name}${suffix}`, connection);
  /** As another process of the same service sees it. */
  const evidence = (): Evidence => ({
    blobs: createBlobs(blobServiceUri, `evidence-${suffix}`, connection),
    chain: createEvidenceChain(table('runs')),
  });
  const time = { now };
  const clock = () => new Date(time.now);
  const own: Ports = { ...ports, evaluations: createEvaluations(table('vms')), runs: createRuns(table('runs')), clock };
  return { ...recording(own), evidence, time };
}

/** Some VMs of two subscriptions, one of which is gone. */
export async function storeVms({ evaluations }: Ports): Promise<void> {
  const [a, b] = ['a', 'b'].map((letter) => `${letter}${randomUUID().slice(1)}`);
  for (const [subscriptionId = '', name] of [
    [b, 'vm1'],
    [a, 'vm2'],
    [a, 'vm3'],
  ] as const) {
    await evaluations.write({ value: evaluatedRow({ subscriptionId, name }) });
  }
  await evaluations.write({
    value: evaluatedRow({ subscriptionId: a ?? '', name: 'gone', goneAt: '2026-11-20T06:00:00.000Z' }),
  });
}

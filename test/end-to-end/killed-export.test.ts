import { once } from 'node:events';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { ExportStatus } from '../../lib/use-cases/show-export.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { openQueues } from './support/queues.ts';
import { bodyOf, patience, sweep } from './support/results.ts';

let neighbourhood: Neighbourhood;

beforeAll(async () => {
  neighbourhood = await startBuilt({
    estate: generateEstate({ vms: 12, seed: 5 }),
    simulated: { resourceGraphQuota: 'off' },
    faultyStorage: {},
    // A dead worker's messages come back after two seconds instead of ten minutes.
    queueLeaseSeconds: 2,
    settings: { AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:01' },
  });
  await sweep(neighbourhood);
});

afterAll(() => neighbourhood?.stop());

type Status = ExportStatus & { readonly file: string | null };

const statusOf = async (exportId: string) => bodyOf<Status>(await neighbourhood.call(`reports/exports/${exportId}`));

it('an export whose process is killed while it writes has no file, until the next one has written it', async () => {
  const { storageProxy } = neighbourhood;
  expect.assert(storageProxy);
  const writesBlock = /\/exports\/.*\.gz\b/;
  storageProxy.faults({ service: 'blob', method: 'PUT', url: writesBlock, trouble: { kind: 'late', ms: 600_000 } });
  const { exportId } = await bodyOf<Status>(await neighbourhood.call('reports/vms.json?async=true'));
  await expect.poll(() => storageProxy.hits.length, patience).toBeGreaterThan(0);

  expect(await statusOf(exportId)).toMatchObject({ state: 'running', file: null });
  expect((await neighbourhood.call(`reports/exports/${exportId}/file`)).status).toBe(409);
  const { process } = neighbourhood.host.child;
  process.kill('SIGKILL');
  await once(process, 'exit');
  storageProxy.heal();
  await neighbourhood.restartHost();

  await expect.poll(async () => (await statusOf(exportId)).state, patience).toBe('done');
  const answer = await neighbourhood.call(`reports/exports/${exportId}/file`);
  const report = await bodyOf<{ vms: object[]; trailer: object }>(answer);
  expect(report.vms).toHaveLength(12);
  expect(report.trailer).toMatchObject({ rows: 12, end: true });
});

it('a message that comes twice makes one file, which never changes', async () => {
  const { exportId } = await bodyOf<Status>(await neighbourhood.call('reports/vms.csv?async=true'));
  const queues = openQueues(neighbourhood);
  await queues.send('make-export', JSON.stringify({ exportId }));
  await expect.poll(async () => (await statusOf(exportId)).state, patience).toBe('done');
  const tagOf = async () => (await neighbourhood.call(`reports/exports/${exportId}/file`)).headers.get('etag');
  const tag = await tagOf();

  await queues.send('make-export', JSON.stringify({ exportId }));
  await expect.poll(() => queues.count('make-export'), patience).toBe(0);

  expect(await tagOf()).toBe(tag);
  expect(await queues.count('make-export-poison')).toBe(0);
});

import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createBulkRequests } from '../../lib/azure/bulk-requests-table.ts';
import { connect } from '../../lib/azure/connection.ts';
import { createQueues } from '../../lib/azure/queues.ts';
import { createTable } from '../../lib/azure/table.ts';
import type { BulkRequests } from '../../lib/use-cases/ports.ts';
import { type ServiceWithStorage, startServiceWithStorage } from './service-with-storage.ts';
import { estateNow, testEstate, vmId } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;

beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
  await service.on(testEstate(), () => new Date(estateNow));
});
afterAll(() => service.stop());

const connection = connect({ azure: { resourceManager: 'https://arm.invalid', audience: 'https://arm.invalid' } });

describe('bulk judgements', () => {
  /** One of several processes that share a storage account. */
  const inProcess = (): BulkRequests =>
    createBulkRequests(createTable(service.storage.tableServiceUri, 'runs', connection));
  test('of all who ask for a run, one opens it', async () => {
    const runId = randomUUID();
    const [a, b] = [randomUUID(), randomUUID()];
    const processes = [inProcess(), inProcess(), inProcess()];

    const answers = await Promise.all(
      processes.flatMap((each) => [a, b, a].map((subscriptionId) => each.ask(subscriptionId, runId))),
    );

    expect(answers.filter((answer) => answer === 'opened')).toHaveLength(1);
    expect((await inProcess().askedFor(runId)).toSorted()).toEqual([a, b].toSorted());
  });

  test('each run is one of its own', async () => {
    const bulk = inProcess();
    const [first, second] = [randomUUID(), randomUUID()];

    expect([await bulk.ask('a', first), await bulk.ask('a', second)]).toEqual(['opened', 'opened']);
    expect(await bulk.askedFor(randomUUID())).toEqual([]);
  });

  test('it is remembered when a subscription was judged', async () => {
    const [bulk, subscriptionId] = [inProcess(), randomUUID()];
    expect(await bulk.judgedAt(subscriptionId)).toBeUndefined();

    await bulk.noteJudged(subscriptionId, '2026-11-20T06:00:00.000Z');
    await bulk.noteJudged(subscriptionId, '2026-11-20T06:10:00.000Z');

    expect(await inProcess().judgedAt(subscriptionId)).toBe('2026-11-20T06:10:00.000Z');
  });
});

test('evaluations are many when 32 messages are due; those that are to come later do not count', async () => {
  const queues = () => createQueues(service.storage.queueServiceUri, connection);
  const { evaluate } = queues();
  const message = { vmId: vmId('web1'), change: 'written', changedAt: estateNow, eventId: 'e' } as const;
  const send = (count: number, seconds: number) =>
    Promise.all(Array.from({ length: count }, () => evaluate(message, seconds)));

  await send(40, 86_400);
  await send(31, 0);
  const few = await queues().areEvaluationsMany();
  await send(1, 0);
  const many = await queues().areEvaluationsMany();

  expect([few, many]).toEqual([false, true]);
});

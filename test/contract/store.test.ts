import { DefaultAzureCredential } from '@azure/identity';
import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Ports } from '../../lib/use-cases/ports.ts';
import { evaluationsSuite } from '../ports/evaluations.suite.ts';
import { exemptionsSuite } from '../ports/exemptions.suite.ts';
import { posturesSuite } from '../ports/postures.suite.ts';
import { runsSuite } from '../ports/runs.suite.ts';
import { transitionsSuite } from '../ports/transitions.suite.ts';
import { type ServiceWithStorage, startServiceWithStorage } from './service-with-storage.ts';
import { estateNow, testEstate } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;
let ports: Ports;

beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
  ({ ports } = await service.on(testEstate(), () => new Date(estateNow)));
});
afterAll(() => service.stop());

describe('evaluations in Table Storage', () => evaluationsSuite(() => ports.evaluations));
describe('transitions in Table Storage', () => transitionsSuite(() => ports.transitions));
describe('postures in Table Storage', () => posturesSuite(() => ports.postures));
describe('runs in Table Storage', () => runsSuite(() => ports.runs));

describe('exemptions in Table Storage', () => exemptionsSuite(() => ports.exemptions));

describe('queues', () => {
  const clientOf = (name: string) =>
    new QueueClient(`${service.storage.queueServiceUri}/${name}`, new DefaultAzureCredential());

  async function visibleIn(name: string): Promise<readonly string[]> {
    const { receivedMessageItems } = await clientOf(name).receiveMessages({ numberOfMessages: 32 });
    return receivedMessageItems.map(({ messageText }) => messageText);
  }

  const message = { vmId: '/vm', change: 'written', changedAt: estateNow, eventId: 'e' } as const;

  test('a message without a delay is there at once, as plain JSON', async () => {
    await ports.queues.evaluate(message, 0);
    await ports.queues.sweepShard({ runId: 'r', shardId: '0001' });

    expect(await visibleIn('evaluate-vm')).toEqual([JSON.stringify(message)]);
    expect(await visibleIn('sweep-shard')).toEqual(['{"runId":"r","shardId":"0001"}']);
  });

  test('a message with a delay is there and not to be seen yet', async () => {
    await ports.queues.evaluate({ ...message, eventId: 'later' }, 3600);

    expect(await visibleIn('evaluate-vm')).toEqual([]);
    expect((await clientOf('evaluate-vm').getProperties()).approximateMessagesCount).toBe(2);
  });

  test.each(['no JSON', '{"a":1}', '<a>&amp;</a> %25 \u00fc 🚀', ''])(
    'the text %j is put aside as it was',
    async (text) => {
      await ports.queues.putAside('protect-vm', text);

      expect(await visibleIn('protect-vm-poison')).toEqual([text]);
    },
  );
});

import { afterAll, beforeAll, expect, test } from 'vitest';

import { workOnEvaluation } from '../../lib/use-cases/work-queue.ts';
import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import { type ServiceWithStorage, startServiceWithStorage } from '../contract/service-with-storage.ts';
import { testEstate, vmId } from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { ownEstate, rowsByName, standingClock, sweep } from './swept-estate.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;

beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
});
afterAll(() => service.stop());

/** Resource Graph still shows what was there before the write when the sweep reads it. */
const lag = { lagMs: 3_600_000 };

/** web1 is exempted at 6:00; a sweep that does not see it comes so many minutes later. */
async function sweptAfterWrite(minutes: number) {
  const { estate, subscriptionId } = ownEstate(testEstate());
  const clock = standingClock();
  const { ports, judgement, azure } = await service.on(estate, clock.now, {}, lag);
  const id = vmId('web1', subscriptionId);
  const changedAt = clock.now().toISOString();
  await createAzureWriter(azure.armUrl, certificate.cert).patch(id, { tags: { 'backstop-exclude': 'true' } });
  clock.pass(minutes);
  await sweep(ports, judgement);
  clock.pass(1);
  const web1 = async () => (await rowsByName(ports, subscriptionId))['web1'];
  return { ports, judgement, web1, message: { vmId: id, change: 'written', changedAt, eventId: 'e' } };
}

test('an event is judged although a sweep came after its change: the sweep may not have seen it', async () => {
  const { ports, judgement, web1, message } = await sweptAfterWrite(1);
  const swept = await web1();
  expect(swept).toMatchObject({ verdict: 'protected', trigger: 'sweep' });
  expect(Date.parse(swept?.evidenceAt ?? '')).toBeGreaterThan(Date.parse(message.changedAt));

  await workOnEvaluation(ports, judgement, message);

  expect(await web1()).toMatchObject({ verdict: 'exempt', trigger: 'event' });
});

test('an event is left at that when a sweep came so late that Resource Graph has to show its change', async () => {
  const { ports, judgement, web1, message } = await sweptAfterWrite(6);
  const swept = await web1();

  await workOnEvaluation(ports, judgement, message);

  expect(await web1()).toEqual(swept);
});

test('a sweep that does not see the change yet leaves what an event saw of it', async () => {
  const { estate, subscriptionId } = ownEstate(testEstate());
  const clock = standingClock();
  const { ports, judgement, azure } = await service.on(estate, clock.now, {}, lag);
  const id = vmId('web1', subscriptionId);
  await createAzureWriter(azure.armUrl, certificate.cert).patch(id, { tags: { 'backstop-exclude': 'true' } });
  const message = { vmId: id, change: 'written', changedAt: clock.now().toISOString(), eventId: 'e' };
  await workOnEvaluation(ports, judgement, message);
  clock.pass(4);

  await sweep(ports, judgement);

  expect(await rowsByName(ports, subscriptionId)).toMatchObject({ web1: { verdict: 'exempt', trigger: 'event' } });
});

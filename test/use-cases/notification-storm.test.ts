import { afterAll, beforeAll, expect, test } from 'vitest';

import type { NotifierPorts } from '../../lib/use-cases/notification-ports.ts';
import { type ServiceWithStorage, startServiceWithStorage } from '../contract/service-with-storage.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { type Notified, notified } from './notified-service.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;
beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
});
afterAll(() => service.stop());

/** The numbers from one to another. */
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

/** So many VMs become blocked within seconds. */
async function storm({ become }: Notified, from: number, to: number): Promise<void> {
  for (const some of numbers(0, Math.ceil((to - from) / 20))) {
    const names = numbers(from + some * 20, Math.min(to, from + some * 20 + 20));
    await Promise.all(names.map((number) => become(`vm-${number}`, 'blocked')));
  }
}

const countsOf = ({ receiver }: Notified) =>
  receiver.events.map(({ type, data }) => (type === 'Backstop.Summary' ? Number(data['count']) : 1));
const sum = (counts: readonly number[]) => counts.reduce((all, each) => all + each, 0);

test('of 260 VMs that become blocked at once, 100 are announced singly, and all others in one summary', async () => {
  const own = await notified(service, { targets: ['webhook'] });
  await storm(own, 0, 260);

  await own.deliverFor(4);
  const atOnce = own.receiver.events.map(({ type }) => type);
  await own.deliverFor(30);

  expect(atOnce).toEqual(Array(100).fill('Backstop.VM.Blocked'));
  const [summary, ...more] = own.receiver.events.slice(100);
  expect(more).toEqual([]);
  expect(summary).toMatchObject({
    type: 'Backstop.Summary',
    subject: 'changes',
    data: { count: 160, kinds: { 'Backstop.VM.Blocked': 160 } },
  });
  expect(String(summary?.data['read'])).toMatch(/^reports\/changes\.json\?since=2026/);
  expect(own.receiver.requests).toHaveLength(2);
}, 60_000);

test('a few more than the cap are announced singly, a little later', async () => {
  const own = await notified(service, { targets: ['webhook'] });
  await storm(own, 0, 120);

  await own.deliverFor(4);
  const atOnce = own.receiver.events.length;
  await own.deliverFor(10);

  expect(atOnce).toBe(100);
  expect(own.receiver.events.map(({ type }) => type)).toEqual(Array(120).fill('Backstop.VM.Blocked'));
}, 60_000);

test('other news is not held up by a storm', async () => {
  const own = await notified(service, { targets: ['webhook'] });
  own.clock.pass(1);
  await own.due();
  // Two minutes before the digest of the next day.
  own.clock.pass(24 * 60 - 3);
  await storm(own, 0, 130);
  await own.deliverFor(2.5);

  await own.due();
  await own.deliverFor(0.2);

  const types = own.receiver.events.map(({ type }) => type);
  expect(types).toEqual([...Array(100).fill('Backstop.VM.Blocked'), 'Backstop.Digest']);
}, 60_000);

test('killed while a summary is counted, every change is told once: singly, or in a summary', async () => {
  const own = await notified(service, { targets: ['webhook'] });
  await storm(own, 0, 320);
  await own.deliverFor(4);
  await storm(own, 320, 330);
  let steps = 0;
  const { outbox } = own.notifier;
  const killed: NotifierPorts = {
    ...own.notifier,
    outbox: {
      ...outbox,
      async addToDraft(...counted) {
        steps += 1;
        if (steps === 3) throw new Error('killed');
        return outbox.addToDraft(...counted);
      },
    },
  };

  await expect(own.deliverFor(5, killed)).rejects.toThrow('killed');
  own.sent.push({ message: { target: 'webhook' }, at: own.clock.now().getTime() });
  await own.deliverFor(30);

  expect(sum(countsOf(own))).toBe(330);
}, 60_000);

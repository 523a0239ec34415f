import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { type AzureWriter, createAzureWriter } from '../../local/demo/azure-writer.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../local/webhook-receiver.ts';
import { startBuilt } from './support/built-app.ts';
import { allVms, patience, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 40, seed: 41, subscriptions: 2 });
let neighbourhood: Neighbourhood;
let receiver: WebhookReceiver;
let azure: AzureWriter;
const lines: string[] = [];

beforeAll(async () => {
  // The app goes by the time of the estate.
  receiver = await startWebhookReceiver({ now: () => neighbourhood.clock.now() });
  neighbourhood = await startBuilt({
    estate,
    simulated: { resourceGraphQuota: 'off', lagMs: 0 },
    topic: true,
    queueLeaseSeconds: 5,
    settings: { BACKSTOP_WEBHOOK_URL: receiver.url, BACKSTOP_WEBHOOK_SECRET: receiver.secret },
    onLog: (line) => lines.push(line),
  });
  azure = createAzureWriter(neighbourhood.azure.armUrl, neighbourhood.certificate);
});

afterAll(async () => {
  await neighbourhood?.stop();
  await receiver?.close();
});

/** Waits for longer than the notifier is woken after: five seconds. */
const soon = { ...patience, timeout: 30_000 } as const;

async function verdictOf(vmId: string): Promise<string | undefined> {
  const rows = await allVms(neighbourhood);
  return rows.find((row) => row.vmId.toLowerCase() === vmId.toLowerCase())?.verdict;
}

/** Exempts a VM by its tag and takes the tag away again: it becomes what it was. */
async function becomeAgain({ vmId, verdict }: Evaluated): Promise<void> {
  const tags = estate.resources.find(({ id }) => id.toLowerCase() === vmId.toLowerCase())?.tags ?? {};
  await azure.patch(vmId, { tags: { ...tags, 'backstop-exclude': 'true', 'backstop-exclude-until': '2099-12-31' } });
  await vi.waitUntil(async () => (await verdictOf(vmId)) === 'exempt', soon);
  await azure.patch(vmId, { tags });
  await vi.waitUntil(async () => (await verdictOf(vmId)) === verdict, soon);
}

async function blockedVms(): Promise<readonly Evaluated[]> {
  const rows = await allVms(neighbourhood);
  return rows.filter(({ verdict }) => verdict === 'blocked');
}

const vmEvents = (events: readonly { readonly type: string; readonly subject?: string | undefined }[]) =>
  events.filter(({ type }) => type.startsWith('Backstop.VM.')).map(({ type, subject }) => [type, subject]);

describe('the service with a topic and a webhook', () => {
  it('announces nothing of the first sweep of an estate', async () => {
    const { changed } = await sweep(neighbourhood);
    neighbourhood.runClock();

    expect(changed).toBe(40);
    expect(vmEvents(receiver.events)).toEqual([]);
    expect(vmEvents(neighbourhood.azure.topic.events)).toEqual([]);
  }, 100_000);

  it('announces a VM that becomes blocked, with one event at each target', async () => {
    const [vm] = await blockedVms();
    if (!vm) throw new Error('The estate has no blocked VM.');

    await becomeAgain(vm);
    const told = [['Backstop.VM.Blocked', vm.vmId]];
    await vi.waitUntil(() => vmEvents(receiver.events).length > 0, soon);
    await vi.waitUntil(() => vmEvents(neighbourhood.azure.topic.events).length > 0, soon);

    expect(vmEvents(receiver.events)).toEqual(told);
    expect(vmEvents(neighbourhood.azure.topic.events)).toEqual(told);
    expect(receiver.requests.map(({ status }) => status)).not.toContain(401);
    expect(receiver.events.at(-1)?.data).toMatchObject({ vmKey: vm.vmKey, from: 'exempt', to: 'blocked' });
  }, 100_000);

  it('loses nothing when it is killed while a target answers, and sends nothing but the same again', async () => {
    const [, vm] = await blockedVms();
    if (!vm) throw new Error('The estate has no second blocked VM.');
    const before = receiver.requests.length;
    const { process } = neighbourhood.host.child;
    const killed = once(process, 'exit');
    receiver.onRequest(() => process.kill('SIGKILL'));

    await becomeAgain(vm);
    await killed;
    receiver.onRequest(() => undefined);
    await neighbourhood.restartHost();
    // The turn to send that was left behind ends.
    await neighbourhood.advanceClock(3);
    await vi.waitUntil(() => receiver.requests.length > before + 1, soon);
    await vi.waitUntil(() => new Set(neighbourhood.azure.topic.events.map(({ id }) => id)).size > 1, soon);

    const requests = receiver.requests.slice(before);
    expect(new Set(requests.map(({ id }) => id)).size).toBe(1);
    expect(new Set(receiver.events.map(({ id }) => id)).size).toBe(vmEvents(receiver.events).length - 1);
    // The topic may have been sent to at the same moment: then it has got the same again, too.
    expect(new Set(neighbourhood.azure.topic.events.map(({ id }) => id)).size).toBe(2);
  }, 100_000);

  it('sends to the webhook while the topic is down, and to the topic when it is back', async () => {
    const [, , vm] = await blockedVms();
    if (!vm) throw new Error('The estate has no third blocked VM.');
    const { topic } = neighbourhood.azure;
    const before = topic.events.length;
    topic.faults({ path: /events/, status: 503 });

    await becomeAgain(vm);
    await vi.waitUntil(() => receiver.events.some(({ subject }) => subject === vm.vmId), soon);
    await vi.waitUntil(() => topic.requests.at(-1)?.status === 503, soon);
    const meanwhile = topic.events.length;
    topic.heal();
    await neighbourhood.advanceClock(1);
    await vi.waitUntil(() => topic.events.length > before, soon);

    expect(meanwhile).toBe(before);
    expect(topic.events.at(-1)?.subject).toBe(vm.vmId);
  }, 100_000);

  it('sends one digest however often the timer comes', async () => {
    await neighbourhood.advanceClock(24 * 60);
    const digests = () => receiver.events.filter(({ type }) => type === 'Backstop.Digest').length;

    for (const _ of [1, 2, 3]) neighbourhood.host.child.process.send({ kind: 'fireTimer', name: 'notify-due' });
    await vi.waitUntil(() => digests() > 0, soon);
    const answered = receiver.requests.length;
    neighbourhood.host.child.process.send({ kind: 'fireTimer', name: 'notify-due' });
    const [vm] = await blockedVms();
    if (vm) await becomeAgain(vm);
    await vi.waitUntil(() => receiver.requests.length > answered, soon);

    expect(digests()).toBe(1);
  }, 100_000);

  it('logs neither the secret nor what it sends', () => {
    expect(lines.some((line) => line.includes('Notifications were sent.'))).toBe(true);
    expect(lines.join('\n')).not.toContain(receiver.secret);
    expect(lines.join('\n')).not.toContain('specversion');
  }, 100_000);
});

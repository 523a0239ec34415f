import fc from 'fast-check';
import { expect, test } from 'vitest';

import { acceptVmEvent } from '../../lib/use-cases/accept-vm-event.ts';
import { workOnEvaluation } from '../../lib/use-cases/work-queue.ts';
import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import { testEstate, vaultWithPolicy, vm, vmId } from '../contract/test-estate.ts';
import { recording } from './recording.ts';
import { serviceOfFile } from './service-of-file.ts';
import { rowsByName, sweep } from './swept-estate.ts';

const { certificate, started } = await serviceOfFile();

const names = ['a', 'b', 'c'];
const settings = { settleSeconds: 20, subscriptions: [] };

/** A write of a VM, and what becomes of its event: it comes none, one or more times, each so many minutes later. */
const write = fc.record({
  name: fc.constantFrom(...names),
  /** Minutes between this write and the next one. */
  pause: fc.integer({ min: 0, max: 3 }),
  deliveries: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 3 }),
});

type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;

interface Delivery {
  readonly at: number;
  readonly work: () => Promise<void>;
}

/** VMs whose tag `owner` tells which write was the last one that Backstop saw. */
async function writtenEstate() {
  const own = await started(testEstate({ resources: [...names.map((name) => vm(name)), ...vaultWithPolicy()] }));
  const { ports, sent } = recording(own.ports);
  const azure = createAzureWriter(own.azure.armUrl, certificate);
  const idOf = (name: string) => vmId(name, own.subscriptionId);
  const eventOf = (name: string) => ({
    id: 'e',
    subject: idOf(name),
    eventType: 'Microsoft.Resources.ResourceWriteSuccess',
    eventTime: own.clock.now().toISOString(),
  });
  const owners = async () => {
    const rows = await rowsByName(own.ports, own.subscriptionId);
    return Object.fromEntries(names.map((name) => [name, rows[name]?.owner]));
  };
  return { ...own, ports, sent, writer: azure, idOf, eventOf, owners };
}

type WrittenEstate = Awaited<ReturnType<typeof writtenEstate>>;

/** Delivers what is due until an instant, in the order in which it is. */
async function deliverUntil(estate: WrittenEstate, waiting: Delivery[], until: number): Promise<void> {
  for (;;) {
    const [next] = waiting.toSorted((a, b) => a.at - b.at);
    if (!next || next.at > until) return;
    waiting.splice(waiting.indexOf(next), 1);
    estate.clock.pass(Math.max(0, next.at - estate.clock.now().getTime()) / 60_000);
    await next.work();
    queueUp(estate, waiting);
  }
}

/** What was sent to `evaluate-vm` is delivered when its time has come. */
function queueUp({ ports, judgement, sent, clock }: WrittenEstate, waiting: Delivery[]): void {
  for (const { message, seconds = 0 } of sent.splice(0)) {
    const at = clock.now().getTime() + seconds * 1000;
    waiting.push({ at, work: () => workOnEvaluation(ports, judgement, message) });
  }
}

/** Writes, lets the events come, and answers with the owners that the last writes have set. */
async function play(estate: WrittenEstate, writes: readonly Write[], run: string): Promise<Record<string, string>> {
  const last: Record<string, string> = {};
  const waiting: Delivery[] = [];
  for (const [number, { name, pause, deliveries }] of writes.entries()) {
    const owner = `${run}-${number}`;
    await estate.writer.patch(estate.idOf(name), { tags: { owner } });
    last[name] = owner;
    const event = estate.eventOf(name);
    const from = estate.clock.now().getTime();
    const work = () => acceptVmEvent(estate.ports, settings, event);
    waiting.push(...deliveries.map((minutes) => ({ at: from + minutes * 60_000, work })));
    await deliverUntil(estate, waiting, from + pause * 60_000);
    estate.clock.pass(Math.max(0, from + pause * 60_000 + 1 - estate.clock.now().getTime()) / 60_000);
  }
  await deliverUntil(estate, waiting, Number.POSITIVE_INFINITY);
  estate.clock.pass(1);
  return last;
}

const parameters = { numRuns: 12 } as const;

test('every VM is judged after its last write, whatever the order of events, however often they come', async () => {
  const estate = await writtenEstate();
  let run = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 6 }), async (writes) => {
      // One of the events of a last write comes; all others may be lost.
      const delivered = writes.map((each, number) =>
        writes.slice(number + 1).some(({ name }) => name === each.name)
          ? each
          : { ...each, deliveries: [...each.deliveries, 1] },
      );
      run += 1;
      const last = await play(estate, delivered, `all-${run}`);

      expect(await estate.owners()).toMatchObject(last);
    }),
    parameters,
  );
});

test('events that were lost are made up for by the next sweep, and none is undone by it', async () => {
  const estate = await writtenEstate();
  let run = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 6 }), async (writes) => {
      run += 1;
      const last = await play(estate, writes, `lost-${run}`);
      // A sweep leaves what an event saw in the last five minutes, as Resource Graph may not show it yet; a later one does not.
      estate.clock.pass(6);
      await sweep(estate.ports, estate.judgement);
      estate.sent.splice(0);

      expect(await estate.owners()).toMatchObject(last);
    }),
    parameters,
  );
});

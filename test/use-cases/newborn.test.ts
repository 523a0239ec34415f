import { describe, expect, test } from 'vitest';

import { evaluateVm } from '../../lib/use-cases/evaluate-vm.ts';
import { type JudgedNewborn, scheduleNextCheck } from '../../lib/use-cases/schedule-check.ts';
import { workOnEvaluation } from '../../lib/use-cases/work-queue.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { instanceView, testEstate, vaultWithPolicy, vm, vmId, vmProperties } from '../contract/test-estate.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';
import { recording, type Sent } from './recording.ts';
import { serviceOfFile } from './service-of-file.ts';
import { rowsByName, sweep } from './swept-estate.ts';

const { on, started } = await serviceOfFile();

const born = '2026-11-20T06:00:00.000Z';
const minutesAfter = (minutes: number) => new Date(Date.parse(born) + minutes * 60_000).toISOString();

/** An estate with a VM that was just created; its agent is silent unless it is told otherwise. */
function withNewborn(change: Partial<EstateResource> = {}, timeCreated: string | undefined = born) {
  const { timeCreated: _old, ...properties } = vmProperties('young');
  const created = timeCreated ? { timeCreated } : {};
  const { vmAgent: _silent, ...silent } = instanceView();
  const young = vm('young', { properties: { ...properties, ...created }, instanceView: silent, ...change });
  return testEstate({ resources: [young, vm('old'), ...vaultWithPolicy()] });
}

async function startedWith(estate = withNewborn()) {
  const own = await started(estate);
  const recorded = recording(own.ports);
  const id = vmId('young', own.subscriptionId);
  const event = { vmId: id, change: 'written', changedAt: born, eventId: 'e' } as const;
  return { ...own, ...recorded, id, event };
}

function checksAt(sent: readonly Sent[]): readonly unknown[] {
  return sent.map(({ message }) => (message as { checkAt?: string }).checkAt);
}

describe('a newborn VM', () => {
  test('is looked at again at 2, 10, 30 minutes and 24 hours while its agent is silent', async () => {
    const { ports, judgement, sent, event, clock, subscriptionId } = await startedWith();
    clock.pass(0.5);
    await workOnEvaluation(ports, judgement, event);
    const verdicts: (string | undefined)[] = [];

    for (const minutes of [2, 10, 30, 1440]) {
      const next = sent.at(-1);
      expect(next).toMatchObject({ message: { checkAt: minutesAfter(minutes), bornAt: born } });
      clock.pass(Math.ceil(next?.seconds ?? 0) / 60);
      await workOnEvaluation(ports, judgement, next?.message);
      const { young } = await rowsByName(ports, subscriptionId);
      expect(young?.evidenceAt).toBe(minutesAfter(minutes));
      verdicts.push(young?.failing.find((rule) => rule === 'agent-ready'));
    }

    expect(checksAt(sent)).toEqual([2, 10, 30, 1440].map(minutesAfter));
    expect(verdicts).toEqual([undefined, undefined, 'agent-ready', 'agent-ready']);
  });

  test('is left alone when two looks said the same and none was too early', async () => {
    const time = '2026-11-20T06:12:00Z';
    const vmAgent = { vmAgentVersion: '2.14.0.1', statuses: [{ code: 'ProvisioningState/succeeded', time }] };
    const view = { ...instanceView(), vmAgent };
    const { ports, judgement, sent, event, clock } = await startedWith(withNewborn({ instanceView: view }));
    clock.pass(20);
    await workOnEvaluation(ports, judgement, event);
    clock.pass(10);

    await workOnEvaluation(ports, judgement, sent.at(-1)?.message);

    expect(checksAt(sent)).toEqual([minutesAfter(30)]);
  });

  test('is looked at once however often and in whatever order its messages come', async () => {
    const { ports, judgement, sent, event, clock } = await startedWith();
    clock.pass(0.5);
    await workOnEvaluation(ports, judgement, event);
    clock.pass(0.5);
    await workOnEvaluation(ports, judgement, { ...event, changedAt: minutesAfter(0.9) });
    const [first, second] = sent.map(({ message }) => message);
    expect(second).toEqual(first);
    clock.pass(1);

    await Promise.all([first, second, first, first].map((message) => workOnEvaluation(ports, judgement, message)));
    await workOnEvaluation(ports, judgement, first);

    // Those that came together may each have asked for the next look; that one is due at the same instant.
    const next = sent.slice(2);
    expect(new Set(checksAt(next))).toEqual(new Set([minutesAfter(10)]));
    clock.pass(8);
    const before = sent.length;
    for (const { message } of next) {
      await workOnEvaluation(ports, judgement, message);
    }
    expect(checksAt(sent.slice(before))).toEqual([minutesAfter(30)]);
  });

  test('whose age Azure does not tell is looked at again from its first sight on', async () => {
    const { ports, judgement, sent, event, clock } = await startedWith(withNewborn({}, ''));
    clock.pass(7);
    await workOnEvaluation(ports, judgement, event);
    clock.pass(2);

    await workOnEvaluation(ports, judgement, sent.at(-1)?.message);

    expect(checksAt(sent)).toEqual([minutesAfter(9)]);
    expect(sent[0]).toMatchObject({ message: { bornAt: minutesAfter(7) }, seconds: 120 });
  });

  test('that is gone when it is to be looked at again is retired, and that is the end', async () => {
    const { ports, judgement, sent, event, clock, later, subscriptionId } = await startedWith();
    clock.pass(0.5);
    await workOnEvaluation(ports, judgement, event);
    const { ports: without } = await on(later(testEstate({ resources: [vm('old')] })), clock.now);
    clock.pass(1.5);

    await workOnEvaluation({ ...without, queues: ports.queues }, judgement, sent.at(-1)?.message);

    expect(sent).toHaveLength(1);
    expect((await rowsByName(ports, subscriptionId))['young']?.goneAt).toBe(minutesAfter(2));
  });

  test('that a request found first is looked at again as well', async () => {
    const { ports, judgement, sent, addressOf, clock } = await withAddress();
    clock.pass(1);

    await evaluateVm(ports, judgement, { vm: addressOf, trigger: 'request' });

    expect(sent).toEqual([
      {
        queue: 'evaluate-vm',
        message: { vmId: addressOf.id, checkAt: minutesAfter(2), bornAt: born },
        seconds: 60,
      },
    ]);
  });
});

async function withAddress() {
  const own = await startedWith();
  const { id, subscriptionId } = own;
  const key = id.toLowerCase() as Parameters<typeof evaluateVm>[2]['vm']['key'];
  return { ...own, addressOf: { id, key, subscriptionId, resourceGroup: 'RG-Shop', name: 'young' } };
}

test('a VM that is older than a day is not looked at again', async () => {
  const { ports, judgement, sent, event, subscriptionId } = await startedWith();

  await workOnEvaluation(ports, judgement, { ...event, vmId: vmId('old', subscriptionId) });

  expect(sent).toEqual([]);
  expect(await rowsByName(ports, subscriptionId)).toHaveProperty('old');
});

test('a VM whose event was lost is looked at again from the sweep on that finds it', async () => {
  const { ports, judgement, sent, clock, id } = await startedWith();
  clock.pass(15);

  await sweep(ports, judgement);

  expect(sent.filter(({ queue }) => queue === 'evaluate-vm')).toEqual([
    { queue: 'evaluate-vm', message: { vmId: id, checkAt: minutesAfter(30), bornAt: born }, seconds: 900 },
  ]);
});

describe('a sweep that finds a VM', () => {
  const row = evaluatedRow({ subscriptionId: 's', name: 'young' });
  const now = new Date(minutesAfter(15));
  const scheduled = async (change: Partial<JudgedNewborn>) => {
    const { ports, sent } = recording({ clock: () => now } as Parameters<typeof recording>[0]);
    await scheduleNextCheck(ports, { judged: { row }, now, stored: undefined, timeCreated: undefined, ...change });
    return checksAt(sent);
  };

  test.each([
    ['newborn and new: at its next time', { timeCreated: born }, [minutesAfter(30)]],
    ['newborn and changed', { timeCreated: born, stored: { ...row, verdict: 'at-risk' } }, [minutesAfter(30)]],
    ['newborn and as it was: no more', { timeCreated: born, stored: row }, []],
    [
      'newborn, whose name another one had',
      { timeCreated: born, stored: { ...row, instanceId: 'x' } },
      [minutesAfter(30)],
    ],
    ['of unknown age: not at all', {}, []],
    ['long there: not at all', { timeCreated: '2026-01-01T00:00:00Z' }, []],
  ] as const)('%s', async (_, change, checks) => {
    expect(await scheduled(change)).toEqual(checks);
  });
});

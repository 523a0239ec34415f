import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Attempt } from '../../lib/domain/attempt.ts';
import { type ServiceWithStorage, startServiceWithStorage } from '../contract/service-with-storage.ts';
import { testEstate, vaultWithPolicy, vm } from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { type NotifiedOptions, notified } from './notified-service.ts';
import { sweep } from './swept-estate.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;
beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
});
afterAll(() => service.stop());

const started = (options?: NotifiedOptions) => notified(service, options);
const estate = () => testEstate({ resources: [...['a', 'b', 'c'].map((name) => vm(name)), ...vaultWithPolicy()] });

describe('sweeps', () => {
  // The first of the file: sweeps after it miss the subscriptions of those before.
  test('that could not see everything are announced, and the first that can again', async () => {
    const own = await started({ estate: estate() });
    await sweep(own.ports, own.judgement);
    own.azure.loseAccess(own.subscriptionId);
    own.clock.pass(60);
    const blind = await sweep(own.ports, own.judgement);
    own.azure.heal();
    own.clock.pass(60);
    const seeing = await sweep(own.ports, own.judgement);
    own.clock.pass(60);
    await sweep(own.ports, own.judgement);

    await own.deliverFor(1);

    const ofSweeps = own.receiver.events.filter(({ type }) => type.startsWith('Backstop.Sweep.'));
    expect(ofSweeps.map(({ type, subject }) => [type, subject])).toEqual([
      ['Backstop.Sweep.Incomplete', blind.runId],
      ['Backstop.Sweep.CompleteAgain', seeing.runId],
    ]);
    expect(ofSweeps[0]?.data).toMatchObject({ state: blind.state, runId: blind.runId });
  });

  test('announce nothing of the first sight of VMs, and what changed from then on', async () => {
    const own = await started({ estate: testEstate({ resources: ['a', 'b', 'c'].map((name) => vm(name)) }) });
    await sweep(own.ports, own.judgement);
    await own.deliverFor(30);
    const baseline = own.receiver.events.filter(({ type }) => type.startsWith('Backstop.VM.'));
    const rows = [...(await own.ports.evaluations.headsOf(own.subscriptionId)).values()];
    const stored = await own.ports.evaluations.find(own.subscriptionId, rows[0]?.value.vmKey ?? '');
    if (!stored) throw new Error('There is no row.');
    await own.ports.evaluations.write({
      ...stored,
      value: { ...stored.value, verdict: 'protected', fingerprint: 'x' },
    });
    own.clock.pass(60);

    await sweep(own.ports, own.judgement);
    await own.deliverFor(30);

    expect(rows.map(({ value }) => value.verdict)).toEqual(['blocked', 'blocked', 'blocked']);
    expect(baseline).toEqual([]);
    const changes = own.receiver.events.filter(({ type }) => type.startsWith('Backstop.VM.'));
    expect(changes.map(({ type, subject }) => [type, subject])).toEqual([['Backstop.VM.Blocked', stored.value.vmId]]);
    expect(own.topic.events.map(({ id }) => id)).toEqual(own.receiver.events.map(({ id }) => id));
  });
});

describe('attempts to protect a VM', () => {
  const attemptOf = (vmKey: string, change: Partial<Attempt>): Attempt =>
    ({
      vmKey,
      number: 1,
      vmId: `/subscriptions/s/vms/${vmKey}`,
      name: 'db',
      subscriptionId: 's',
      instanceId: 'i',
      plan: { planId: 'p', action: 'enable', vault: { id: '/v' }, policy: { id: '/p' } },
      state: 'claimed',
      claimedAt: '2026-11-20T06:00:00.000Z',
      changedAt: '2026-11-20T06:00:00.000Z',
      ...change,
    }) as Attempt;

  test.each([
    ['enabled', ['Backstop.Protection.Done']],
    ['failed', ['Backstop.Protection.Failed']],
    ['abandoned', ['Backstop.Protection.Failed']],
    ['refused', []],
  ] as const)('that are %s at the end are announced as %j, once', async (state, types) => {
    const own = await started();
    const vmKey = `k${state}`;
    await own.protections.claim(attemptOf(vmKey, {}));
    const [claimed] = await own.protections.of(vmKey);
    if (!claimed) throw new Error('It is not stored.');
    const following = await own.protections.save({ ...claimed, value: { ...claimed.value, state: 'following' } });
    await own.deliverFor(1);
    const before = own.receiver.events.length;
    if (!following) throw new Error('It was not saved.');
    const ended = { ...following.value, state, outcome: { code: 'Code', message: 'What Azure said.' } };
    await own.protections.save({ ...following, value: ended });
    await own.protections.save({ ...following, value: ended });

    await own.deliverFor(30);

    expect(before).toBe(0);
    expect(own.receiver.events.map(({ type }) => type)).toEqual(types);
    expect(own.topic.events.map(({ type }) => type)).toEqual(types);
  });
});

describe('without a target', () => {
  test('nothing is noted, and nothing is made', async () => {
    const own = await started({ targets: [] });
    await own.become('db', 'blocked');
    await sweep(own.ports, own.judgement);
    await own.due();

    expect(own.sent).toEqual([]);
    expect(own.notifier.targets.size).toBe(0);
    expect(await own.tables()).not.toContain(own.tableName);
  });
});

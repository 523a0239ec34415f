import { describe, expect, test } from 'vitest';

import { listExemptions, showExemption } from '../../lib/use-cases/list-exemptions.ts';
import { listImportedExemptions } from '../../lib/use-cases/list-imported-exemptions.ts';
import { changeExemption, createExemption, endExemption } from '../../lib/use-cases/register-exemption.ts';
import { reportPosture } from '../../lib/use-cases/report-posture.ts';
import { workOnEvaluation } from '../../lib/use-cases/work-queue.ts';
import { testEstate, vaultWithPolicy, vm, vmId } from '../contract/test-estate.ts';
import { recording, type Sent } from './recording.ts';
import { serviceOfFile } from './service-of-file.ts';
import { rowsByName, sweep } from './swept-estate.ts';

const service = await serviceOfFile();
const settings = { maxDays: 365, noticeDays: 14 };
const inADay = '2026-11-21T06:00:00.000Z';
const inTwoMonths = '2027-01-20T06:00:00.000Z';
const words = {
  owner: 'team-shop',
  reason: 'Rebuilt every night.',
  category: 'mitigated',
  until: inTwoMonths,
} as const;

/** A swept estate with two unprotected VMs; messages are delivered by the test, when they are due. */
async function started(resources = [vm('web1'), vm('web2'), ...vaultWithPolicy()]) {
  const own = await service.started(testEstate({ resources }));
  await sweep(own.ports, own.judgement);
  const { ports, sent } = recording(own.ports);
  own.clock.pass(10);
  const group = `/subscriptions/${own.subscriptionId}/resourceGroups/rg-shop`;
  const id = (name: string) => vmId(name, own.subscriptionId);

  /** Delivers what is due after some minutes. */
  async function deliver(minutes = 0): Promise<readonly Sent[]> {
    own.clock.pass(minutes + 1 / 60);
    const due = sent.splice(0);
    for (const { message } of due) {
      await workOnEvaluation(ports, own.judgement, message);
    }
    return due;
  }
  const create = (scope: string, change: Partial<typeof words> | object = {}) =>
    createExemption(ports, settings, { scope, ...words, ...change }, 'Ada');
  async function made(scope: string, change: object = {}) {
    const answer = await create(scope, change);
    expect.assert(answer.kind === 'written', JSON.stringify(answer));
    return answer.exemption;
  }
  const verdicts = async () => {
    const { web1, web2 } = await rowsByName(ports, own.subscriptionId);
    return [web1?.verdict, web2?.verdict];
  };
  return { ...own, ports, sent, id, group, deliver, create, made, verdicts };
}

describe('an exemption that is made', () => {
  test('exempts its VM within seconds, and the row says by what', async () => {
    const { made, id, deliver, verdicts, ports, subscriptionId } = await started();

    const exemption = await made(id('web1'));
    await deliver();

    expect(await verdicts()).toEqual(['exempt', 'protectable']);
    const { web1 } = await rowsByName(ports, subscriptionId);
    expect(web1?.exemption).toEqual({
      origin: 'register',
      name: exemption.exemptionId,
      until: inTwoMonths,
      endsAt: inTwoMonths,
      reason: words.reason,
      owner: 'team-shop',
    });
  });

  test.each(['group', 'subscription'])('exempts all VMs of a %s, in whatever case it is written', async (what) => {
    const { made, group, deliver, verdicts, subscriptionId } = await started();

    await made(what === 'group' ? group.toUpperCase() : `/subscriptions/${subscriptionId}`);
    const due = await deliver();

    expect(due).toHaveLength(2);
    expect(await verdicts()).toEqual(['exempt', 'exempt']);
  });

  test('holds in sweeps as well', async () => {
    const own = await started();
    await own.made(own.group);

    await sweep(own.ports, own.judgement);

    expect(await own.verdicts()).toEqual(['exempt', 'exempt']);
  });

  test('reopens its VM at the moment at which it ends', async () => {
    const { made, id, deliver, verdicts, sent } = await started();
    await made(id('web1'), { until: inADay });
    await deliver();
    expect(await verdicts()).toEqual(['exempt', 'protectable']);
    const [end] = sent;
    expect(end?.message).toMatchObject({ vmId: id('web1'), changedAt: inADay });

    await deliver((end?.seconds ?? 0) / 60);

    expect(await verdicts()).toEqual(['protectable', 'protectable']);
  });

  test('is waited for by the sweep before its end, when it was made long ago', async () => {
    const own = await started();
    await own.made(own.id('web1'), { until: '2026-11-25T06:00:00.000Z' });
    expect((await own.deliver()).length).toBe(1);
    expect(own.sent).toEqual([]);
    own.clock.pass(4 * 24 * 60);

    await sweep(own.ports, own.judgement);

    expect(own.sent.filter(({ queue }) => queue === 'evaluate-vm').map(({ message }) => message)).toMatchObject([
      { vmId: own.id('web1'), changedAt: '2026-11-25T06:00:00.000Z' },
    ]);
  });
});

describe('an exemption is not made', () => {
  test.each([
    ['for what is no scope', 'web1', {}, { kind: 'wrong', parameter: 'scope' }],
    [
      'without VMs that are known',
      '/subscriptions/0c2f8a11-0000-4f0e-9a53-6f1d7f5f0001',
      {},
      { kind: 'wrong', parameter: 'scope' },
    ],
    [
      'with an end that has passed',
      'web1-id',
      { until: '2026-11-20T06:00:00.000Z' },
      { kind: 'wrong', parameter: 'until' },
    ],
    [
      'for longer than is allowed',
      'web1-id',
      { until: '2028-01-01T00:00:00.000Z' },
      { kind: 'wrong', why: 'at most 365 days from now' },
    ],
  ])('%s', async (_, scope, change, expected) => {
    const { create, id, ports, sent } = await started();

    expect(await create(scope === 'web1-id' ? id('web1') : scope, change)).toMatchObject(expected);

    expect(await ports.exemptions.of([id('web1').split('/')[2] ?? ''])).toEqual([]);
    expect(sent).toEqual([]);
  });

  test('where one is in force for the same scope: that one is named', async () => {
    const { create, made, id } = await started();
    const { exemptionId } = await made(id('web1'));

    expect(await create(id('WEB1'))).toMatchObject({ kind: 'conflict', why: expect.stringContaining(exemptionId) });
    expect(await create(id('web2'))).toMatchObject({ kind: 'written' });
  });
});

describe('an exemption that is changed', () => {
  test('holds for longer, and keeps what was said before with who said it', async () => {
    const { made, id, deliver, ports } = await started();
    const { exemptionId } = await made(id('web1'), { until: inADay });
    await deliver();

    const answer = await changeExemption(ports, settings, exemptionId, { until: inTwoMonths, ticket: 'CHG-1' }, 'Bob');

    expect(answer).toMatchObject({
      kind: 'written',
      vms: 1,
      exemption: { until: inTwoMonths, changedBy: 'Bob', revision: 2 },
    });
    expect(await showExemption(ports, 14, exemptionId)).toMatchObject({
      exemption: { origin: 'register', state: 'valid', ticket: 'CHG-1', createdBy: 'Ada' },
      changes: [
        { what: 'changed', by: 'Bob', exemption: { until: inTwoMonths } },
        { what: 'created', by: 'Ada', exemption: { until: inADay } },
      ],
    });
  });

  test('comes into force again when it had expired', async () => {
    const { made, id, deliver, verdicts, ports, clock } = await started();
    const { exemptionId } = await made(id('web1'), { until: inADay });
    clock.pass(2 * 24 * 60);

    await changeExemption(ports, settings, exemptionId, { until: inTwoMonths }, 'Ada');
    await deliver();

    expect(await verdicts()).toEqual(['exempt', 'protectable']);
  });

  test('is not found under another id, and not after its end by somebody', async () => {
    const { made, id, ports } = await started();
    const { exemptionId } = await made(id('web1'));
    await endExemption(ports, exemptionId, 'No longer needed.', 'Ada');

    expect(await changeExemption(ports, settings, 'nothing', { owner: 'x' }, 'Ada')).toEqual({ kind: 'not-found' });
    expect(await changeExemption(ports, settings, exemptionId, { owner: 'x' }, 'Ada')).toMatchObject({
      kind: 'conflict',
    });
  });
});

test('an exemption that somebody ends no longer holds, and why is kept', async () => {
  const { made, id, deliver, verdicts, ports } = await started();
  const { exemptionId } = await made(id('web1'));
  await deliver();

  await endExemption(ports, exemptionId, 'The VM holds data now.', 'Bob');
  await deliver();

  expect(await verdicts()).toEqual(['protectable', 'protectable']);
  expect(await showExemption(ports, 14, exemptionId)).toMatchObject({
    exemption: { state: 'ended' },
    changes: [{ what: 'ended', by: 'Bob', why: 'The VM holds data now.' }, { what: 'created' }],
  });
  expect(await endExemption(ports, exemptionId, 'Again.', 'Bob')).toMatchObject({ kind: 'written', vms: 0 });
});

describe('the list of exemptions', () => {
  test('tells those that end first before the others, page by page', async () => {
    const { made, id, ports, group } = await started();
    const late = await made(id('web1'));
    const soon = await made(id('web2'), { until: inADay });
    const middle = await made(group, { until: '2026-12-24T00:00:00.000Z' });
    const first = await listExemptions(ports, 14, { scope: group }, 2, undefined);

    const second = await listExemptions(ports, 14, { scope: group }, 2, first.next ?? '');

    const idsOf = ({ exemptions }: typeof first) => exemptions.map(({ exemptionId }) => exemptionId);
    expect([idsOf(first), idsOf(second), second.next]).toEqual([
      [soon.exemptionId, middle.exemptionId],
      [late.exemptionId],
      null,
    ]);
    expect(first.exemptions.map(({ state }) => state)).toEqual(['expiring', 'valid']);
  });

  test('is narrowed by state and by what it covers', async () => {
    const { made, id, ports, group } = await started();
    const own = await made(id('web1'), { until: inADay });
    const ofGroup = await made(group);
    const list = async (filter: object) =>
      (await listExemptions(ports, 14, { scope: group, ...filter }, 9, undefined)).exemptions.map(
        ({ exemptionId }) => exemptionId,
      );

    expect(await list({ scope: id('web1') })).toEqual([own.exemptionId, ofGroup.exemptionId]);
    expect(await list({ scope: id('web2') })).toEqual([ofGroup.exemptionId]);
    expect(await list({ state: 'expiring' })).toEqual([own.exemptionId]);
    expect(await list({ state: 'ended' })).toEqual([]);
  });

  test('refuses the cursor of another list', async () => {
    const { made, id, ports, group } = await started();
    await made(id('web1'));
    await made(id('web2'));
    const { next } = await listExemptions(ports, 14, { scope: group }, 1, undefined);

    await expect(listExemptions(ports, 14, {}, 1, next ?? '')).rejects.toThrow('other filters');
  });

  test('names VMs that are exempt by a tag, with the tag and its end', async () => {
    const tags = { 'backstop-exclude': 'true', 'backstop-exclude-until': '2026-11-24' };
    const { ports, made, id } = await started([vm('web1', { tags }), vm('web2'), ...vaultWithPolicy()]);
    await made(id('web2'));

    const { exemptions } = await listImportedExemptions(ports, 14, { origin: 'tag' }, 500, undefined);

    expect(exemptions.filter(({ vmId }) => vmId === id('web1'))).toMatchObject([
      { origin: 'tag', name: 'backstop-exclude=true', until: '2026-11-24', vmName: 'web1', state: 'expiring' },
    ]);
    expect(exemptions.some(({ vmId }) => vmId === id('web2'))).toBe(false);
  });
});

test('the posture tells how many exemptions hold, and how many VMs will be open soon', async () => {
  const own = await started();
  await own.made(own.id('web1'), { until: inADay });
  await own.made(own.id('web2'));
  await own.deliver();

  const posture = await reportPosture(own.ports, { subscription: own.subscriptionId, noticeDays: 14 });
  const before = await reportPosture(own.ports, {
    subscription: own.subscriptionId,
    noticeDays: 14,
    day: '2026-11-01',
  });

  expect(posture).toMatchObject({
    verdicts: { exempt: 2 },
    exemptions: { valid: 1, expiring: 1, expired: 0 },
    expiringVms: 1,
  });
  expect(before).toMatchObject({ vms: 0, expiringVms: 0 });
  expect(before.exemptions).toBeUndefined();
});

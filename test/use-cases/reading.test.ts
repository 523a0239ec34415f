import { describe, expect, test } from 'vitest';

import { checkHealth } from '../../lib/use-cases/check-health.ts';
import { WrongCursor } from '../../lib/use-cases/cursor.ts';
import { listSweeps } from '../../lib/use-cases/list-sweeps.ts';
import { listVms } from '../../lib/use-cases/list-vms.ts';
import { reportPosture } from '../../lib/use-cases/report-posture.ts';
import {
  item,
  otherSubscription,
  subscription,
  testEstate,
  vaultId,
  vaultWithPolicy,
  vm,
} from '../contract/test-estate.ts';
import { serviceOfFile } from './service-of-file.ts';
import { ownEstate, standingClock, start, sweep, workOn } from './swept-estate.ts';

const { on } = await serviceOfFile();

let seconds = 0;

/** Each a second later than the one before: the sweeps of all tests share one list, newest first. */
async function started(estate = testEstate()) {
  const own = ownEstate(estate);
  const clock = standingClock();
  seconds += 1;
  clock.pass(seconds / 60);
  return { ...own, clock, ...(await on(own.estate, clock.now)) };
}

describe('the posture', () => {
  test('before the first sweep says that there was none', async () => {
    const { ports } = await started();
    const runs = { ...ports.runs, newest: async () => [] };

    const report = await reportPosture({ ...ports, runs }, { subscription: 'nobody' });

    expect(report).toMatchObject({ vms: 0, completeness: { state: 'never-swept', complete: false, runId: null } });
    expect(Object.values(report.verdicts)).toEqual(Array.from({ length: 8 }, () => 0));
  });

  test('sums the cells of its scope, in words of our own and of Azure Policy, and tells its age', async () => {
    const resources = [
      vm('web1'),
      vm('web2'),
      vm('far', { location: 'northeurope' }),
      ...vaultWithPolicy(),
      item('web1'),
    ];
    const { ports, judgement, subscriptionId, clock } = await started(testEstate({ resources }));
    const run = await sweep(ports, judgement);
    clock.pass(90);

    const whole = await reportPosture(ports, { subscription: subscriptionId });
    const part = await reportPosture(ports, { subscription: subscriptionId, region: 'northeurope' });

    expect(whole).toMatchObject({
      vms: 3,
      verdicts: { protected: 1, protectable: 1, blocked: 1, exempt: 0 },
      compliance: { Compliant: 1, NonCompliant: 2, Exempt: 0, Unknown: 0 },
      regions: { westeurope: 2, northeurope: 1 },
      owners: { shop: 3 },
      subscriptions: { [subscriptionId]: 3 },
      completeness: { runId: run.runId, complete: true, ageHours: 1.5, vmsExpected: 3 },
    });
    expect(part).toMatchObject({ vms: 1, scope: `${subscriptionId} / northeurope`, verdicts: { blocked: 1 } });
  });

  test('of an incomplete sweep never looks like a whole one', async () => {
    const denied = [{ scope: vaultId(), action: 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read' }];
    const { ports, judgement, subscriptionId } = await started(testEstate({ denied }));
    await sweep(ports, judgement);

    const { completeness, verdicts } = await reportPosture(ports, { subscription: subscriptionId });

    expect(completeness).toMatchObject({
      complete: false,
      state: 'incomplete',
      gaps: expect.arrayContaining([expect.objectContaining({ cause: 'no-permission' })]),
    });
    expect(verdicts).toMatchObject({ undetermined: 2, protected: 0 });
  });
});

describe('the health check', () => {
  test('is content when everything can be read', async () => {
    const { ports } = await started();

    const report = await checkHealth(ports);

    expect(report.ok).toBe(true);
    expect(report.checks.map(({ what }) => what)).toEqual([
      'subscriptions in Resource Graph',
      'vaults in Resource Graph',
      'table runs',
      'table postures',
      expect.stringMatching(/^vaults of subscription (Shop|Empty) over ARM$/),
      expect.stringMatching(/^vaults of subscription (Shop|Empty) over ARM$/),
      'protected items of vault rsv-shop',
    ]);
  });

  test.each([
    [{ scope: `/subscriptions/${otherSubscription}`, action: 'Microsoft.RecoveryServices/vaults/read' }, 'Empty'],
    [{ scope: vaultId(), action: 'Microsoft.RecoveryServices/vaults/backupUsageSummaries/read' }, 'rsv-shop'],
    [{ scope: `/subscriptions/${subscription}`, action: 'Microsoft.RecoveryServices/vaults/read' }, 'Shop'],
  ])('names the permission that is missing: %j', async (denied, place) => {
    const { ports } = await started(testEstate({ denied: [denied] }));

    const report = await checkHealth(ports);

    expect(report.ok).toBe(false);
    expect(report.checks.filter(({ ok }) => !ok)).toMatchObject([
      { what: expect.stringContaining(place), missingPermission: denied.action },
    ]);
  });

  test.each([
    [403, { ok: false, detail: 'refused', missingPermission: 'Storage Table Data Contributor' }],
    [503, { ok: false, detail: 'not reachable (503)' }],
    [undefined, { ok: false, detail: 'not reachable' }],
  ])('tells storage that refuses from storage that is away: %s', async (statusCode, expected) => {
    const { ports } = await started(testEstate({ resources: [] }));
    const runs = {
      ...ports.runs,
      newest: () => Promise.reject(Object.assign(new Error('https://x/?sig=SECRET'), { statusCode })),
    };

    const report = await checkHealth({ ...ports, runs });

    expect(report.checks.find(({ what }) => what === 'table runs')).toEqual({ what: 'table runs', ...expected });
    expect(JSON.stringify(report)).not.toContain('SECRET');
  });
});

test('a sweep that is running shows how far it is', async () => {
  const resources = [vm('a'), vm('b', {}, otherSubscription)];
  const { ports, judgement } = await started(testEstate({ resources }));
  const { run } = await start(ports, { shardVms: 1 }, 'timer');
  await workOn(ports, judgement, { runId: run.runId, shardId: '0001' });

  const [running] = await listSweeps(ports, 1);

  expect(running).toMatchObject({
    runId: run.runId,
    state: 'running',
    shards: 2,
    shardsDone: 1,
    vms: 1,
    vmsExpected: 2,
  });
  await workOn(ports, judgement, { runId: run.runId, shardId: '0002' });
  expect((await listSweeps(ports, 1))[0]).toMatchObject({ shardsDone: 2, vms: 2, finishedAt: expect.any(String) });
});

describe('the list of VMs', () => {
  async function listed() {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const { ports, judgement, subscriptionId } = await started(
      testEstate({ resources: names.map((name) => vm(name)) }),
    );
    await sweep(ports, judgement);
    return { ports, filter: { subscription: subscriptionId } };
  }

  test('goes on from page to page until nothing is left', async () => {
    const { ports, filter } = await listed();
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const { vms, next } = await listVms(ports, filter, 2, cursor);
      names.push(...vms.map(({ name }) => name));
      cursor = next ?? undefined;
    } while (cursor);

    expect(names.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('refuses a cursor of another filter', async () => {
    const { ports, filter } = await listed();
    const { next } = await listVms(ports, filter, 2, undefined);

    const wrong = listVms(ports, { ...filter, region: 'westeurope' }, 2, next ?? '');

    await expect(wrong).rejects.toThrow(WrongCursor);
  });

  const forged = (position: object) => Buffer.from(JSON.stringify(position)).toString('base64url');

  test.each([
    ['nonsense'],
    [''],
    [forged({})],
    [forged({ filter: 'x', subscriptionId: "' or true", vmKey: '0' })],
    [forged({ filter: 'x', subscriptionId: subscription, vmKey: "' or 1 eq 1" })],
  ])('refuses a cursor that it did not give: %j', async (cursor) => {
    const { ports } = await started(testEstate({ resources: [] }));

    await expect(listVms(ports, {}, 2, cursor)).rejects.toThrow(WrongCursor);
  });
});

import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import type { Cell } from '../../lib/domain/cell.ts';
import { type Counted, postureOf } from '../../lib/domain/posture.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { OutOfSight, UnknownScope } from '../../lib/use-cases/posture-scope.ts';
import { reportPosture } from '../../lib/use-cases/report-posture.ts';
import { testEstate } from '../contract/test-estate.ts';
import { newRun } from '../ports/new-run.ts';
import { serviceOfFile } from './service-of-file.ts';

const { started } = await serviceOfFile();
const emptyEstate = testEstate({ resources: [] });

/** So many VMs of a cell. */
async function count({ postures }: Ports, cell: Cell, vms: readonly Partial<Counted>[], day = '2026-11-20') {
  const { subscriptionId } = cell;
  const all = vms.map(
    (change): Counted => ({
      verdict: 'protected',
      failing: [],
      subscriptionId,
      owner: 'shop',
      ...change,
    }),
  );
  await postures.replace(cell, postureOf(all), day);
}

const failing = (verdict: Counted['verdict'], owner: string): Partial<Counted> => ({
  verdict,
  failing: ['health-rpo'],
  owner,
});

/** Two subscriptions, of which one has VMs in two regions that no other test has. */
async function twoSubscriptions() {
  const { ports } = await started(emptyEstate);
  const [one, two] = [randomUUID(), randomUUID()];
  const [north, south] = [`north${randomUUID()}`, `south${randomUUID()}`];
  await count(ports, { subscriptionId: one, region: north }, [{}, {}, failing('at-risk', 'pay')]);
  await count(ports, { subscriptionId: one, region: south }, [failing('blocked', 'pay')]);
  await count(ports, { subscriptionId: two, region: north }, [{ verdict: 'exempt' }]);
  return { ports, one, two, north, south };
}

describe('the posture', () => {
  test('of a subscription sums up its regions', async () => {
    const { ports, one, north, south } = await twoSubscriptions();

    expect(await reportPosture(ports, { subscription: one })).toMatchObject({
      scope: one,
      day: null,
      vms: 4,
      verdicts: { protected: 2, 'at-risk': 1, blocked: 1, exempt: 0 },
      compliance: { Compliant: 2, NonCompliant: 2, Exempt: 0, Unknown: 0 },
      compliantPercent: 50,
      rules: { 'health-rpo': 2 },
      regions: { [north]: 3, [south]: 1 },
      owners: { shop: 2, pay: 2 },
      subscriptions: { [one]: 4 },
    });
    expect((await reportPosture(ports, { subscription: one, region: south })).vms).toBe(1);
    expect((await reportPosture(ports, { subscription: randomUUID() })).compliantPercent).toBeNull();
  });

  test('of a region sums up its subscriptions', async () => {
    const { ports, one, two, north } = await twoSubscriptions();

    const report = await reportPosture(ports, { region: north });

    expect(report).toMatchObject({
      scope: north,
      vms: 4,
      subscriptions: { [one]: 3, [two]: 1 },
      compliantPercent: 66.6,
    });
  });

  test('of everything is the sum of all regions', async () => {
    const { ports } = await twoSubscriptions();

    const { vms, regions, subscriptions, verdicts, owners } = await reportPosture(ports, {});

    const sums = [regions, subscriptions, verdicts, owners].map((counts) =>
      Object.values(counts).reduce<number>((sum, own) => sum + (own ?? 0), 0),
    );
    expect(sums).toEqual([vms, vms, vms, vms]);
  });

  test('follows every change at once, also in another process', async () => {
    const { ports, one, north } = await twoSubscriptions();
    const { ports: elsewhere } = await started(emptyEstate);
    expect((await reportPosture(elsewhere, { region: north })).vms).toBe(4);

    await count(ports, { subscriptionId: one, region: north }, []);

    expect((await reportPosture(elsewhere, { region: north })).vms).toBe(1);
  });

  test('names a hundred owners, and counts the others together', async () => {
    const { ports } = await started(emptyEstate);
    const subscription = randomUUID();
    const vms = Array.from({ length: 130 }, (_, n) => ({ owner: `team ${String(n).padStart(3, '0')}` }));
    await count(ports, { subscriptionId: subscription, region: 'eastus' }, [...vms, { owner: 'team 129' }]);

    const { owners, groups } = await reportPosture(ports, { subscription, by: 'owner' });

    expect(Object.keys(owners)).toHaveLength(101);
    expect(owners).toMatchObject({ 'team 129': 2, 'team 000': 1, '(others)': 30 });
    expect(groups).toHaveLength(101);
    expect(groups?.find(({ group }) => group === '(others)')).toMatchObject({ vms: 30, verdicts: { protected: 30 } });
  });
});

describe('the posture in groups', () => {
  const short = (groups: Awaited<ReturnType<typeof reportPosture>>['groups']) =>
    groups?.map(({ group, vms, compliantPercent }) => [group, vms, compliantPercent]);

  test('by subscription and by region tells of each its rules and owners', async () => {
    const { ports, one, two, north, south } = await twoSubscriptions();

    const bySubscription = await reportPosture(ports, { region: north, by: 'subscription' });
    const byRegion = await reportPosture(ports, { subscription: one, by: 'region' });

    expect(short(bySubscription.groups)).toEqual([
      [one, 3, 66.6],
      [two, 1, null],
    ]);
    expect(short(byRegion.groups)).toEqual([
      [north, 3, 66.6],
      [south, 1, 0],
    ]);
    expect(byRegion.groups?.[0]).toMatchObject({ rules: { 'health-rpo': 1 }, owners: { shop: 2, pay: 1 } });
  });

  test('by rule tells the verdicts of the VMs that fail it', async () => {
    const { ports, one } = await twoSubscriptions();

    const { groups } = await reportPosture(ports, { subscription: one, by: 'rule' });

    expect(groups).toMatchObject([{ group: 'health-rpo', vms: 2, verdicts: { 'at-risk': 1, blocked: 1 } }]);
  });

  test('by owner tells the verdicts of their VMs', async () => {
    const { ports, one } = await twoSubscriptions();

    const { groups } = await reportPosture(ports, { subscription: one, by: 'owner' });

    expect(short(groups)).toEqual([
      ['pay', 2, 0],
      ['shop', 2, 100],
    ]);
  });
});

describe('the posture of a management group', () => {
  /** The newest sweep has seen one subscription below `mg-online`, and one below `mg-corp`. */
  async function covered() {
    const estate = await twoSubscriptions();
    const { ports, one, two } = estate;
    const run = newRun({ runId: `99991120T060000Z-${randomUUID()}` });
    await ports.runs.plan(run, []);
    await ports.runs.noteSubscriptions(run.runId, [
      { subscriptionId: one, name: 'Shop', state: 'Enabled', managementGroups: ['mg-online', 'tenant'] },
      { subscriptionId: two, name: 'Corp', state: 'Enabled', managementGroups: ['mg-corp', 'tenant'] },
    ]);
    return estate;
  }

  test('is that of the subscriptions below it', async () => {
    const { ports, one, two } = await covered();

    const online = await reportPosture(ports, { managementGroup: 'MG-Online' });
    const tenant = await reportPosture(ports, { managementGroup: 'tenant', by: 'subscription' });

    expect(online).toMatchObject({ vms: 4, subscriptions: { [one]: 4 }, scope: 'management group MG-Online' });
    expect(tenant.groups?.map(({ group }) => group)).toEqual([one, two]);

    // For who may see one subscription only.
    const seen = await reportPosture(ports, { managementGroup: 'tenant', visible: [two] });
    expect(seen).toMatchObject({ vms: 1, subscriptions: { [two]: 1 } });
    expect(seen.scope).toBe('management group tenant, as far as you may see it');
    await expect(reportPosture(ports, { managementGroup: 'mg-corp', visible: [one] })).rejects.toThrow(OutOfSight);
  });

  test('that nobody has seen is unknown', async () => {
    const { ports } = await covered();

    await expect(reportPosture(ports, { managementGroup: 'mg-gone' })).rejects.toThrow(UnknownScope);
  });
});

describe('the posture over time', () => {
  const protectedAt = (day: string, minutes: number): Partial<Counted> => ({
    firstProtected: { at: `${day}T07:00:00.000Z`, minutes },
  });

  async function threeDays() {
    const { ports } = await started(emptyEstate);
    const cell = { subscriptionId: randomUUID(), region: `r${randomUUID()}` };
    await count(ports, cell, [{ verdict: 'protectable' }, { verdict: 'protectable' }], '2026-11-17');
    await count(ports, cell, [{ verdict: 'protectable' }, protectedAt('2026-11-19', 30)], '2026-11-19');
    await count(ports, cell, [protectedAt('2026-11-20', 5000), protectedAt('2026-11-19', 30)], '2026-11-20');
    return { ports, cell };
  }

  test('has an entry per day, also for days without a sweep', async () => {
    const { ports, cell } = await threeDays();

    const { trend, timeToProtect } = await reportPosture(ports, { subscription: cell.subscriptionId, trend: 5 });

    expect(trend?.map(({ day, compliantPercent, vms }) => [day, compliantPercent, vms])).toEqual([
      ['2026-11-16', null, null],
      ['2026-11-17', 0, 2],
      ['2026-11-18', 0, 2],
      ['2026-11-19', 50, 2],
      ['2026-11-20', 100, 2],
    ]);
    expect(trend?.map((entry) => entry.timeToProtect.count)).toEqual([0, 0, 0, 1, 1]);
    expect(timeToProtect).toEqual({ count: 2, meanHours: 41.92, halfWithinHours: 1 });
  });

  test('of a region is the same', async () => {
    const { ports, cell } = await threeDays();

    const bySubscription = await reportPosture(ports, { subscription: cell.subscriptionId, trend: 30 });
    const byRegion = await reportPosture(ports, { region: cell.region, trend: 30 });

    expect(byRegion.trend).toEqual(bySubscription.trend);
  });

  test.each([
    ['2026-11-16', 0, 0],
    ['2026-11-18', 2, 0],
    ['2026-11-19', 2, 1],
  ])('at the end of %s was what it was then', async (day, vms, isProtected) => {
    const { ports, cell } = await threeDays();

    for (const scope of [{ region: cell.region }, { subscription: cell.subscriptionId }]) {
      expect(await reportPosture(ports, { ...scope, day })).toMatchObject({
        day,
        vms,
        verdicts: { protected: isProtected },
      });
    }
  });

  test('ends with the day that is asked for', async () => {
    const { ports, cell } = await threeDays();

    const { trend } = await reportPosture(ports, { region: cell.region, day: '2026-11-19', trend: 2 });

    expect(trend?.map(({ day, verdicts }) => [day, verdicts?.protected])).toEqual([
      ['2026-11-18', 0],
      ['2026-11-19', 1],
    ]);
  });
});

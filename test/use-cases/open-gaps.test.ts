import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import type { Cell } from '../../lib/domain/cell.ts';
import { type Counted, postureOf } from '../../lib/domain/posture.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { type PostureReport, reportPosture } from '../../lib/use-cases/report-posture.ts';
import { estateNow, testEstate } from '../contract/test-estate.ts';
import { serviceOfFile } from './service-of-file.ts';

const { started } = await serviceOfFile();
const emptyEstate = testEstate({ resources: [] });

/** So many VMs of a cell. */
async function count({ postures }: Ports, cell: Cell, vms: readonly Partial<Counted>[], day = '2026-11-20') {
  const { subscriptionId } = cell;
  const all = vms.map(
    (change): Counted => ({ verdict: 'protected', failing: [], subscriptionId, owner: 'shop', ...change }),
  );
  await postures.replace(cell, postureOf(all), day);
}

describe('open gaps', () => {
  const since = (days: number) => new Date(Date.parse(estateNow) - days * 86_400_000).toISOString();
  const open = (verdict: Counted['verdict'], owner: string, days: number): Partial<Counted> => ({
    verdict,
    owner,
    since: since(days),
  });

  /** Two owners with gaps in two subscriptions of a region that no other test has. */
  async function gaps(older: readonly Partial<Counted>[] = []) {
    const { ports } = await started(emptyEstate);
    const [one, two] = [randomUUID(), randomUUID()];
    const region = `r${randomUUID()}`;
    const own = [open('blocked', 'pay', 10), open('at-risk', 'pay', 5), open('protected', 'pay', 900)];
    await count(ports, { subscriptionId: one, region }, own);
    await count(ports, { subscriptionId: two, region }, [open('protectable', 'shop', 1), ...older]);
    return { ports, one, two, region };
  }

  const agesOf = ({ groups = [] }: PostureReport) =>
    Object.fromEntries(groups.map(({ group, openGaps }) => [group, openGaps]));

  test('have a mean age as a whole, and by owner, subscription and region', async () => {
    const { ports, one, two, region } = await gaps();

    const byOwner = await reportPosture(ports, { region, by: 'owner' });
    const bySubscription = await reportPosture(ports, { region, by: 'subscription' });

    expect(byOwner.openGaps).toEqual({ vms: 3, meanAgeDays: 5.3 });
    expect(agesOf(byOwner)).toEqual({ pay: { vms: 2, meanAgeDays: 7.5 }, shop: { vms: 1, meanAgeDays: 1 } });
    expect(agesOf(bySubscription)).toEqual({ [one]: { vms: 2, meanAgeDays: 7.5 }, [two]: { vms: 1, meanAgeDays: 1 } });
    expect(agesOf(await reportPosture(ports, { region, by: 'region' }))).toEqual({
      [region]: { vms: 3, meanAgeDays: 5.3 },
    });
  });

  test('are as old as they were at the end of a day that is over', async () => {
    const { ports } = await started(emptyEstate);
    const cell = { subscriptionId: randomUUID(), region: `r${randomUUID()}` };
    const vm = { verdict: 'blocked' as const, since: '2026-11-10T12:00:00.000Z' };
    await count(ports, cell, [vm], '2026-11-12');

    const { openGaps } = await reportPosture(ports, { subscription: cell.subscriptionId, day: '2026-11-14' });

    expect(openGaps).toEqual({ vms: 1, meanAgeDays: 4.5 });
  });

  test('that were counted before there were ages are of unknown age, not of none', async () => {
    const { ports, one, two, region } = await gaps([{ verdict: 'blocked', owner: 'pay' }]);

    expect(agesOf(await reportPosture(ports, { region, by: 'owner' }))).toEqual({
      pay: { vms: 3, meanAgeDays: null },
      shop: { vms: 1, meanAgeDays: 1 },
    });
    expect(agesOf(await reportPosture(ports, { region, by: 'subscription' }))).toEqual({
      [one]: { vms: 2, meanAgeDays: 7.5 },
      [two]: { vms: 2, meanAgeDays: null },
    });
    expect((await reportPosture(ports, { region })).openGaps).toEqual({ vms: 4, meanAgeDays: null });
  });

  test('of owners that are not named are told together', async () => {
    const { ports } = await started(emptyEstate);
    const cell = { subscriptionId: randomUUID(), region: `r${randomUUID()}` };
    const named = Array.from({ length: 100 }, (_, n) => [open('blocked', `o${n}`, 1), open('blocked', `o${n}`, 1)]);
    await count(ports, cell, [...named.flat(), open('blocked', 'x', 10), open('blocked', 'y', 20)]);

    const report = await reportPosture(ports, { subscription: cell.subscriptionId, by: 'owner' });

    expect(agesOf(report)['(others)']).toEqual({ vms: 2, meanAgeDays: 15 });
  });

  test('come with the time that it took to protect the VMs of an owner', async () => {
    const { ports, region } = await gaps();
    const cell = { subscriptionId: randomUUID(), region };
    const at = '2026-10-01T00:00:00.000Z';
    const took = (minutes: number) => ({ owner: 'late', since: at, firstProtected: { at, minutes } });
    await count(ports, cell, [took(60), took(180), { owner: 'late', since: at }, { owner: 'old' }]);

    const { groups = [] } = await reportPosture(ports, { region, by: 'owner' });

    const times = Object.fromEntries(groups.map(({ group, timeToProtect }) => [group, timeToProtect]));
    expect(times['late']).toEqual({ count: 2, meanHours: 2, halfWithinHours: 1 });
    expect(times['pay']).toEqual({ count: 0, meanHours: null, halfWithinHours: null });
    expect(times['old']).toBeNull();
  });
});

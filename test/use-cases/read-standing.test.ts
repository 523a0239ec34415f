import { describe, expect, test } from 'vitest';

import { unknown } from '../../lib/domain/fact.ts';
import { startSweepOf } from '../../lib/use-cases/start-sweep.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { item, policyId, subscription, testEstate, vaultId, vaultWithPolicy, vm } from '../contract/test-estate.ts';
import { apart, changingEstates, finished, judgeChanges, nothingFound, settings, web } from './changing-estates.ts';
import { withInventory } from './service-of-file.ts';

const { on, sweptOn } = await changingEstates();

describe('what Resource Graph keeps no change records of is compared with how it stood, and found once:', () => {
  test.each<[string, readonly EstateResource[], number]>([
    ['an item that came', [...web, item('web2')], 2],
    ['an item that went', web.filter(({ name }) => !name.startsWith('VM;')), 2],
    [
      'a policy that is another one',
      web.map((each) =>
        each.name === 'EnhancedPolicy'
          ? { ...each, properties: { ...each.properties, instantRpRetentionRangeInDays: 1 } }
          : each,
      ),
      1,
    ],
    [
      'a policy that came',
      [
        ...web,
        ...vaultWithPolicy()
          .slice(1)
          .map((each) => ({ ...each, id: `${each.id}2`, name: `${each.name}2` })),
      ],
      0,
    ],
  ])('%s', async (_, resources, judged) => {
    const { judgement, clock, later } = await sweptOn();
    const { ports } = await on(later(testEstate({ resources: [...resources, ...apart] })), clock.now);

    const run = await judgeChanges(ports, judgement);

    expect(run).toMatchObject({ state: 'complete', changes: 1, judged });
    clock.pass(60);
    expect(await judgeChanges(ports, judgement)).toMatchObject(nothingFound);
  });

  test('also where its subscription has no VM', async () => {
    const { ports, judgement, writer, otherId, clock } = await sweptOn(web);
    const properties = { level: 'ReadOnly' };
    await writer.put(`/subscriptions/${otherId}/providers/Microsoft.Authorization/locks/keep`, { properties });

    expect(await judgeChanges(ports, judgement)).toMatchObject({ changes: 1, shards: 0 });

    clock.pass(60);
    expect(await judgeChanges(ports, judgement)).toMatchObject(nothingFound);
  });

  test('the first item of all', async () => {
    const none = [vm('web1'), vm('web2'), ...vaultWithPolicy()];
    const { judgement, clock, later } = await sweptOn(none);
    const { ports } = await on(later(testEstate({ resources: [...none, item('web1')] })), clock.now);

    expect(await judgeChanges(ports, judgement)).toMatchObject({ changes: 1, judged: 2 });
  });

  test('the same locks in another order are no change', async () => {
    const locks = ['one', 'two'].map((name) => ({
      id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/locks/${name}`,
      name,
      type: 'Microsoft.Authorization/locks',
      properties: { level: 'CanNotDelete' },
    }));
    const { judgement, clock, later } = await sweptOn([...web, ...apart, ...locks]);
    const { ports } = await on(later(testEstate({ resources: [...web, ...apart, ...locks.toReversed()] })), clock.now);

    expect(await judgeChanges(ports, judgement)).toMatchObject(nothingFound);
  });

  test('what could not be read meanwhile is compared when it can be read again', async () => {
    const { ports, judgement, writer, subscriptionId, clock } = await sweptOn();
    const policies = async () => unknown('no-permission', 'They could not be read.');
    await writer.put(policyId(vaultId('rsv-shop', subscriptionId)), {
      properties: { backupManagementType: 'AzureIaasVM', policyType: 'V2', instantRpRetentionRangeInDays: 1 },
    });
    expect(await judgeChanges(withInventory(ports, { policies }), judgement)).toMatchObject({ changes: 0 });
    clock.pass(60);

    expect(await judgeChanges(ports, judgement)).toMatchObject({ changes: 1, judged: 1 });
  });

  test('a sweep of a part keeps how everything stood: what changed elsewhere is still to be judged', async () => {
    const { ports, judgement, writer, subscriptionId, otherId, planned, clock } = await sweptOn();
    await writer.put(policyId(vaultId('rsv-shop', subscriptionId)), {
      properties: { backupManagementType: 'AzureIaasVM', policyType: 'V2', instantRpRetentionRangeInDays: 1 },
    });
    const part = await startSweepOf(ports, settings, [otherId]);
    expect.assert(part.kind === 'started');
    await finished(ports, judgement, part.run);
    clock.pass(60);

    const run = await judgeChanges(ports, judgement);

    expect(await planned(run)).toEqual(['own']);
    expect(run).toMatchObject({ changes: 1, judged: 1 });
  });
});

import { describe, expect, test } from 'vitest';

import { resumeSweep } from '../../lib/use-cases/plan-sweep.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { otherSubscription, subscription, testEstate, vaultId } from '../contract/test-estate.ts';
import { serviceOfFile, withInventory } from './service-of-file.ts';
import { rowsByName, start, sweep, sweepSettings, verdictsByName, workOn } from './swept-estate.ts';

const { started } = await serviceOfFile();

describe('what cannot be seen', () => {
  const vaultRead = { scope: `/subscriptions/${subscription}`, action: 'Microsoft.RecoveryServices/vaults/read' };
  const itemsRead = { scope: vaultId(), action: 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read' };

  test.each([
    ['the vaults of the subscription', vaultRead, /^vaults of subscription/],
    ['the items of the vault', itemsRead, /^protected items in westeurope$/],
  ])('makes VMs undetermined and the run incomplete: %s', async (_, denied, gap) => {
    const { ports, judgement, subscriptionId } = await started(testEstate({ denied: [denied] }));

    const run = await sweep(ports, judgement);

    expect(run.state).toBe('incomplete');
    expect(run.gaps[0]).toMatchObject({ what: expect.stringMatching(gap), cause: 'no-permission' });
    expect(await verdictsByName(ports, subscriptionId)).toEqual({ web1: 'undetermined', web2: 'undetermined' });
    expect((await rowsByName(ports, subscriptionId))['web2']?.unknown).toContain('health-protected');
  });

  test('a vault that counts more items than are shown blinds its region', async () => {
    const { ports, judgement, subscriptionId } = await started();
    const arm: Ports['arm'] = {
      ...ports.arm,
      itemCountOf: async () => ({ kind: 'known', value: 5, source: { where: 'test', readAt: '' } }),
    };

    const run = await sweep({ ...ports, arm }, judgement);

    expect(run).toMatchObject({
      state: 'incomplete',
      gaps: [{ what: 'protected items in westeurope', cause: 'partial-inventory' }],
    });
    expect(await verdictsByName(ports, subscriptionId)).toEqual({ web1: 'protected', web2: 'undetermined' });
  });

  test('with vaults of other subscriptions allowed, not knowing which there are blinds everybody without an item', async () => {
    const { ports, judgement, subscriptionId } = await started();
    const subscriptions: Ports['inventory']['subscriptions'] = async () => ({
      kind: 'unknown',
      because: { cause: 'no-permission', detail: 'It could not be read.' },
    });
    const anywhere = { ...judgement, allowCrossSubscriptionVaults: true };
    const { runId } = (await start(ports)).run;

    // Another process than the one that has planned the sweep: it asks for itself.
    await workOn(withInventory(ports, { subscriptions }), anywhere, { runId, shardId: '0001' });

    expect(await ports.runs.find(runId)).toMatchObject({
      state: 'incomplete',
      gaps: [{ what: 'vaults of the tenant', cause: 'no-permission' }],
    });
    expect(await verdictsByName(ports, subscriptionId)).toEqual({ web1: 'protected', web2: 'undetermined' });
  });

  test('a VM that may not be read singly keeps its verdict, and its agent is unknown for that cause', async () => {
    const { ports, judgement, subscriptionId } = await started();
    const because = { cause: 'no-permission', detail: 'The VM could not be read.', action: 'x/read' } as const;
    const arm: Ports['arm'] = { ...ports.arm, machine: async () => ({ kind: 'unknown', because }) };

    await sweep({ ...ports, arm }, judgement);

    const row = (await rowsByName(ports, subscriptionId))['web2'];
    expect(row?.verdict).toBe('protectable');
    expect(row?.findings).toContainEqual(
      expect.objectContaining({ rule: 'agent-ready', outcome: 'unknown', cause: 'no-permission', action: 'x/read' }),
    );
  });

  test('a subscription that is wanted and not shown is missing from the run', async () => {
    const { ports, judgement, subscriptionId } = await started();

    const run = await sweep(ports, judgement, { subscriptions: [subscriptionId, otherSubscription] });

    expect(run).toMatchObject({ state: 'incomplete', subscriptionsExpected: 2, subscriptionsRead: 1 });
    expect(run.gaps).toMatchObject([{ what: `subscription ${otherSubscription}`, cause: 'no-permission' }]);
  });

  test('a sweep that may not be planned has failed, and frees the place', async () => {
    const { ports, judgement } = await started();
    const subscriptions = async () => ({ kind: 'unknown', because: { cause: 'no-permission', detail: 'no' } }) as const;

    const run = await sweep(withInventory(ports, { subscriptions }), judgement);

    expect(run).toMatchObject({ state: 'failed', gaps: [{ cause: 'no-permission' }], finishedAt: expect.any(String) });
    expect((await sweep(ports, judgement)).state).toBe('complete');
  });

  test('a sweep that cannot be planned because Azure throttles keeps its place until its message comes back', async () => {
    const { ports, judgement } = await started();
    const subscriptions = async () => ({ kind: 'unknown', because: { cause: 'throttled', detail: 'no' } }) as const;

    const { kind, run } = await start(withInventory(ports, { subscriptions }));

    expect([kind, run.state]).toEqual(['started', 'planning']);
    expect(await start(ports)).toMatchObject({ kind: 'already-running', run: { runId: run.runId } });
    await resumeSweep(ports, sweepSettings, run.runId);
    await workOn(ports, judgement, { runId: run.runId, shardId: '0001' });
    expect((await ports.runs.find(run.runId))?.state).toBe('complete');
  });
});

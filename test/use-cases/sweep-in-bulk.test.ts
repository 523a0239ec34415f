import { expect, test } from 'vitest';

import { unknown } from '../../lib/domain/fact.ts';
import { sweepInBulk } from '../../lib/use-cases/sweep-in-bulk.ts';
import { TryAgainLater } from '../../lib/use-cases/try-again-later.ts';
import { otherSubscription, testEstate, vm } from '../contract/test-estate.ts';
import { serviceOfFile, withInventory } from './service-of-file.ts';
import { rowsByName, sweepSettings, workOn } from './swept-estate.ts';

const { started } = await serviceOfFile();

const nobody = '00000000-0000-0000-0000-000000000000';

/** Two subscriptions, one without a VM; a bulk judgement of those named is asked for. */
async function askedFor(name: string, asked: (ids: { full: string; empty: string }) => readonly string[]) {
  const own = await started(testEstate({ resources: [vm('web1'), vm('far1', {}, otherSubscription)] }));
  const [, { subscriptionId: empty } = { subscriptionId: '' }] = own.estate.subscriptions;
  const runId = `20261120T060600000Z-${name}`;
  for (const id of asked({ full: own.subscriptionId, empty })) {
    await own.ports.bulkRequests.ask(id, runId);
  }
  return { ...own, otherId: empty, runId };
}

async function finished({ ports, judgement, runId }: Awaited<ReturnType<typeof askedFor>>) {
  await sweepInBulk(ports, sweepSettings, runId);
  for (const { shardId } of await ports.runs.shards(runId)) {
    await workOn(ports, judgement, { runId, shardId });
  }
  return ports.runs.find(runId);
}

test('judges all VMs of the subscriptions that asked for it, and of no other', async () => {
  const own = await askedFor('judged', ({ full }) => [full]);

  expect(await finished(own)).toMatchObject({
    kind: 'changes',
    state: 'complete',
    subscriptionsExpected: 1,
    subscriptionsRead: 1,
    vms: 1,
    gaps: [],
  });

  expect(Object.keys(await rowsByName(own.ports, own.subscriptionId))).toEqual(['web1']);
  expect(await rowsByName(own.ports, own.otherId)).toEqual({});
});

test('a subscription that is no longer shown is named, and the others are judged', async () => {
  const own = await askedFor('partly', ({ full }) => [full, nobody]);

  expect(await finished(own)).toMatchObject({
    state: 'incomplete',
    subscriptionsExpected: 2,
    subscriptionsRead: 1,
    vms: 1,
    gaps: [{ what: `subscription ${nobody}`, cause: 'no-permission' }],
  });
});

test('of none that is shown nothing is claimed', async () => {
  const own = await askedFor('gone', () => [nobody]);

  expect(await finished(own)).toMatchObject({ state: 'incomplete', shards: 0, subscriptionsRead: 0, vms: 0 });
});

test('a wish that nobody made opens no run', async () => {
  const own = await askedFor('nobody', () => []);

  expect(await finished(own)).toBeUndefined();
});

test.each(['subscriptions', 'machineCounts'] as const)('waits while %s cannot be read', async (what) => {
  const own = await askedFor(`unread-${what}`, ({ full }) => [full]);
  const unread = async () => unknown('throttled', 'Resource Graph is busy.');

  await expect(
    sweepInBulk(withInventory(own.ports, { [what]: unread }), sweepSettings, own.runId),
  ).rejects.toThrowError(TryAgainLater);

  expect(await own.ports.runs.find(own.runId)).toBeUndefined();
});

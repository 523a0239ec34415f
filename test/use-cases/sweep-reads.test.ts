import { expect, test } from 'vitest';

import { item, otherSubscription, testEstate, vaultId, vaultWithPolicy, vm } from '../contract/test-estate.ts';
import { serviceOfFile } from './service-of-file.ts';
import { rowsByName, start, sweep, verdictsByName, workOn } from './swept-estate.ts';

const { started } = await serviceOfFile();

test('a shard is read page by page, and comes to the same as in one page', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const resources = [...names.map((name) => vm(name)), ...vaultWithPolicy(), item('a'), item('e')];
  const { ports, judgement, subscriptionId } = await started(testEstate({ resources }), { graphPageSize: 2 });

  const run = await sweep(ports, judgement);

  expect(run).toMatchObject({ state: 'complete', vms: 7, changed: 7, shards: 1, looks: { made: 5, left: 0 } });
  expect(await verdictsByName(ports, subscriptionId)).toEqual(
    Object.fromEntries(names.map((name) => [name, 'ae'.includes(name) ? 'protected' : 'protectable'])),
  );
  const cells = (await ports.postures.latest()).filter((cell) => cell.subscriptionId === subscriptionId);
  expect(cells).toMatchObject([{ posture: { vms: 7, verdicts: { protected: 2, protectable: 5 } } }]);
});

test('a run tells what reading it took', async () => {
  const { ports, judgement, azure } = await started();
  azure.faults({ path: /ResourceGraph/, status: 429, headers: { 'retry-after': '0' }, times: 1 });

  const { reads } = await sweep(ports, judgement);

  const pages = azure.requests.filter(({ path, status }) => path.includes('ResourceGraph') && status === 200);
  expect(reads).toMatchObject({ pages: pages.length, throttles: 1, retries: 1 });
  expect(reads.rows).toBeGreaterThan(10);
});

test('of single VMs no more are read than a run may read, whatever shards and pages it has', async () => {
  const ofBoth = [
    ...['a', 'b', 'c'].map((name) => vm(name)),
    ...['d', 'e', 'f'].map((name) => vm(name, {}, otherSubscription)),
  ];
  const vaults = [...vaultWithPolicy(), ...vaultWithPolicy(vaultId('far', otherSubscription))];
  const estate = testEstate({ resources: [...ofBoth, ...vaults] });
  const { ports, judgement } = await started(estate, { graphPageSize: 1 });

  const run = await sweep(ports, judgement, { shardVms: 1, looksPerRun: 4 });

  expect(run).toMatchObject({ shards: 2, vms: 6, looks: { made: 4, left: 2 } });
});

test('a VM that was looked at is not looked at again within a day', async () => {
  const { ports, judgement, clock } = await started();
  expect((await sweep(ports, judgement)).looks).toEqual({ made: 1, left: 0 });

  clock.pass(23 * 60);
  const again = await sweep(ports, judgement);
  clock.pass(60);
  const nextDay = await sweep(ports, judgement);

  expect([again.looks, again.changed]).toEqual([{ made: 0, left: 0 }, 0]);
  expect(nextDay.looks).toEqual({ made: 1, left: 0 });
});

test('a subscription that can no longer be read is a gap, and its rows stay as they are', async () => {
  const resources = [vm('web1'), vm('web2', {}, otherSubscription), ...vaultWithPolicy()];
  const { ports, judgement, azure, clock, estate } = await started(testEstate({ resources }));
  const [, lost] = estate.subscriptions.map(({ subscriptionId }) => subscriptionId);
  await sweep(ports, judgement);
  const before = await rowsByName(ports, lost ?? '');
  clock.pass(60);
  azure.loseAccess(lost ?? '');

  const run = await sweep(ports, judgement);

  expect(run).toMatchObject({
    state: 'incomplete',
    subscriptionsExpected: 2,
    subscriptionsRead: 1,
    vms: 1,
    retired: 0,
  });
  expect(run.gaps).toMatchObject([{ what: `subscription ${lost}`, cause: 'no-permission' }]);
  expect(await rowsByName(ports, lost ?? '')).toEqual(before);
  const cells = (await ports.postures.latest()).filter((cell) => cell.subscriptionId === lost);
  expect(cells).toMatchObject([{ posture: { vms: 1 } }]);
});

test('a subscription that is lost between plan and shard is a gap, and its rows stay as they are', async () => {
  const { ports, judgement, azure, clock, subscriptionId } = await started();
  await sweep(ports, judgement);
  const before = await rowsByName(ports, subscriptionId);
  clock.pass(60);
  const { runId } = (await start(ports)).run;
  azure.loseAccess(subscriptionId);

  await workOn(ports, judgement, { runId, shardId: '0001' });

  expect(await ports.runs.find(runId)).toMatchObject({
    ...{ state: 'incomplete', vmsExpected: 2, vms: 0, retired: 0 },
    gaps: expect.arrayContaining([expect.objectContaining({ what: `subscription ${subscriptionId}` })]),
  });
  expect(await rowsByName(ports, subscriptionId)).toEqual(before);
});

import { expect, test } from 'vitest';

import { runAzure } from './running-azure.ts';
import { itemId, jobId, policyId, subscriptionId, vaultId, vmId } from './small-estate.ts';

const vault = ['rsv-shop', 'rg-backup'] as const;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  return await Array.fromAsync(items);
}

test('the real client lists protected items over all pages', async () => {
  const { backup } = await runAzure({ pageSize: 1 });

  const items = await collect(
    backup.backupProtectedItems.list(...vault, {
      filter: "backupManagementType eq 'AzureIaasVM' and itemType eq 'VM'",
    }),
  );

  expect(items.map(({ id }) => id)).toEqual([itemId('web1'), itemId('web2')]);
  expect(items[0]?.properties).toMatchObject({ protectionState: 'Protected', sourceResourceId: vmId('web1') });
});

test('items of other kinds are filtered out', async () => {
  const { backup } = await runAzure();

  const items = await collect(
    backup.backupProtectedItems.list(...vault, { filter: "backupManagementType eq 'AzureStorage'" }),
  );

  expect(items).toEqual([]);
});

test('a filter that is not simulated is refused rather than ignored', async () => {
  const { backup } = await runAzure();

  const refused = collect(backup.backupProtectedItems.list(...vault, { filter: "color eq 'blue'" }));

  await expect(refused).rejects.toMatchObject({ statusCode: 400 });
});

test('an item shows its extended info only to who expands it, and no columns of Resource Graph', async () => {
  const { backup, send } = await runAzure();
  const names = [
    'Azure',
    'iaasvmcontainer;iaasvmcontainerv2;rg-shop;web1',
    'vm;iaasvmcontainerv2;rg-shop;web1',
  ] as const;

  const plain = await backup.protectedItems.get(...vault, ...names);
  const expanded = await backup.protectedItems.get(...vault, ...names, { filter: "expand eq 'extendedinfo'" });
  const { body } = await send('GET', itemId('web1'));

  expect(plain.id).toBe(itemId('web1'));
  expect(plain.properties).not.toHaveProperty('extendedInfo.recoveryPointCount', 3);
  expect(expanded.properties).toMatchObject({ extendedInfo: { recoveryPointCount: 3 } });
  expect(body).not.toHaveProperty('properties.dataSourceInfo');
});

test.each([
  ['all of them', undefined, ['job-configure', 'job-backup', 'job-ancient']],
  ['by operation', "operation eq 'Backup'", ['job-backup', 'job-ancient']],
  [
    'by time',
    "startTime eq '2026-11-19 00:00:00 AM' and endTime eq '2026-11-19 11:59:59 PM' and status eq 'Completed'",
    ['job-backup'],
  ],
])('the real client lists jobs: %s', async (_, filter, names) => {
  const { backup } = await runAzure();

  const jobs = await collect(backup.backupJobs.list(...vault, filter === undefined ? {} : { filter }));

  expect(jobs.map(({ name }) => name)).toEqual(names);
});

test('the real client reads one job, one policy and the policies of a vault', async () => {
  const { backup } = await runAzure();

  const job = await backup.jobDetails.get(...vault, 'job-backup');
  const policy = await backup.protectionPolicies.get(...vault, 'EnhancedPolicy');
  const policies = await collect(
    backup.backupPolicies.list(...vault, { filter: "backupManagementType eq 'AzureIaasVM'" }),
  );

  expect([job.id, policy.id]).toEqual([jobId('job-backup'), policyId]);
  expect(policies.map(({ name }) => name)).toEqual(['EnhancedPolicy']);
});

test('the usage summary counts every item of the vault', async () => {
  const { backup } = await runAzure();

  const usage = await collect(
    backup.backupUsageSummaries.list(...vault, { filter: "type eq 'BackupProtectedItemCountSummary'" }),
  );

  expect(usage.find(({ name }) => name?.value === 'AzureIaasVM')?.currentValue).toBe(2);
});

test.each([
  ['web1', { protectionStatus: 'Protected', vaultId, policyName: 'EnhancedPolicy' }],
  ['web2', { protectionStatus: 'NotProtected' }],
  ['web3', { protectionStatus: 'NotProtected' }],
])('the backup status of %s is known wherever it is protected', async (name, expected) => {
  const { backup } = await runAzure();

  const status = await backup.backupStatus.get('westeurope', {
    resourceType: 'VM',
    resourceId: vmId(name).toLowerCase(),
  });

  expect(status).toMatchObject({ ...expected, containerName: `iaasvmcontainer;iaasvmcontainerv2;rg-shop;${name}` });
});

test('the backup status of something that is no VM is refused', async () => {
  const { send } = await runAzure();
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.RecoveryServices/locations/westeurope/backupStatus`;

  const answer = await send('POST', path, { resourceType: 'VM', resourceId: vaultId });

  expect(answer.status).toBe(400);
  expect(answer.headers.get('x-ms-ratelimit-remaining-subscription-writes')).toBe('199');
});

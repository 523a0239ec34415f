import { expect, test } from 'vitest';

import { graphTables } from '../../../local/azure/graph-table.ts';
import { catalogueEstate, kinds } from './catalogue-estate.ts';
import { refusalOf, runAzure } from './running-azure.ts';
import {
  itemId,
  jobId,
  otherSubscriptionId,
  policyId,
  smallEstate,
  subscriptionId,
  vaultId,
  vmId,
} from './small-estate.ts';

const subscription = `/subscriptions/${subscriptionId}`;
const vaultsOfSubscription = `${subscription}/providers/Microsoft.RecoveryServices/vaults`;
const usage = `${vaultId}/backupUsageSummaries?$filter=type eq 'BackupProtectedItemCountSummary'`;
const expandedVm = `${vmId('web1')}?$expand=instanceView`;

interface Case {
  readonly action: string;
  readonly scope: string;
  readonly refused: readonly string[];
  readonly allowed: readonly string[];
  readonly hidden: readonly string[];
  readonly shown: readonly string[];
}

const cases: readonly Case[] = [
  {
    action: 'Microsoft.Compute/virtualMachines/read',
    scope: subscription,
    refused: [vmId('web1'), `${vmId('web1')}/instanceView`, `${vmId('web1')}/extensions`],
    allowed: [vaultId],
    hidden: [vmId('web1'), `${vmId('web1')}/extensions/VMSnapshotLinux`],
    shown: [vaultId],
  },
  {
    action: 'Microsoft.Compute/virtualMachines/instanceView/read',
    scope: vmId('web1').toLowerCase(),
    refused: [`${vmId('web1')}/instanceView`, expandedVm],
    allowed: [vmId('web1'), `${vmId('web2')}/instanceView`],
    hidden: [],
    shown: [vmId('web1')],
  },
  {
    action: 'Microsoft.RecoveryServices/vaults/read',
    scope: subscription,
    refused: [vaultsOfSubscription, vaultId, `${vaultId}/backupProtectedItems`, usage],
    allowed: [vmId('web1')],
    hidden: [vaultId, itemId('web1'), policyId],
    shown: [vmId('web1')],
  },
  {
    // Lists are authorised at their own scope, so the list of vaults tells that one is hidden in Resource Graph.
    action: 'Microsoft.RecoveryServices/vaults/read',
    scope: vaultId,
    refused: [vaultId],
    allowed: [vaultsOfSubscription],
    hidden: [vaultId, itemId('web1')],
    shown: [vmId('web1')],
  },
  {
    // Ruling 5: no items, no backup reads below that vault at all.
    action: 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read',
    scope: vaultId,
    refused: [
      `${vaultId}/backupProtectedItems`,
      itemId('web1'),
      jobId('job-backup'),
      `${vaultId}/backupPolicies`,
      usage,
    ],
    allowed: [vaultId, vaultsOfSubscription],
    hidden: [itemId('web1'), jobId('job-backup'), policyId],
    shown: [vaultId],
  },
  {
    action: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/read',
    scope: itemId('web1'),
    refused: [itemId('web1')],
    allowed: [`${vaultId}/backupProtectedItems`, itemId('web2'), usage],
    hidden: [itemId('web1')],
    shown: [itemId('web2'), vaultId],
  },
  {
    action: 'Microsoft.RecoveryServices/vaults/backupUsageSummaries/read',
    scope: vaultId,
    refused: [usage],
    allowed: [`${vaultId}/backupProtectedItems`],
    hidden: [],
    shown: [itemId('web1')],
  },
  {
    action: 'Microsoft.RecoveryServices/*',
    scope: subscription,
    refused: [vaultsOfSubscription, `${vaultId}/backupJobs`, usage],
    allowed: [vmId('web1')],
    hidden: [vaultId, jobId('job-backup')],
    shown: [vmId('web1')],
  },
  {
    action: 'Microsoft.Authorization/locks/read',
    scope: '/',
    refused: [`${subscription}/providers/Microsoft.Authorization/locks`],
    allowed: [vmId('web1')],
    hidden: [],
    shown: [vmId('web1')],
  },
  // Ruling 5 again: the settings that stand below a vault are backup reads, too.
  {
    action: 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read',
    scope: vaultId,
    refused: [`${vaultId}/backupstorageconfig/vaultstorageconfig`, `${vaultId}/backupconfig/vaultconfig`],
    allowed: [vaultId],
    hidden: [],
    shown: [vaultId],
  },
  // Every other kind, by the right to read that kind.
  ...kinds
    .filter(([, { id }]) => id.startsWith(subscription))
    .map(([, { id, type }]) => ({
      action: `${type}/read`,
      scope: subscription,
      refused: [id],
      allowed: [vmId('web1')],
      hidden: [id],
      shown: [vmId('web1')],
    })),
];

test.each(cases)('a denial of $action at $scope refuses over ARM', async ({ action, scope, refused, allowed }) => {
  const { send } = await runAzure({ estate: catalogueEstate([{ scope, action }]) });

  for (const path of refused) {
    const answer = await send('GET', encodeURI(path));
    expect([path, answer.status, refusalOf(answer).code]).toEqual([path, 403, 'AuthorizationFailed']);
  }
  for (const path of allowed) expect([path, (await send('GET', encodeURI(path))).status]).toEqual([path, 200]);
});

test.each(cases)(
  'a denial of $action at $scope hides rows without a word',
  async ({ action, scope, hidden, shown }) => {
    const { query } = await runAzure({ estate: catalogueEstate([{ scope, action }]) });

    const rows = await Promise.all(graphTables.map((table) => query(`${table} | project id`)));
    const ids = rows.flat().map(({ id }) => id);

    expect(ids.filter((id) => hidden.includes(String(id)))).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining([...shown]));
  },
);

test('a refusal names the action and the scope', async () => {
  const action = 'Microsoft.RecoveryServices/locations/backupStatus/action';
  const { backup, send } = await runAzure({ estate: smallEstate([{ scope: subscription, action }]) });
  const path = `${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/backupStatus`;

  const answer = await send('POST', path, { resourceType: 'VM', resourceId: vmId('web1') });
  const sdk = backup.backupStatus.get('westeurope', { resourceType: 'VM', resourceId: vmId('web1') });

  expect(refusalOf(answer).message).toContain(`action '${action}' over scope '${subscription}'`);
  await expect(sdk).rejects.toMatchObject({ statusCode: 403, code: 'AuthorizationFailed' });
});

test('the count of a vault includes an item that may not be read', async () => {
  const action = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/read';
  const { backup, query } = await runAzure({ estate: smallEstate([{ scope: itemId('web1'), action }]) });

  const summaries = await Array.fromAsync(
    backup.backupUsageSummaries.list('rsv-shop', 'rg-backup', { filter: "type eq 'BackupProtectedItemCountSummary'" }),
  );
  const rows = await query("recoveryservicesresources | where type endswith 'protecteditems' | project id");

  expect(summaries.find(({ name }) => name?.value === 'AzureIaasVM')?.currentValue).toBe(2);
  expect(rows).toHaveLength(1);
});

test('a subscription that may not be read is missing from the list', async () => {
  const denied = [{ scope: `/subscriptions/${otherSubscriptionId}`, action: '*' }];
  const { query, send } = await runAzure({ estate: smallEstate(denied) });

  const list = await send('GET', '/subscriptions');
  const one = await send('GET', `/subscriptions/${otherSubscriptionId}`);
  const rows = await query("resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project id");

  expect(list.body).toMatchObject({ value: [{ subscriptionId }] });
  expect(one.status).toBe(403);
  expect(rows).toEqual([{ id: subscription }]);
});

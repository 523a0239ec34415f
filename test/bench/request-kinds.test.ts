import { expect, test } from 'vitest';

import type { RecordedRequest } from '../../local/azure/front-door.ts';
import { countRequests } from './request-kinds.ts';

const group = '/subscriptions/s1/resourceGroups/rg';

function asked(path: string, more: Partial<RecordedRequest> = {}): RecordedRequest {
  return { at: '2026-11-20T12:00:00Z', method: 'GET', path, query: {}, status: 200, ...more };
}

function query(text: string, status = 200): RecordedRequest {
  return asked('/providers/Microsoft.ResourceGraph/resources', { method: 'POST', status, body: { query: text } });
}

test.each([
  [
    "resources\n| where type =~ 'microsoft.compute/virtualmachines'\n| project id",
    'resources microsoft.compute/virtualmachines',
  ],
  ["resources | where type in~ ('a/b', 'c/d') | project id", 'resources a/b, c/d'],
  ["resources | where type in~ ('a', 'b', 'c')", 'resources 3 types'],
  ["resources | where type =~ 'a/b' | summarize n = count()", 'resources a/b (summarized)'],
  ['resourcechanges | project id', 'resourcechanges'],
])('the query %j is one of %s', (text, kind) => {
  expect(countRequests([query(text)])).toMatchObject({
    resourceGraph: 1,
    byKind: { [`resourceGraph: ${kind}`]: 1 },
  });
});

test.each([
  ['a VM', `${group}/providers/Microsoft.Compute/virtualMachines/vm1`],
  ['what stands below a VM', `${group}/providers/Microsoft.Compute/virtualMachines/vm1/instanceView`],
  ['the restore points of a VM', `${group}/providers/Microsoft.Compute/restorePointCollections/c1`],
])('%s is read for a single VM', (_, path) => {
  expect(countRequests([asked(path)])).toMatchObject({ singleVm: 1, bulkArm: 0 });
});

test.each([
  [
    'a list of VMs',
    '/subscriptions/s1/providers/Microsoft.Compute/virtualMachines',
    'Microsoft.Compute/virtualMachines (list)',
  ],
  [
    'the locks of a subscription',
    '/subscriptions/s1/providers/Microsoft.Authorization/locks',
    'Microsoft.Authorization/locks (list)',
  ],
  [
    'a setting of a vault',
    `${group}/providers/Microsoft.RecoveryServices/vaults/v1/backupconfig/vaultconfig`,
    'Microsoft.RecoveryServices/vaults/backupconfig',
  ],
  ['a subscription', '/subscriptions/s1', '/subscriptions/*'],
])('%s is read in bulk', (_, path, kind) => {
  expect(countRequests([asked(path)])).toMatchObject({
    singleVm: 0,
    bulkArm: 1,
    byKind: { [`bulkArm: GET ${kind}`]: 1 },
  });
});

test('what the quota refused counts as a request, and is told', () => {
  expect(countRequests([query('resources'), query('resources', 429)])).toMatchObject({
    resourceGraph: 2,
    resourceGraphRefused: 1,
  });
});

test('writes are none of the service', () => {
  expect(countRequests([asked(group, { method: 'PUT' }), asked(group, { method: 'PATCH' })])).toEqual({
    resourceGraph: 0,
    bulkArm: 0,
    singleVm: 0,
    resourceGraphRefused: 0,
    armRefused: 0,
    byKind: {},
  });
});

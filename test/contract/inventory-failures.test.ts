import { expect, test } from 'vitest';

import type { Inventory } from '../../lib/use-cases/ports.ts';
import type { FaultRule } from '../../local/azure/fault-rules.ts';
import { allMachines } from './all-machines.ts';
import { serviceInAzure } from './service-in-azure.ts';
import { itemId, subscription, vaultId, vmId } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

const cells = [{ subscriptionId: subscription, region: 'westeurope' }];
const graph = /\/providers\/Microsoft\.ResourceGraph\/resources$/;

/** Every method of the port, each as one read. */
const reads: Readonly<Record<string, (inventory: Inventory) => Promise<unknown>>> = {
  subscriptions: (inventory) => inventory.subscriptions(),
  machineCounts: (inventory) => inventory.machineCounts(),
  machines: (inventory) => allMachines(inventory, cells),
  vaults: (inventory) => inventory.vaults(),
  items: (inventory) => inventory.items({ subscriptionIds: [subscription] }),
  vmsWithSeveralItems: (inventory) => inventory.vmsWithSeveralItems(),
  itemCounts: (inventory) => inventory.itemCounts(),
  policies: (inventory) => inventory.policies(),
  backupJobs: (inventory) => inventory.backupJobs(),
  containers: (inventory) => inventory.containers(),
  surroundings: (inventory) => inventory.surroundings({ subscriptionIds: [subscription] }),
  networkRules: (inventory) => inventory.networkRules(),
  azurePolicy: (inventory) => inventory.azurePolicy(),
  roleAssignments: (inventory) => inventory.roleAssignments([subscription]),
};

/** A fault that lasts for one read with all its retries. */
const fault = (rule: Omit<FaultRule, 'path'>): FaultRule => ({ path: graph, ...rule });
const page = (body: object) => fault({ status: 200, times: 1, body });

const inTheYear2100 = 'Fri, 01 Jan 2100 00:00:00 GMT';

test('a throttled read is tried again when Azure says so, and heals', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  azure.faults(fault({ status: 429, headers: { 'retry-after': '0' }, times: 2 }));

  const vaults = await inventory.vaults();

  expect(vaults.kind).toBe('known');
  expect(azure.requests.map(({ status }) => status)).toEqual([429, 429, 200]);
});

test.each([
  [{ status: 429 }, 'throttled', '429 TooManyRequests', undefined],
  [{ status: 429, headers: { 'retry-after': '1200' } }, 'throttled', '429 TooManyRequests', 1200],
  [{ status: 429, headers: { 'x-ms-retry-after-ms': '900000' } }, 'throttled', '429 TooManyRequests', 900],
  [{ status: 429, headers: { 'retry-after': inTheYear2100 } }, 'throttled', '429 TooManyRequests', expect.any(Number)],
  [{ status: 503, headers: { 'retry-after': '0' } }, 'partial-inventory', '503 ServiceUnavailable', undefined],
  [{ status: 403 }, 'no-permission', '403 AuthorizationFailed', undefined],
  [{ status: 401 }, 'no-permission', '401 InjectedFault', undefined],
  [{ status: 400 }, 'partial-inventory', '400 InjectedFault', undefined],
] as const)('an answer %j that lasts makes every read unknown: %s', async (rule, cause, said, retryAfterSeconds) => {
  const { azure, inventory } = await serviceInAzure(certificate);
  azure.faults(fault(rule));

  const mayPass = rule.status === 429 || rule.status >= 500 ? true : undefined;
  for (const [name, read] of Object.entries(reads)) {
    expect(await read(inventory), name).toEqual({
      kind: 'unknown',
      because: { cause, detail: expect.stringContaining(said), retryAfterSeconds, mayPass },
    });
  }
});

test('a 403 names the action to grant', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  const action = 'Microsoft.ResourceGraph/resources/action';
  const message = `The client 'x' does not have authorization to perform action '${action}' over scope '/'.`;
  azure.faults(fault({ status: 403, body: { error: { code: 'AuthorizationFailed', message } } }));

  const vaults = await inventory.vaults();

  expect(vaults).toMatchObject({ kind: 'unknown', because: { cause: 'no-permission', action } });
});

const oneRow = { totalRecords: 1, count: 1, facets: [], resultTruncated: 'false' };

test.each([
  ['cut short without a token', { ...oneRow, resultTruncated: 'true', data: [] }],
  ['without rows', oneRow],
  ['with rows that are a table', { ...oneRow, data: { columns: [], rows: [] } }],
  ['with rows that are a text', { ...oneRow, data: 'rows' }],
  ['that is a text', { 0: 'nonsense' }],
])('an answer %s makes every read unknown, never an empty list', async (_, body) => {
  for (const [name, read] of Object.entries(reads)) {
    const { azure, inventory } = await serviceInAzure(certificate);
    azure.faults(page(body));

    expect(await read(inventory), name).toMatchObject({ kind: 'unknown', because: { cause: 'partial-inventory' } });
  }
});

test('page tokens that go round in a circle end the read', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  for (const token of ['a', 'b', 'a']) {
    azure.faults(page({ ...oneRow, data: [], $skipToken: token }));
  }

  const vaults = await inventory.vaults();

  expect(vaults).toMatchObject({ kind: 'unknown', because: { detail: expect.stringContaining('same page token') } });
  expect(azure.requests).toHaveLength(3);
});

test('a row that stands on two pages counts once', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  const row = { id: vaultId(), name: 'rsv-shop', location: 'westeurope' };
  azure.faults(page({ ...oneRow, data: [row], $skipToken: 'more' }));
  azure.faults(page({ ...oneRow, data: [{ ...row, id: row.id.toUpperCase() }] }));

  const vaults = await inventory.vaults();

  expect(vaults.kind === 'known' && vaults.value).toHaveLength(1);
});

test.each(['subscriptions', 'machineCounts', 'vaults', 'itemCounts', 'containers', 'azurePolicy', 'roleAssignments'])(
  'one malformed row makes %s unknown as a whole',
  async (name) => {
    for (const row of [null, 'text', {}, { id: 5 }]) {
      const { azure, inventory } = await serviceInAzure(certificate);
      azure.faults(page({ ...oneRow, data: [row] }));

      expect(await reads[name]?.(inventory)).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
    }
  },
);

test('a malformed row of a VM is told by its id, beside the VMs that could be read', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  const good = { id: vmId('web1'), location: 'westeurope', osDisk: {}, dataDisks: [] };
  azure.faults(page({ ...oneRow, data: [{ id: vmId('web2') }, null, { ...good, subscriptionId: subscription }] }));

  const read = await allMachines(inventory, cells);

  expect(read).toMatchObject({ kind: 'known', value: { machines: [{}], unreadable: [vmId('web2'), ''] } });
});

test('a malformed row of an item blinds its region; without a region nothing is known', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  const malformed = { id: itemId('web1'), location: 'West Europe' };
  azure.faults(page({ ...oneRow, data: [malformed] }));
  azure.faults(page({ ...oneRow, data: [{ id: itemId('web1') }] }));
  azure.faults(page({ ...oneRow, data: [null] }));

  expect(await reads['items']?.(inventory)).toMatchObject({ value: { items: [], unreadableIn: ['westeurope'] } });
  expect(await reads['items']?.(inventory)).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
  expect(await reads['items']?.(inventory)).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
});

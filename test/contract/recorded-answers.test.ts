import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import type { FaultRule } from '../../local/azure/fault-rules.ts';
import { allMachines } from './all-machines.ts';
import { serviceInAzure } from './service-in-azure.ts';
import { machineOf, shopVault, web1 } from './shop.ts';
import { subscription } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

/** Recorded and documented answers of Azure, kept beside the repository: what the adapters make of them. */
const folder = join(import.meta.dirname, '../../../shared/fixtures/arm');
const isThere = existsSync(folder);
if (!isThere)
  console.info('The recorded answers of Azure are not beside the repository: the adapters are not shown them.');

const certificate = await trustedCertificate();

const Fixture = z.looseObject({
  response: z.looseObject({
    status: z.number(),
    headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
    body: z.unknown(),
  }),
});

/** The answer of a fixture in the place of the right one, word for word. */
function recorded(file: string, path: RegExp): FaultRule {
  const { response } = Fixture.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  return { path, status: response.status, headers, body: response.body };
}

const machine = machineOf(web1);
const graph = /Microsoft\.ResourceGraph/;

describe.runIf(isThere)('a recorded answer', () => {
  test('of a VM with its instance view is a VM', async () => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults(recorded('vm-get-expand-instanceview.json', /virtualMachines/));

    expect(await arm.machine(web1)).toMatchObject({ kind: 'known', facts: { vm: { value: { name: 'cctestvm' } } } });
  });

  test.each([
    ['error-429-compute.json', 'throttled', '429 OperationNotAllowed'],
    ['error-400-no-error-wrapper.json', 'partial-inventory', '400 BadRequest'],
  ])('%s is unknown: %s', async (file, cause, said) => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults(recorded(file, /virtualMachines/));

    expect(await arm.machine(web1)).toMatchObject({
      kind: 'unknown',
      because: { cause, detail: expect.stringContaining(said) },
    });
  });

  test.each(['error-404-resource-not-found.json', 'error-404-child-not-found.json'])(
    '%s says that a VM is gone',
    async (file) => {
      const { azure, arm } = await serviceInAzure(certificate);
      azure.faults(recorded(file, /virtualMachines/));

      expect(await arm.machine(web1)).toEqual({ kind: 'gone' });
    },
  );

  test.each([
    ['vaults-list-by-subscription.json', 4],
    ['vaults-list-by-subscription-recorded.json', 1],
  ])('%s is a list of vaults', async (file, most) => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults(recorded(file, /\/vaults$/));

    const listed = await arm.vaultsOf(subscription);

    const states = listed.kind === 'known' ? listed.value.map(({ provisioningState }) => provisioningState) : [];
    expect(new Set(states)).toEqual(new Set(['Succeeded']));
    expect(states.length).toBeLessThanOrEqual(most);
  });

  test('of usage summaries is their sum', async () => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults(recorded('backup-usage-summaries-protected-items.json', /backupUsageSummaries/));

    expect(await arm.itemCountOf(shopVault)).toMatchObject({ kind: 'known', value: 15 });
  });

  test('of a VM that is not protected is no item, although it names one', async () => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults(recorded('backup-status-get-not-protected.json', /backupStatus/));

    expect(await arm.itemOf(machine)).toMatchObject({ kind: 'known', value: 'none' });
  });

  test('of a protected VM leads to its item', async () => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults(recorded('backup-status-get-protected.json', /backupStatus/));
    azure.faults(recorded('protected-item-get.json', /protectedItems/));

    expect(await arm.itemOf(machine)).toMatchObject({
      kind: 'known',
      value: { protectionState: 'Protected', vaultName: 'PySDKBackupTestRsVault' },
    });
    expect(azure.requests.map(({ path }) => path)).toContainEqual(expect.stringContaining('/vaults/vault935/'));
  });

  test('of pages of Resource Graph ends with the one that names no further page', async () => {
    const { azure, inventory } = await serviceInAzure(certificate);
    azure.faults({ ...recorded('resource-graph-first-page.json', graph), times: 1 });
    azure.faults({ ...recorded('resource-graph-next-page.json', graph), times: 1 });
    azure.faults({ ...recorded('resource-graph-management-group.json', graph), times: 1 });

    const read = await inventory.items({ subscriptionIds: [subscription] });

    // None of these rows is an item, but each of them tells its region.
    const regions = read.kind === 'known' ? read.value.unreadableIn : [];
    expect(regions.toSorted()).toEqual([
      ...['centralus', 'eastus', 'eastus'],
      ...['westcentralus', 'westcentralus', 'westcentralus', 'westcentralus', 'westus', 'westus'],
    ]);
    expect(azure.requests).toHaveLength(3);
  });

  test('with rows of other things tells no VM, but that each may be one', async () => {
    const { azure, inventory } = await serviceInAzure(certificate);
    azure.faults({ ...recorded('resource-graph-management-group.json', graph), times: 1 });

    const read = await allMachines(inventory, [{ subscriptionId: subscription, region: 'eastus' }]);

    expect(read).toMatchObject({ kind: 'known', value: { machines: [] } });
    expect(read.kind === 'known' && read.value.unreadable).toHaveLength(3);
  });

  test('of pages in another order than that of the query is not taken for all VMs', async () => {
    const { azure, inventory } = await serviceInAzure(certificate);
    azure.faults({ ...recorded('resource-graph-first-page.json', graph), asks: /storageProfile/, times: 1 });
    azure.faults({ ...recorded('resource-graph-next-page.json', graph), asks: /storageProfile/, times: 1 });

    const read = await allMachines(inventory, [{ subscriptionId: subscription, region: 'eastus' }]);

    expect(read).toMatchObject({
      kind: 'unknown',
      because: { cause: 'partial-inventory', detail: expect.stringContaining('order') },
    });
  });

  test('in the table format is not taken for rows', async () => {
    const { azure, inventory } = await serviceInAzure(certificate);
    azure.faults(recorded('resource-graph-vms-table-format.json', graph));

    expect(await inventory.vaults()).toMatchObject({ kind: 'unknown', because: { cause: 'partial-inventory' } });
  });

  test('of a Resource Graph that throttles heals after the wait that it asks for', async () => {
    const { azure, inventory } = await serviceInAzure(certificate);
    azure.faults({ ...recorded('error-429-resource-graph.json', graph), times: 1 });

    expect(await inventory.vaults()).toMatchObject({ kind: 'known' });
    expect(azure.requests.map(({ status }) => status)).toEqual([429, 200]);
  });
});

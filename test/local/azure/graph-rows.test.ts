import { afterEach, expect, test, vi } from 'vitest';

import { accessOf } from '../../../local/azure/access.ts';
import { GraphView } from '../../../local/azure/graph-view.ts';
import { Tenant } from '../../../local/azure/tenant.ts';
import { randomStream } from '../../../local/estates/random.ts';
import { runAzure } from './running-azure.ts';
import {
  estateNow,
  itemId,
  jobId,
  otherSubscriptionId,
  smallEstate,
  subscriptionId,
  tenantId,
  vmId,
} from './small-estate.ts';

afterEach(() => {
  vi.useRealTimers();
});

const vms = "resources | where type =~ 'microsoft.compute/virtualmachines'";

test('a VM is a row with lower-cased type and group, its own id, its power state and no agent', async () => {
  const { query } = await runAzure();

  const [row] = await query(`${vms} and name == 'web1'`);

  expect(row).toMatchObject({
    id: vmId('web1'),
    type: 'microsoft.compute/virtualmachines',
    resourceGroup: 'rg-shop',
    location: 'westeurope',
    tenantId,
    subscriptionId,
    tags: { owner: 'shop' },
    properties: {
      extended: { instanceView: { powerState: { code: 'PowerState/running' }, osName: 'ubuntu', osVersion: '24.04' } },
    },
  });
  expect(JSON.stringify(row)).not.toContain('vmAgent');
  expect(row).not.toHaveProperty('instanceView');
});

test('a protected item has the columns that only Resource Graph knows, and the region of its vault', async () => {
  const { query } = await runAzure();

  const rows = await query("recoveryservicesresources | where type endswith 'protecteditems' | order by id asc");

  expect(rows).toMatchObject([
    {
      id: itemId('web1'),
      location: 'westeurope',
      properties: {
        currentProtectionState: 'ProtectionConfigured',
        dataSourceInfo: {
          resourceID: vmId('web1'),
          resourceLocation: 'WestEurope',
          datasourceType: 'Microsoft.Compute/virtualMachines',
        },
      },
    },
    { id: itemId('web2'), properties: { currentProtectionState: 'SoftDeleted' } },
  ]);
});

test.each([
  ['Protected', 'ProtectionConfigured'],
  ['IRPending', 'ProtectionConfigured'],
  ['ProtectionError', 'ProtectionError'],
  ['ProtectionStopped', 'ProtectionStopped'],
  ['ProtectionPaused', undefined],
  ['BackupsSuspended', undefined],
  ['Invalid', undefined],
])('the state %s of an item reads %s in Resource Graph', (protectionState, expected) => {
  const estate = smallEstate();
  const resources = estate.resources.map((each) => ({ ...each, properties: { ...each.properties, protectionState } }));
  const view = viewOf(new Tenant({ ...estate, resources }), 0);

  const row = view.rowsOf('recoveryservicesresources')?.find(({ id }) => id === itemId('web1'));

  expect(row?.properties).toHaveProperty('protectionState', protectionState);
  expect(row?.properties).toEqual(
    expect.objectContaining(expected === undefined ? {} : { currentProtectionState: expected }),
  );
  expect(Object.hasOwn(row?.properties ?? {}, 'currentProtectionState')).toBe(expected !== undefined);
});

test.each([
  [
    'resources',
    "where type !startswith 'microsoft.compute' and type !startswith 'microsoft.network/networki'",
    ['rsv-shop', 'vnet'],
  ],
  ['resourcecontainers', 'project name', ['Empty', 'RG-Shop', 'Shop', 'rg-backup']],
  ['recoveryservicesresources', "where type endswith 'policies'", ['EnhancedPolicy']],
  ['recoveryservicesresources', "where type endswith '/vaults'", ['rsv-shop']],
  // Locks are not in Resource Graph.
  ['authorizationresources', 'project name', []],
  ['policyresources', 'project name', []],
  ['advisorresources', 'project name', []],
  ['computeresources', 'project name', []],
  ['resourcechanges', 'project name', []],
])('the table %s holds what belongs there', async (table, operator, names) => {
  const { query } = await runAzure();

  const rows = await query(`${table} | ${operator} | project name`);

  expect(rows.map(({ name }) => name).toSorted()).toEqual(names);
});

test('backup jobs are kept for 14 days', async () => {
  const { query } = await runAzure();

  const rows = await query("recoveryservicesresources | where type endswith 'backupjobs' | project id");

  expect(rows.map(({ id }) => id).toSorted()).toEqual([jobId('job-backup'), jobId('job-configure')]);
});

test('a subscription shows its state and the management groups above it', async () => {
  const { query } = await runAzure();

  const rows = await query(
    "resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | order by name desc",
  );

  expect(rows[0]).toMatchObject({
    id: `/subscriptions/${subscriptionId}`,
    name: 'Shop',
    properties: { state: 'Enabled', managementGroupAncestorsChain: [{ name: 'mg-online' }, { name: tenantId }] },
  });
});

test.each([
  ['a subscription', { subscriptions: [otherSubscriptionId] }, 0],
  ['its own management group', { managementGroups: ['MG-Online'] }, 5],
  ['another management group', { managementGroups: ['mg-corp'] }, 0],
  ['the root group', { managementGroups: [tenantId] }, 5],
])('queries can be limited to %s', async (_, scope, count) => {
  const { query } = await runAzure();

  expect(await query(`${vms} | project id`, scope)).toHaveLength(count);
});

test('Resource Graph lags behind ARM by the time asked for', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { query, send } = await runAzure({ lagMs: 1000 });
  const names = async (): Promise<string> => JSON.stringify(await query(`${vms} | project name`));
  await send('PUT', vmId('newborn'), { location: 'westeurope', properties: {} });
  await send('DELETE', vmId('web5'));

  const soon = await names();
  const seenByArm = (await send('GET', vmId('newborn'))).status;
  vi.advanceTimersByTime(1000);
  const later = await names();

  expect(seenByArm).toBe(200);
  expect([soon.includes('newborn'), soon.includes('web5')]).toEqual([false, true]);
  expect([later.includes('newborn'), later.includes('web5')]).toEqual([true, false]);
});

function viewOf(tenant: Tenant, lagMs: number, now = () => estateNow): GraphView {
  return new GraphView({ tenant, access: accessOf([], 'nobody'), random: randomStream(1, 'changes'), now, lagMs });
}

test('what a new guest says of itself arrives later than the VM', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const tenant = new Tenant(smallEstate());
  let now = estateNow;
  const view = viewOf(tenant, 100, () => now);
  const seen = (): string =>
    JSON.stringify(view.rowsOf('resources')?.find(({ name }) => name === 'newborn')?.properties);
  tenant.write({
    id: vmId('newborn'),
    name: 'newborn',
    type: 'Microsoft.Compute/virtualMachines',
    properties: { timeCreated: estateNow.toISOString() },
  });
  const states: string[] = [];

  vi.advanceTimersByTime(100);
  states.push(seen());
  vi.advanceTimersByTime(900);
  states.push(seen());
  now = new Date(estateNow.getTime() + 10_000);
  states.push(seen());

  expect(states.map((state) => state.includes('PowerState/running'))).toEqual([true, true, true]);
  expect(states.map((state) => state.includes('osName'))).toEqual([false, false, true]);
});

test('a table has the same version until something in it changes', () => {
  const tenant = new Tenant(smallEstate());
  const view = viewOf(tenant, 0);
  const [before, locks] = [view.versionOf('resources'), view.versionOf('authorizationresources')];

  const again = view.versionOf('resources');
  const vm = tenant.resource(vmId('web1'));
  if (vm !== undefined) tenant.write({ ...vm, tags: {} });
  const after = view.versionOf('resources');

  expect(again).toBe(before);
  expect(after).not.toBe(before);
  expect(view.versionOf('authorizationresources')).toBe(locks);
});

test('a table that Resource Graph does not have is unknown', () => {
  expect(viewOf(new Tenant(smallEstate()), 0).rowsOf('nonsense')).toBeUndefined();
});

import { expect, test } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import { allMachines } from './all-machines.ts';
import { serviceInAzure } from './service-in-azure.ts';
import {
  configureJob,
  estateNow,
  item,
  itemId,
  otherSubscription,
  policyId,
  subscription,
  tenantId,
  testEstate,
  vaultId,
  vaultWithPolicy,
  vm,
  vmId,
} from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

const source = { where: 'Resource Graph', readAt: estateNow };
const cells = [{ subscriptionId: subscription, region: 'westeurope' }];

test('subscriptions are told with their names and states', async () => {
  const { inventory } = await serviceInAzure(certificate);

  const subscriptions = await inventory.subscriptions();

  expect(subscriptions).toEqual({
    kind: 'known',
    source,
    value: expect.arrayContaining([
      { subscriptionId: subscription, name: 'Shop', state: 'Enabled' },
      { subscriptionId: otherSubscription, name: 'Empty', state: 'Enabled' },
    ]),
  });
});

test('VMs are counted per subscription and region', async () => {
  const resources = [vm('a'), vm('b'), vm('c', { location: 'northeurope' }), vm('d', {}, otherSubscription)];
  const { inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });

  const counts = await inventory.machineCounts();

  expect(counts).toMatchObject({
    kind: 'known',
    value: expect.arrayContaining([
      { subscriptionId: subscription, region: 'westeurope', vms: 2 },
      { subscriptionId: subscription, region: 'northeurope', vms: 1 },
      { subscriptionId: otherSubscription, region: 'westeurope', vms: 1 },
    ]),
  });
});

test('a VM is read with its facts; only the agent is not in bulk reads', async () => {
  const { inventory } = await serviceInAzure(certificate);

  const read = await allMachines(inventory, cells);

  const machines = read.kind === 'known' ? read.value.machines : [];
  expect(machines.find(({ vm }) => vm.value.name === 'web1')).toMatchObject({
    vm: {
      kind: 'known',
      value: { id: vmId('web1'), subscriptionId: subscription, tenantId, region: 'westeurope', osType: 'Linux' },
      source,
    },
    tags: { kind: 'known', value: { owner: 'shop' } },
    disks: { kind: 'known', value: [{ name: 'web1-os', role: 'os', unmanaged: false }] },
    power: { kind: 'known', value: 'running' },
    guestOs: { kind: 'known', value: { type: 'Linux', name: 'ubuntu', version: '24.04' } },
    agent: { kind: 'unknown', because: { cause: 'not-reported' } },
  });
});

test('only the VMs of the wanted cells are read, although one query asks for all their regions', async () => {
  const resources = [vm('a'), vm('b', { location: 'northeurope' }), vm('c', {}, otherSubscription)];
  const { inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });
  const crosswise = [...cells, { subscriptionId: otherSubscription, region: 'northeurope' }];

  const read = await allMachines(inventory, crosswise);

  expect(read.kind === 'known' && read.value.machines.map(({ vm }) => vm.value.name)).toEqual(['a']);
});

test('vaults, items, counts, policies, jobs and tags are told as Azure has them', async () => {
  const { inventory } = await serviceInAzure(certificate);

  expect(await inventory.vaults()).toMatchObject({
    value: [{ id: vaultId(), name: 'rsv-shop', subscriptionId: subscription, provisioningState: 'Succeeded' }],
  });
  expect(await inventory.items({ subscriptionIds: [subscription] })).toMatchObject({
    value: {
      items: [
        {
          source: vmId('web1').toLowerCase(),
          item: { id: itemId('web1'), vaultName: 'rsv-shop', protectionState: 'Protected', softDeleted: false },
        },
      ],
      unreadableIn: [],
    },
  });
  expect(await inventory.itemCounts()).toMatchObject({
    value: {
      vaults: new Map([[vaultId().toLowerCase(), { live: 1, liveVms: 1, all: 1 }]]),
      policies: new Map([[policyId().toLowerCase(), 1]]),
    },
  });
  expect(await inventory.policies()).toMatchObject({
    value: [{ id: policyId(), name: 'EnhancedPolicy', schedule: { kind: 'daily', gapHours: 24 } }],
  });
  expect(await inventory.backupJobs()).toMatchObject({
    value: { jobs: [{ job: { operation: 'ConfigureBackup', startedAt: '2026-11-18T08:00:00Z' } }], unreadableIn: [] },
  });
  expect(await inventory.containers()).toMatchObject({
    value: {
      states: new Map([
        [subscription, 'Enabled'],
        [otherSubscription, 'Enabled'],
      ]),
      managementGroups: new Map([
        [subscription, expect.arrayContaining(['mg-online'])],
        [otherSubscription, expect.arrayContaining(['mg-corp'])],
      ]),
    },
  });
});

test('backups of the last week are told unless they completed', async () => {
  const job = (name: string, change: object) => {
    const configure = configureJob('web1');
    const properties = { ...configure.properties, operation: 'Backup', ...change };
    return { ...configure, id: `${vaultId()}/backupJobs/${name}`, name, properties };
  };
  const estate = testEstate({
    resources: [
      ...vaultWithPolicy(),
      job('failed', { status: 'Failed', startTime: '2026-11-19T22:30:00Z', errorDetails: [{ errorCode: 400124 }] }),
      job('completed', { status: 'Completed', startTime: '2026-11-18T22:30:00Z' }),
      job('restore', { status: 'Failed', operation: 'Restore', startTime: '2026-11-19T22:30:00Z' }),
      job('old', { status: 'Failed', startTime: '2026-11-12T22:30:00Z' }),
    ],
  });
  const { inventory } = await serviceInAzure(certificate, { estate });

  const vault = { vaultId: vaultId().toLowerCase(), containerName: 'iaasvmcontainerv2;rg-shop;web1' };
  const failed = {
    name: 'failed',
    operation: 'Backup',
    status: 'Failed',
    startedAt: '2026-11-19T22:30:00Z',
    errorCodes: ['400124'],
  };
  expect(await inventory.backupJobs()).toMatchObject({ value: { jobs: [{ ...vault, job: failed }] } });
});

test('the items of one VM are found in whatever case its id is written', async () => {
  const { inventory } = await serviceInAzure(certificate);

  const shouted = await inventory.items({ vm: vmId('web1').toUpperCase() as never });

  expect(shouted).toMatchObject({ value: { items: [{ source: vmId('web1').toLowerCase() }] } });
});

test.each(["o'brien", 'back\\slash', 'line\nbreak', "' or 1 == 1 //", 'ünïcödé'])(
  'the id of a VM named %j is a value and never a part of the query',
  async (name) => {
    const { inventory } = await serviceInAzure(certificate);

    const items = await inventory.items({ vm: vmId(name).toLowerCase() as never });

    expect(items).toMatchObject({ kind: 'known', value: { items: [] } });
  },
);

test('items that are not live are told for all VMs, and which VMs have several live ones', async () => {
  const spare = vaultId('rsv-spare');
  const resources = [
    ...vaultWithPolicy(),
    ...vaultWithPolicy(spare),
    ...[item('web1'), item('web1', { sourceResourceId: vmId('web1').toUpperCase() }, spare)],
    ...[item('web2'), item('web2', { isScheduledForDeferredDelete: true }, spare)],
    item('', { sourceResourceId: '' }),
  ];
  const { inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });

  expect(await inventory.items('not-live')).toMatchObject({
    value: { items: [{ source: armId(vmId('web2')), item: { softDeleted: true } }] },
  });
  expect(await inventory.vmsWithSeveralItems()).toMatchObject({ value: new Set([armId(vmId('web1'))]) });
});

test('an item that does not tell its VM is named by its region, whoever is asked for', async () => {
  const resources = [...vaultWithPolicy(), item('web1', { sourceResourceId: '' })];
  const { inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });

  const ofVm = await inventory.items({ vm: vmId('web2').toLowerCase() as never });
  const ofSubscription = await inventory.items({ subscriptionIds: [otherSubscription] });
  const notLive = await inventory.items('not-live');

  expect(ofVm).toMatchObject({ kind: 'known', value: { items: [], unreadableIn: ['westeurope'] } });
  expect(ofSubscription).toMatchObject({ kind: 'known', value: { unreadableIn: ['westeurope'] } });
  expect(notLive).toMatchObject({ kind: 'known', value: { items: [], unreadableIn: ['westeurope'] } });
});

test('2,300 VMs are read over three pages, each once', async () => {
  const estate = generateEstate({ vms: 2300, subscriptions: 1, seed: 5 });
  const { azure, inventory } = await serviceInAzure(certificate, { estate });
  const counts = await inventory.machineCounts();
  const wanted = counts.kind === 'known' ? counts.value : [];

  const read = await allMachines(inventory, wanted);

  const ids = read.kind === 'known' ? read.value.machines.map(({ vm }) => vm.value.key) : [];
  expect(ids.length).toBe(2300);
  expect(new Set(ids).size).toBe(2300);
  expect(azure.requests.filter(({ body }) => JSON.stringify(body).includes('storageProfile'))).toHaveLength(3);
});

test('more subscriptions than one request may name are asked for in parts', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);
  const many = Array.from({ length: 301 }, (_, n) => `0c2f8a11-5a9e-4f0e-9a53-${String(n).padStart(12, '0')}`);

  const around = await inventory.surroundings({ subscriptionIds: [...many, subscription] });

  expect(around.kind === 'known' && around.value.disks.size).toBe(2);
  expect(azure.requests).toHaveLength(2);
});

test('no subscription at all is no question at all: an empty list would mean everything', async () => {
  const { azure, inventory } = await serviceInAzure(certificate);

  const around = await inventory.surroundings({ subscriptionIds: [] });
  const machines = await allMachines(inventory, []);

  expect(around).toMatchObject({ kind: 'known', value: { disks: new Map(), nics: new Map() } });
  expect(machines).toMatchObject({ kind: 'known', value: { machines: [] } });
  expect(azure.requests).toEqual([]);
});

test('a management group bounds the sweep; vaults are looked for everywhere', async () => {
  const resources = [vm('a'), vm('b', {}, otherSubscription), ...vaultWithPolicy(vaultId('far', otherSubscription))];
  const scope = { BACKSTOP_MANAGEMENT_GROUP: 'mg-online' };
  const { inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources }) }, scope);

  expect(await inventory.machineCounts()).toMatchObject({ value: [{ subscriptionId: subscription, vms: 1 }] });
  expect(await inventory.vaults()).toMatchObject({ value: [{ name: 'far' }] });
});

test('when the quota is used up it waits as the headers say, and is never refused', async () => {
  const resourceGraphQuota = { requests: 3, windowMs: 1000 };
  const { azure, inventory } = await serviceInAzure(certificate, { resourceGraphQuota });

  for (let read = 0; read < 5; read += 1) {
    await inventory.vaults();
  }

  expect(azure.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test('rows that may not be read are left out without a word, which is why counts are proven elsewhere', async () => {
  const denied = [{ scope: vaultId(), action: 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read' }];
  const resources = [...vaultWithPolicy(), item('web1'), configureJob('web1')];
  const { inventory } = await serviceInAzure(certificate, { estate: testEstate({ denied, resources }) });

  const items = await inventory.items({ subscriptionIds: [subscription] });
  const counts = await inventory.itemCounts();

  expect(items).toMatchObject({ kind: 'known', value: { items: [] } });
  expect(counts).toMatchObject({ kind: 'known', value: { vaults: new Map(), policies: new Map() } });
});

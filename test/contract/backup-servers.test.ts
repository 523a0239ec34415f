import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';
import { describe, expect, test } from 'vitest';

import { createApp } from '../../lib/app.ts';
import type { ServerReads } from '../../lib/use-cases/server-ports.ts';
import type { FaultRule } from '../../local/azure/fault-rules.ts';
import { backupServers } from '../../local/estates/backup-servers.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { type ServiceInAzure, serviceInAzure } from './service-in-azure.ts';
import {
  estateNow,
  subscription,
  testEstate,
  vaultId,
  vaultWithPolicy,
  vm,
  vmId,
  vmProperties,
} from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

const vaults = vaultWithPolicy();
const servers = (count: number) =>
  backupServers({ seed: 1, now: Date.parse(estateNow), servers: count, resources: vaults }).resources;
const engineId = `${vaultId()}/backupEngines/mabs01.corp.example`;
const enginesPath = /\/backupEngines$/;

type Running = { readonly reads: ServerReads } & Pick<ServiceInAzure, 'azure'>;

async function running(
  resources: readonly EstateResource[],
  options: Parameters<typeof serviceInAzure>[1] = {},
): Promise<Running> {
  const { azure, config, clock } = await serviceInAzure(certificate, {
    ...options,
    estate: testEstate({ resources: [...vaults, ...resources], ...options.estate }),
  });
  return { azure, reads: createApp(config, { clock }).ports.serverReads };
}

test('the servers of a vault are told with everything that Azure says of them, in one call', async () => {
  const { azure, reads } = await running(servers(1));

  const engines = await reads.enginesIn(vaultId());

  expect(engines).toMatchObject({
    kind: 'known',
    source: { where: 'Azure Backup, backup engines', readAt: estateNow },
    value: [
      {
        id: engineId,
        key: engineId.toLowerCase(),
        hostName: 'mabs01.corp.example',
        type: 'AzureBackupServerEngine',
        registrationStatus: 'Registered',
        state: 'Active',
        canReRegister: true,
        productVersion: '14.0.42.0',
        isUpgradeAvailable: false,
        agentVersion: '2.0.9270.0',
        isAgentUpgradeAvailable: false,
        extendedInfo: { databaseName: 'DPMDB', refreshedAt: '2026-11-20T05:00:00.000Z', diskCount: expect.any(Number) },
      },
    ],
  });
  expect(azure.requests).toHaveLength(1);
});

test('the SDK sees the same servers, page by page', async () => {
  const { azure, reads } = await running(servers(7), { pageSize: 3 });
  const credential = { getToken: async () => ({ token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const sdk = new RecoveryServicesBackupClient(credential, subscription, { endpoint: azure.armUrl });

  const listed: unknown[] = [];
  for await (const { id, properties } of sdk.backupEngines.list('rsv-shop', 'rg-backup', {
    filter: "expand eq 'extendedinfo'",
  })) {
    listed.push([
      id,
      properties?.friendlyName,
      properties?.dpmVersion,
      properties?.extendedInfo?.refreshedAt?.toISOString(),
    ]);
  }
  const own = await reads.enginesIn(vaultId());

  const engines = own.kind === 'known' ? own.value : [];
  expect(listed).toEqual(
    engines.map(({ id, hostName, productVersion, extendedInfo }) => [
      id,
      hostName,
      productVersion,
      extendedInfo?.refreshedAt,
    ]),
  );
  expect(listed).toHaveLength(7);
});

test('a vault without servers has none, and one that is not there is gone', async () => {
  const { reads } = await running([]);

  expect(await reads.enginesIn(vaultId())).toMatchObject({ kind: 'known', value: [] });
  expect(await reads.enginesIn(vaultId('rsv-gone'))).toEqual({ kind: 'gone' });
});

test('a vault that may not be read is unknown, with the action to grant', async () => {
  const action = 'Microsoft.RecoveryServices/vaults/backupEngines/read';
  const { reads } = await running(servers(1), {
    estate: testEstate({ denied: [{ scope: vaultId(), action }], resources: [...vaults, ...servers(1)] }),
  });

  expect(await reads.enginesIn(vaultId())).toMatchObject({
    kind: 'unknown',
    because: { cause: 'no-permission', action },
  });
});

describe('an answer', () => {
  const read = async (rule: Omit<FaultRule, 'path'>) => {
    const { azure, reads } = await running(servers(1));
    azure.faults({ path: enginesPath, ...rule });
    return reads.enginesIn(vaultId());
  };
  const body = (...value: readonly unknown[]) => read({ status: 200, body: { value } });

  test.each([
    [{ status: 429 }, 'throttled'],
    [{ status: 503, headers: { 'retry-after': '0' } }, 'partial-inventory'],
    [{ status: 404, body: { error: { code: 'SubscriptionNotFound' } } }, 'partial-inventory'],
    [{ status: 404, body: {} }, 'partial-inventory'],
    [{ status: 200, body: {} }, 'partial-inventory'],
    [{ status: 200, body: { value: null } }, 'partial-inventory'],
    [{ status: 200, body: { value: [], nextLink: 'https://elsewhere.invalid/' } }, 'partial-inventory'],
  ] as const)('%j is unknown, never an empty list: %s', async (rule, cause) => {
    expect(await read(rule)).toMatchObject({ kind: 'unknown', because: { cause } });
  });

  test.each([[{ name: 'x' }], ['a text'], [null], [{ id: '', name: 'x' }]])(
    'with a row that is no server, %j, is unknown as a whole',
    async (row) => {
      expect(await body({ id: engineId, name: 'x' }, row)).toMatchObject({
        kind: 'unknown',
        because: { cause: 'not-reported' },
      });
    },
  );

  test.each([
    ['no properties', undefined, undefined],
    ['properties of another kind', 'Active', undefined],
    ['values of other kinds', { friendlyName: 7, isDpmUpgradeAvailable: 'no', extendedInfo: [] }, undefined],
    ['a time that is none', { extendedInfo: { refreshedAt: 'soon', diskCount: '4' } }, {}],
    ["the year 1, .NET's never", { extendedInfo: { refreshedAt: '0001-01-01T00:00:00' } }, {}],
    [
      'a time without a zone',
      { extendedInfo: { refreshedAt: '2026-11-20T01:00:00' } },
      { refreshedAt: '2026-11-20T01:00:00.000Z' },
    ],
    [
      'a time of another zone',
      { extendedInfo: { refreshedAt: '2026-11-20T01:00:00-05:00' } },
      { refreshedAt: '2026-11-20T06:00:00.000Z' },
    ],
  ])('with a server with %s keeps what makes sense', async (_what, properties, extendedInfo) => {
    const engines = await body({ id: engineId, name: 'mabs01', properties });

    const engine = { id: engineId, key: engineId.toLowerCase(), name: 'mabs01', hostName: 'mabs01' };
    expect(engines).toMatchObject({ value: [extendedInfo ? { ...engine, extendedInfo } : engine] });
    expect(Object.keys((engines.kind === 'known' && engines.value[0]) || {})).toHaveLength(extendedInfo ? 5 : 4);
  });

  test('that shows a server on two pages shows it once', async () => {
    expect(await body({ id: engineId, name: 'x' }, { id: engineId.toUpperCase(), name: 'x' })).toMatchObject({
      value: [{ name: 'x' }],
    });
  });
});

describe('the items of backup servers', () => {
  test('are told with their newest points, by product', async () => {
    const { reads } = await running(servers(3));

    const [mabs, dpm] = [await reads.itemsIn(vaultId(), 'mabs'), await reads.itemsIn(vaultId(), 'dpm')];

    expect(mabs).toMatchObject({
      kind: 'known',
      value: [
        {
          name: 'sql-1',
          engineName: 'mabs01.corp.example',
          protectionState: 'Protected',
          latestPoint: '2026-11-19T23:00:00.000Z',
          refreshedAt: '2026-11-20T05:00:00.000Z',
        },
        { name: 'share-1' },
        { name: 'sql-2' },
        { name: 'share-2' },
      ],
    });
    expect(dpm).toMatchObject({ value: [{ engineName: 'mabs03.corp.example' }, { name: 'share-3' }] });
  });

  test('are unknown if one does not tell its server: it may be that of any', async () => {
    const { azure, reads } = await running(servers(1));
    azure.faults({ path: /backupProtectedItems$/, status: 200, body: { value: [{ name: 'dpm;x', properties: {} }] } });

    expect(await reads.itemsIn(vaultId(), 'mabs')).toMatchObject({
      kind: 'unknown',
      because: { cause: 'not-reported' },
    });
  });

  test('are unknown where they may not be read', async () => {
    const { azure, reads } = await running(servers(1));
    azure.faults({ path: /backupProtectedItems$/, status: 403 });

    expect(await reads.itemsIn(vaultId(), 'mabs')).toMatchObject({
      kind: 'unknown',
      because: { cause: 'no-permission' },
    });
  });
});

describe('VMs that servers may run on', () => {
  const properties = vmProperties('mabs01');
  const host = vm('Backup-Host', {
    tags: { role: 'mabs' },
    properties: {
      ...properties,
      hardwareProfile: { vmSize: 'Standard_D4s_v5' },
      osProfile: { computerName: 'MABS01' },
      storageProfile: {
        imageReference: { publisher: 'MicrosoftWindowsServer', offer: 'WindowsServer', sku: '2022-datacenter-core-g2' },
      },
    },
    instanceView: { osName: 'Windows Server 2022 Datacenter', osVersion: '10.0.20348.2700', statuses: [] },
  });
  const extension: EstateResource = {
    id: `${vmId('Backup-Host')}/extensions/join`,
    name: 'join',
    type: 'Microsoft.Compute/virtualMachines/extensions',
    location: 'westeurope',
    properties: { publisher: 'Microsoft.Compute', type: 'JsonADDomainExtension', provisioningState: 'Succeeded' },
  };

  test('are found by computer name and by id, in one query, with what they run', async () => {
    const { azure, reads } = await running([host, extension, vm('web1'), vm('web2')]);

    const machines = await reads.machines({ computerNames: ['mabs01'], vmIds: [vmId('WEB1')] });

    const found = machines.kind === 'known' ? machines.value.toSorted((a, b) => a.name.localeCompare(b.name)) : [];
    expect(found).toMatchObject([
      {
        vmId: vmId('Backup-Host'),
        computerName: 'mabs01',
        subscriptionId: subscription,
        region: 'westeurope',
        tags: { role: 'mabs' },
        vmSize: 'Standard_D4s_v5',
        os: 'Windows Server 2022 Datacenter 10.0.20348.2700',
        isServerCore: true,
      },
      { name: 'web1', computerName: 'web1', os: 'ubuntu 24.04', isServerCore: false, joinsDomain: false },
    ]);
    expect(azure.requests).toHaveLength(1);
  });

  test('by their ids come with the extension that joins a domain', async () => {
    const { reads } = await running([host, extension]);

    expect(await reads.machines({ computerNames: [], vmIds: [vmId('backup-host')] })).toMatchObject({
      value: [{ name: 'Backup-Host', joinsDomain: true }],
    });
  });

  test('are not asked for if there is nothing to ask', async () => {
    const { azure, reads } = await running([]);

    expect(await reads.machines({ computerNames: [], vmIds: [] })).toMatchObject({ kind: 'known', value: [] });
    expect(azure.requests).toEqual([]);
  });

  test('a name cannot become part of the query', async () => {
    const { reads } = await running([host]);

    expect(await reads.machines({ computerNames: ["x') or (true"], vmIds: [] })).toMatchObject({ value: [] });
  });

  test('are unknown where Resource Graph refuses', async () => {
    const { azure, reads } = await running([host]);
    azure.faults({ path: /ResourceGraph/, status: 403 });

    expect(await reads.machines({ computerNames: ['mabs01'], vmIds: [] })).toMatchObject({
      kind: 'unknown',
      because: { cause: 'no-permission' },
    });
  });
});

const recorded = join(import.meta.dirname, '../../../shared/fixtures/arm/backup-engine-get.json');

test.runIf(existsSync(recorded))(
  'the documented example of an engine is a DPM server without a refresh date',
  async () => {
    const { response } = JSON.parse(readFileSync(recorded, 'utf8')) as { response: { body: unknown } };
    const { azure, reads } = await running([]);
    azure.faults({ path: enginesPath, status: 200, body: { value: [response.body] } });

    expect(await reads.enginesIn(vaultId())).toMatchObject({
      value: [
        {
          hostName: 'testServer',
          type: 'DpmBackupEngine',
          agentVersion: '2.0.9532.0',
          productVersion: '5.1.348.0',
          extendedInfo: { diskCount: 5, usedDiskSpace: 20, availableDiskSpace: 50 },
        },
      ],
    });
  },
);

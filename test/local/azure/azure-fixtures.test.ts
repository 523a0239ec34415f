import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { HttpMethods } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { parseArmPath, rootResourceOf } from '../../../local/azure/arm-path.ts';
import { EstateResource } from '../../../local/estates/estate.ts';
import { runAzure } from './running-azure.ts';
import { smallEstate, subscriptionId, vmId } from './small-estate.ts';
import { startWebhook } from './webhook.ts';

/**
 * Recorded and documented answers of Azure, kept beside the repository: the estate is made of the resources in the
 * answer, the request is sent again, and the simulated answer must have every property that Azure's has.
 */
const fixtures = join(import.meta.dirname, '../../../../shared/fixtures/arm');

const Fixture = z.looseObject({
  operation: z.string().optional(),
  request: z.looseObject({
    method: z.enum(['GET', 'POST']),
    url: z.string().optional(),
    path: z.string().optional(),
    query: z.record(z.string(), z.string()).default({}),
    body: z.unknown().optional(),
  }),
  response: z.looseObject({ status: z.number(), body: z.looseObject({}) }),
});
type Fixture = z.infer<typeof Fixture>;
type Body = Readonly<Record<string, unknown>>;

/** Operations of ARM that the simulated Azure serves; fixtures of other operations are not its business. */
const served = new Set([
  'Subscriptions_Get',
  'VirtualMachines_Get ($expand=instanceView)',
  'VirtualMachines_InstanceView',
  'VirtualMachines_ListAll',
  'VirtualMachineExtensions_List',
  'Disks_List',
  'NetworkInterfaces_Get',
  'NetworkInterfaces_ListAll',
  'NetworkSecurityGroups_Get',
  'NetworkSecurityGroups_ListAll',
  'RouteTables_ListAll',
  'ManagementLocks_ListAtResourceGroupLevel',
  'ManagementLocks_ListAtResourceLevel',
  'Vaults_ListBySubscriptionId',
  'BackupPolicies_List',
  'ProtectionPolicies_Get',
  'BackupProtectedItems_List',
  'ProtectedItems_Get',
  'BackupJobs_List',
  'JobDetails_Get',
  'BackupEngines_Get',
  'BackupUsageSummaries_List',
  'BackupStatus_Get',
  'BackupResourceStorageConfigsNonCRR_Get',
  'BackupResourceVaultConfigs_Get',
  'ProtectionIntent_Validate',
  'any GET by id',
]);

function loadFixtures(): readonly (readonly [string, Fixture])[] {
  return readdirSync(fixtures).flatMap((file) => {
    // The example of the specification has error fields in a success; the recorded answers do not.
    if (file === 'backup-status-get-spec.json') return [];
    const parsed = Fixture.safeParse(JSON.parse(readFileSync(join(fixtures, file), 'utf8')));
    return parsed.success && served.has(parsed.data.operation ?? '') ? [[file, parsed.data] as const] : [];
  });
}

function targetOf({ request }: Fixture): { path: string; query: string } {
  const url = new URL(
    request.url ?? `https://management.azure.com${request.path}?${new URLSearchParams(request.query)}`,
  );
  return { path: decodeURIComponent(url.pathname), query: url.search };
}

/** The estate in which Azure gave the answer, as far as the answer tells. */
function resourcesOf(fixture: Fixture): EstateResource[] {
  const { path } = targetOf(fixture);
  const { body } = fixture.response;
  const entries = z.array(z.looseObject({})).safeParse(body['value']).data ?? [body];
  const nested = entries.flatMap((entry) => z.array(z.looseObject({})).safeParse(entry['resources']).data ?? []);
  const named = [...entries, ...nested].flatMap(
    (entry) => EstateResource.safeParse(withInstanceView(entry)).data ?? [],
  );
  return [...named, ...behind(path, fixture)];
}

function withInstanceView(entry: Body): Body {
  const { instanceView, ...properties } = z.looseObject({}).catch({}).parse(entry['properties']);
  return instanceView === undefined ? entry : { ...entry, properties, instanceView };
}

/** What the answer does not show but needs: the vault, the VM of an instance view, the item behind a backup status. */
function behind(path: string, { operation, request, response }: Fixture): EstateResource[] {
  const properties = {};
  const name = path.split('/').at(-2) ?? '';
  if (operation === 'VirtualMachines_InstanceView') {
    const id = path.slice(0, path.lastIndexOf('/'));
    return [{ id, name, type: 'Microsoft.Compute/virtualMachines', properties, instanceView: response.body }];
  }
  if (operation === 'VirtualMachineExtensions_List') {
    return [{ id: path.slice(0, path.lastIndexOf('/')), name, type: 'Microsoft.Compute/virtualMachines', properties }];
  }
  if (operation === 'BackupStatus_Get') return protectedBy(response.body, request.body);
  if (operation === 'ProtectionIntent_Validate') return alreadyProtected(request.body);
  if (operation === 'any GET by id') {
    return [{ id: `${path}-sibling`, name: 'sibling', type: parseArmPath(path)?.type ?? '', properties }];
  }
  if (!path.includes('/vaults/')) return [];
  return [{ id: rootResourceOf(path), name: 'vault', type: 'Microsoft.RecoveryServices/vaults', properties }];
}

function protectedBy(answer: Body, asked: unknown): EstateResource[] {
  const { vaultId, policyName } =
    z.looseObject({ vaultId: z.string(), policyName: z.string() }).safeParse(answer).data ?? {};
  if (vaultId === undefined) return [];
  const { resourceId } = z.looseObject({ resourceId: z.string() }).catch({ resourceId: anyVm }).parse(asked);
  return [
    {
      id: `${vaultId}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`,
      name: 'i',
      type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
      properties: { sourceResourceId: resourceId, policyId: `${vaultId}/backupPolicies/${policyName}` },
    },
  ];
}

/** The documented check of a VM finds it protected. */
function alreadyProtected(asked: unknown): EstateResource[] {
  const { resourceId, vaultId } = z.looseObject({ resourceId: z.string(), vaultId: z.string() }).parse(asked);
  const vm = { id: resourceId, name: 'vm', type: 'Microsoft.Compute/virtualMachines', properties: {} };
  return [vm, ...protectedBy({ vaultId, policyName: 'p' }, asked)];
}

/** The recorded questions about a VM's backup status came without their body. */
const anyVm = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm';

/** Asserts that `actual` has at least the properties of `expected`, `depth` levels down. */
function expectProperties(actual: unknown, expected: unknown, depth: number, at: string): void {
  if (Array.isArray(expected)) {
    const [first] = expected;
    const [own] = z.array(z.unknown()).parse(actual);
    if (first !== undefined) expectProperties(own, first, depth, `${at}[0]`);
    return;
  }
  if (depth === 0 || typeof expected !== 'object' || expected === null) return;
  const own = z.looseObject({}, `${at} is an object`).parse(actual);
  for (const [key, value] of Object.entries(expected)) {
    if (value === null) continue;
    expect(Object.keys(own), `${at} has ${key}`).toContain(key);
    expectProperties(own[key], value, depth - 1, `${at}.${key}`);
  }
}

function codeOf(body: unknown): unknown {
  return z.looseObject({ error: z.looseObject({ code: z.string() }) }).safeParse(body).data?.error.code;
}

const EventFixture = z.looseObject({ body: z.union([z.array(z.looseObject({})), z.looseObject({})]) });

function loadEvent(file: string): unknown {
  const { body } = EventFixture.parse(JSON.parse(readFileSync(join(fixtures, file), 'utf8')));
  const [event] = [body].flat();
  const { claims: _, ...data } = z.looseObject({}).parse(event?.['data']);
  return { ...event, data };
}

if (!existsSync(fixtures)) console.info('The recorded answers of Azure are not beside the repository: not compared.');

describe.runIf(existsSync(fixtures))('compared with the recorded answers of Azure', () => {
  test.each(existsSync(fixtures) ? loadFixtures() : [])('%s: nothing is missing', async (_, fixture) => {
    const { path, query } = targetOf(fixture);
    const recordedId = parseArmPath(path)?.subscriptionId ?? path.split('/')[2] ?? '';
    const tags = fixture.response.body['tags'];
    const subscription = { subscriptionId: recordedId, displayName: 'Recorded', state: 'Enabled', tags };
    const estate = { ...smallEstate(), subscriptions: [subscription], resources: resourcesOf(fixture) };
    const { send } = await runAzure({ estate });
    const body =
      fixture.request.method === 'POST'
        ? (fixture.request.body ?? { resourceType: 'VM', resourceId: anyVm })
        : undefined;
    const version = query.includes('api-version') ? query : `${query}${query === '' ? '?' : '&'}api-version=2026-04-01`;

    const answer = await send(fixture.request.method as HttpMethods, `${encodeURI(path)}${version}`, body);

    expect([answer.status, answer.body]).toEqual([fixture.response.status, expect.anything()]);
    expectProperties(answer.body, fixture.response.body, 4, 'body');
    expect(codeOf(answer.body)).toBe(codeOf(fixture.response.body));
  });

  test.each([
    ['event-write-success-eventgrid.json', 'eventgrid', 'PATCH'],
    ['event-delete-success-eventgrid.json', 'eventgrid', 'DELETE'],
    ['event-write-success-cloudevents.json', 'cloudevents', 'PATCH'],
  ] as const)('%s: nothing is missing from the event', async (file, schema, method) => {
    const { azure, send } = await runAzure({ events: { schema } });
    const webhook = await startWebhook();
    await azure.subscribe({ subscriptionId, endpoint: webhook.url });

    await send(method, vmId('web1'), method === 'PATCH' ? { tags: {} } : undefined);
    await webhook.waitFor(1);

    expectProperties(webhook.received[0]?.events[0], loadEvent(file), 4, 'event');
  });
});

import { expect, test } from 'vitest';

import { reportResources } from '../../lib/use-cases/report-resources.ts';
import type { Estate, EstateResource } from '../../local/estates/estate.ts';
import { item, subscription, testEstate, vaultId, vaultWithPolicy, vm } from '../contract/test-estate.ts';
import { serviceOfFile, withInventory } from './service-of-file.ts';
import { rowsByName, sweep, verdictsByName } from './swept-estate.ts';

const { on, started: startedAtOnce } = await serviceOfFile();

/** The tests share the list of sweeps, in which the newest counts: each is a week later than those before it. */
let weeks = 0;
async function started(estate?: Estate) {
  const service = await startedAtOnce(estate);
  weeks += 1;
  service.clock.pass(weeks * 7 * 24 * 60);
  const swept = async (ports = service.ports) => {
    service.clock.pass(24 * 60);
    return sweep(ports, service.judgement);
  };
  return { ...service, swept };
}

const group = `/subscriptions/${subscription}/resourceGroups/rg-classic/providers`;

/** A classic resource as far as anybody knows how Azure shows it. */
function classic(type: string, name: string, properties: EstateResource['properties'] = {}): EstateResource {
  return { id: `${group}/${type}/${name}`, name, type, location: 'West Europe', tags: {}, properties };
}

const classicVm = classic('Microsoft.ClassicCompute/virtualMachines', 'old-vm', {
  networkProfile: { reservedIps: [{ name: 'ip-1' }], inputEndpoints: [] },
});

/** An item of a classic VM: its container lacks the `v2`, and it names no VM that anybody judges. */
const classicItem: EstateResource = {
  id: `${vaultId()}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainer;old-service;old-vm/protectedItems/vm;iaasvmcontainer;old-service;old-vm`,
  name: 'vm;iaasvmcontainer;old-service;old-vm',
  type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
  location: 'westeurope',
  tags: {},
  properties: {
    backupManagementType: 'AzureIaasVM',
    protectedItemType: 'Microsoft.ClassicCompute/virtualMachines',
    friendlyName: 'old-vm',
    protectionState: 'ProtectionStopped',
  },
};

const withClassic = testEstate({
  resources: [
    vm('web1'),
    vm('web2'),
    ...vaultWithPolicy(),
    item('web1'),
    classicVm,
    classic('Microsoft.ClassicStorage/storageAccounts', 'oldstore'),
    classicItem,
  ],
});

test('classic resources and their items are found and told what to do, once per sweep, to who may see them', async () => {
  const { ports, swept, subscriptionId } = await started(withClassic);

  const { runId } = await swept();

  const report = await reportResources(ports);
  expect(report).toMatchObject({
    runId,
    rules: {
      'classic-vm-present': 1,
      'classic-reserved-ip-endpoint': 1,
      'classic-asm-storage': 1,
      'classic-backup-item': 1,
    },
  });
  expect(
    report.findings.map(({ resource, finding }) => [finding.rule, resource?.name, finding.outcome]),
  ).toContainEqual(['classic-backup-item', 'old-vm', 'fail']);
  expect(await reportResources(ports, [subscriptionId])).toEqual(report);
  expect(await reportResources(ports, ['another'])).toEqual({ ...report, rules: {}, findings: [] });
});

test('they do not disturb the judgement of VMs: the same rows as without them', async () => {
  const without = testEstate({ resources: withClassic.resources.filter(({ id }) => !/classic|old-/i.test(id)) });
  const [one, other] = [await started(withClassic), await started(without)];

  await one.swept();
  await other.swept();

  const found = await rowsByName(one.ports, one.subscriptionId);
  const expected = await rowsByName(other.ports, other.subscriptionId);
  expect(await verdictsByName(one.ports, one.subscriptionId)).toEqual(
    await verdictsByName(other.ports, other.subscriptionId),
  );
  for (const [name, { failing, unknown }] of Object.entries(found)) {
    expect({ failing, unknown }).toEqual({ failing: expected[name]?.failing, unknown: expected[name]?.unknown });
  }
});

test('an item whose VM is gone is in question after one complete sweep and orphaned after two', async () => {
  const { ports, swept } = await started(testEstate({ resources: [vm('web2'), ...vaultWithPolicy(), item('web1')] }));
  const outcomes = async () => {
    const { findings } = await reportResources(ports);
    return findings.filter(({ finding }) => finding.rule === 'health-orphaned-item').map(({ finding }) => finding);
  };

  await swept();
  const first = await outcomes();
  await swept();
  const second = await outcomes();

  expect(first).toMatchObject([{ outcome: 'unknown', cause: 'in-transition' }]);
  expect(second).toMatchObject([{ outcome: 'fail', reason: 'Orphaned' }]);
});

test('an item in a region that has no VM at all is found as well', async () => {
  const { ports, swept } = await started(testEstate({ resources: [...vaultWithPolicy(), item('web1')] }));

  await swept();
  const run = await swept();

  expect(run.state).toBe('complete');
  expect((await reportResources(ports)).rules).toEqual({ 'health-orphaned-item': 1 });
});

test('an incomplete sweep in between makes no orphan', async () => {
  const { swept, later, clock } = await started();
  await swept();
  const gone = later(testEstate({ resources: [vm('web2'), ...vaultWithPolicy(), item('web1')] }));
  const next = await on(gone, clock.now);
  const policies = async () =>
    ({ kind: 'unknown', because: { cause: 'partial-inventory', detail: 'A page was cut.' } }) as const;

  await swept(withInventory(next.ports, { policies }));
  await swept(next.ports);

  const { findings } = await reportResources(next.ports);
  expect(findings.map(({ finding }) => finding.outcome)).toEqual(['unknown']);
});

test('what of classic Azure may not be read is said once for each rule, and nothing else stops', async () => {
  const { ports, swept, subscriptionId } = await started();
  const because = { cause: 'no-permission', detail: 'It may not be read.' } as const;
  const unread = { kind: 'unknown', because } as const;

  await swept(
    withInventory(ports, {
      classicResources: async () => ({
        classicVms: unread,
        classicItems: unread,
        classicStorageAccounts: unread,
        classicBackupVaults: unread,
      }),
    }),
  );

  const { findings } = await reportResources(ports);
  expect(findings).toHaveLength(6);
  expect(findings.every(({ finding, resource }) => finding.outcome === 'unknown' && !resource)).toBe(true);
  expect(Object.keys(await verdictsByName(ports, subscriptionId)).toSorted()).toEqual(['web1', 'web2']);
});

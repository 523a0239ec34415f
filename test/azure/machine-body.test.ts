import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { readMachineBody, readMachineRow } from '../../lib/azure/machine-body.ts';
import type { MachineFacts } from '../../lib/use-cases/ports.ts';
import { diskId, instanceView, nicId, tenantId, vm, vmId, vmProperties } from '../contract/test-estate.ts';
import { mutationsOf } from './mutations.ts';

const source = { where: 'here', readAt: '2026-11-20T06:00:00Z' };

/** A VM as ARM sends it; `change` replaces properties. */
function body(change: Readonly<Record<string, unknown>> = {}, view: unknown = instanceView()): object {
  const { instanceView: _, ...model } = vm('web1');
  return { ...model, properties: { ...vmProperties('web1'), instanceView: view, ...change } };
}

/** The same VM as a row of the query `vms`. */
const row = {
  id: vmId('web1'),
  location: 'westeurope',
  tenantId,
  managedBy: '',
  tags: { owner: 'shop' },
  zones: null,
  plan: null,
  extendedLocation: null,
  vmId: 'guid-of-web1',
  timeCreated: '2026-01-01T00:00:00Z',
  provisioningState: 'Succeeded',
  vmSize: 'Standard_D2s_v5',
  priority: '',
  evictionPolicy: '',
  availabilitySet: null,
  virtualMachineScaleSet: null,
  host: null,
  hostGroup: null,
  networkInterfaces: [{ id: nicId('web1') }],
  osDisk: { osType: 'Linux', name: 'web1-os', managedDisk: { id: diskId('web1-os') } },
  dataDisks: [],
  imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' },
  osProfile: { windowsConfiguration: null, linuxConfiguration: { provisionVMAgent: true } },
  hasOsProfile: true,
  securityType: '',
  powerState: 'PowerState/running',
  osName: 'ubuntu',
  osVersion: '24.04',
};

function factsOf(raw: unknown): MachineFacts {
  const facts = readMachineBody(raw, tenantId, source);
  if (!facts) throw new Error('The body is no VM.');
  return facts;
}

test('the body of ARM and the row of Resource Graph tell the same of a VM, but for the agent', () => {
  const { agent: _, ...fromArm } = factsOf(body());
  const { agent: unread, ...fromGraph } = readMachineRow(row, source) ?? {};

  expect(fromGraph).toEqual(fromArm);
  expect(unread).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
});

test('a row in which Azure left everything out but id and place is a VM of which little is known', () => {
  const facts = readMachineRow({ id: vmId('web1'), location: 'West Europe' }, source);

  expect(facts).toMatchObject({
    vm: { value: { region: 'westeurope', tenantId: '', vmId: '' } },
    tags: { kind: 'known', value: {} },
    disks: { kind: 'unknown' },
    power: { kind: 'unknown' },
    agent: { kind: 'unknown' },
  });
});

test.each([
  ['no osProfile (specialised disk)', { osProfile: undefined }, undefined],
  ['an agent that is wanted', { osProfile: { windowsConfiguration: { provisionVMAgent: true } } }, true],
  ['an agent that is not wanted', { osProfile: { linuxConfiguration: { provisionVMAgent: false } } }, false],
])('%s', (_, change, expected) => {
  expect(factsOf(body(change)).vm.value.provisionVmAgent).toBe(expected);
});

const id = (type: string, name: string) =>
  `/subscriptions/s/resourceGroups/RG/providers/Microsoft.Compute/${type}/${name}`;

test('where a VM is placed and under which conditions it runs is told', () => {
  const properties = {
    provisioningState: 'Failed',
    hardwareProfile: { vmSize: 'Standard_D2s_v5' },
    priority: 'Spot',
    evictionPolicy: 'Delete',
    availabilitySet: { id: id('availabilitySets', 'AS') },
    virtualMachineScaleSet: { id: id('virtualMachineScaleSets', 'SS') },
    host: { id: id('hosts', 'H') },
    hostGroup: { id: id('hostGroups', 'HG') },
    storageProfile: {
      osDisk: { managedDisk: { securityProfile: { securityEncryptionType: 'DiskWithVMGuestState' } } },
      dataDisks: [],
    },
  };
  const around = {
    zones: ['2'],
    plan: { name: 'p', publisher: 'q', product: 'r' },
    extendedLocation: { type: 'EdgeZone', name: 'losangeles' },
  };

  expect(factsOf({ ...body(properties), ...around }).vm.value).toMatchObject({
    zones: ['2'],
    provisioningState: 'Failed',
    vmSize: 'Standard_D2s_v5',
    priority: 'Spot',
    evictionPolicy: 'Delete',
    extendedZone: 'losangeles',
    availabilitySetId: id('availabilitySets', 'AS').toLowerCase(),
    scaleSetId: id('virtualMachineScaleSets', 'SS').toLowerCase(),
    hostId: id('hosts', 'H').toLowerCase(),
    hostGroupId: id('hostGroups', 'HG').toLowerCase(),
    plan: { name: 'p', publisher: 'q', product: 'r' },
    confidentialEncryption: 'DiskWithVMGuestState',
  });
});

test.each([
  [{ plan: null, extendedLocation: null, zones: null }],
  [{ plan: {}, extendedLocation: { type: 'CustomLocation', name: 'here' }, zones: 'one' }],
])('a VM that is nowhere special says nothing of it: %j', (around) => {
  const vm = factsOf({ ...body(), ...around }).vm.value;

  expect(vm.zones).toEqual([]);
  expect(Object.keys(vm)).not.toEqual(expect.arrayContaining([expect.stringMatching(/plan|extendedZone|scaleSetId/)]));
});

describe('network interfaces', () => {
  const interfacesOf = (networkProfile: unknown) => factsOf(body({ networkProfile })).interfaces;

  test('are named in the order of the VM, and the one that it marks as primary', () => {
    const networkInterfaces = [{ id: 'A' }, { id: 'B', properties: { primary: true } }];

    expect(interfacesOf({ networkInterfaces })).toMatchObject({
      kind: 'known',
      value: { ids: ['a', 'b'], primary: 'b', row: { properties: { networkProfile: { networkInterfaces } } } },
    });
  });

  test.each([[undefined], [null], [{}], [{ networkInterfaces: null }], [{ networkInterfaces: [{}] }]])(
    '%j cannot be told',
    (networkProfile) => {
      expect(interfacesOf(networkProfile)).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
    },
  );
});

test('a row without an osProfile says nothing of the agent, although the query makes an empty one', () => {
  const facts = readMachineRow({ ...row, hasOsProfile: false }, source);

  expect(facts?.vm.value).not.toHaveProperty('provisionVmAgent');
});

describe('disks', () => {
  const disksOf = (storageProfile: unknown) => factsOf(body({ storageProfile })).disks;
  const managed = { name: 'd', managedDisk: { id: 'x' } };

  test.each([
    [{ osDisk: managed, dataDisks: [] }, [{ name: 'd', role: 'os', unmanaged: false, id: 'x' }]],
    [{ osDisk: { vhd: null }, dataDisks: [] }, [{ name: '(unnamed)', role: 'os', unmanaged: false }]],
    [
      { osDisk: { name: 'o', vhd: { uri: 'https://x/o.vhd' } }, dataDisks: [managed] },
      [
        { name: 'o', role: 'os', unmanaged: true },
        { name: 'd', role: 'data', unmanaged: false, id: 'x' },
      ],
    ],
    [
      {
        osDisk: {
          name: 'o',
          diskSizeGB: 30,
          writeAcceleratorEnabled: false,
          diffDiskSettings: { option: 'Local' },
          managedDisk: { id: 'X', storageAccountType: 'Premium_LRS' },
        },
        dataDisks: [{ name: 'd', lun: 3, writeAcceleratorEnabled: true, diskSizeGB: null, managedDisk: {} }],
      },
      [
        {
          name: 'o',
          role: 'os',
          unmanaged: false,
          id: 'x',
          sizeGiB: 30,
          storageType: 'Premium_LRS',
          writeAccelerator: false,
          ephemeral: true,
        },
        { name: 'd', role: 'data', unmanaged: false, lun: 3, writeAccelerator: true },
      ],
    ],
  ])('%j are read', (storageProfile, value) => {
    expect(disksOf(storageProfile)).toEqual({ kind: 'known', value, source });
  });

  test.each([
    [undefined],
    [null],
    [{}],
    [{ osDisk: managed }],
    [{ dataDisks: [] }],
    [{ osDisk: managed, dataDisks: 'none' }],
    [{ osDisk: managed, dataDisks: [null] }],
    [{ osDisk: { name: 'o', vhd: {} }, dataDisks: [] }],
    [{ osDisk: managed, dataDisks: [{ vhd: { uri: 5 } }] }],
  ])('%j cannot be told', (storageProfile) => {
    expect(disksOf(storageProfile)).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
  });
});

test.each([
  [undefined, { kind: 'known', value: {} }],
  [null, { kind: 'known', value: {} }],
  [{ Owner: 'shop' }, { kind: 'known', value: { Owner: 'shop' } }],
  ['owner=shop', { kind: 'unknown', because: { cause: 'not-reported' } }],
  [{ exclude: true }, { kind: 'unknown', because: { cause: 'not-reported' } }],
])('tags %j', (tags, expected) => {
  expect(factsOf({ ...body(), tags }).tags).toMatchObject(expected);
});

describe('the agent', () => {
  const agentOf = (view: unknown) => factsOf(body({}, view)).agent;
  const running = { statuses: [{ code: 'PowerState/running' }] };

  test.each([
    ['reports', instanceView(), { statusCode: 'ProvisioningState/succeeded', version: '2.14.0.1' }],
    ['is missing', running, {}],
    ['is null', { ...running, vmAgent: null }, {}],
    ['has no status', { ...running, vmAgent: { vmAgentVersion: 'Unknown', statuses: [] } }, { version: 'Unknown' }],
    [
      'has a status of another kind first',
      { ...running, vmAgent: { statuses: [{ code: 'Other/x' }, { code: 'ProvisioningState/succeeded' }] } },
      { statusCode: 'ProvisioningState/succeeded' },
    ],
  ])('%s', (_, view, value) => {
    expect(agentOf(view)).toMatchObject({ kind: 'known', value });
  });

  test.each([
    [{ ...running, vmAgent: 'ready' }],
    [{ ...running, vmAgent: { statuses: 'ready' } }],
    [{ ...running, vmAgent: { statuses: [{ displayStatus: 'Ready' }] } }],
    [{ ...running, vmAgent: { statuses: [null] } }],
    [null],
    ['running'],
  ])('is not missing where its section makes no sense: %j', (view) => {
    expect(agentOf(view)).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
  });

  test.each([
    ['PowerState/deallocated', 'vm-not-running'],
    ['powerstate/STOPPED', 'vm-not-running'],
    ['PowerState/starting', 'in-transition'],
  ])('of a VM in %s is unknown for that reason: %s', (code, cause) => {
    expect(agentOf({ ...instanceView(), statuses: [{ code }] })).toMatchObject({ kind: 'unknown', because: { cause } });
  });
});

test.each([
  [[{ code: 'ProvisioningState/succeeded' }]],
  [[{ code: 5 }]],
  ['PowerState/running'],
  [[null]],
  [undefined],
])('without a power state nobody knows whether a VM runs: %j', (statuses) => {
  expect(factsOf(body({}, { ...instanceView(), statuses })).power).toMatchObject({ kind: 'unknown' });
});

test.each([
  [undefined],
  [null],
  [[]],
  ['vm'],
  [{}],
  [{ ...body(), id: '/x' }],
  [{ ...body(), location: 5 }],
  [{ id: vmId('a') }],
])('what is no VM is none: %j', (raw) => {
  expect(readMachineBody(raw, tenantId, source)).toBeUndefined();
  expect(raw === null || typeof raw !== 'object' || !('osDisk' in raw)).toBe(true);
});

const AgentSection = z.looseObject({
  properties: z.looseObject({
    instanceView: z.looseObject({ vmAgent: z.looseObject({ statuses: z.array(z.unknown()).nonempty() }) }),
  }),
});

/** What a broken body of a healthy VM must never become: a fact that is not the truth and not told to be unknown. */
function inventions({ tags, disks, power, agent }: MachineFacts, raw: unknown): readonly unknown[] {
  const isAgentLost = agent.kind === 'known' && agent.value.statusCode === undefined;
  return [
    ...(disks.kind === 'known' && disks.value.some((disk) => disk.unmanaged) ? [disks] : []),
    ...(power.kind === 'known' && power.value === '' ? [power] : []),
    ...(tags.kind === 'known' && Object.values(tags.value).some((tag) => typeof tag !== 'string') ? [tags] : []),
    ...(isAgentLost && AgentSection.safeParse(raw).success ? [agent] : []),
  ];
}

test('no broken body makes it throw or invents a fact', () => {
  fc.assert(
    fc.property(mutationsOf(body()), (raw) => {
      const facts = readMachineBody(raw, tenantId, source);
      expect(facts ? inventions(facts, raw) : []).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('no broken row makes it throw or invents a fact', () => {
  fc.assert(
    fc.property(mutationsOf(row), (raw) => {
      const facts = readMachineRow(raw, source);
      expect(facts ? inventions(facts, raw) : []).toEqual([]);
      expect(facts?.agent.kind ?? 'unknown').toBe('unknown');
    }),
    { numRuns: 300 },
  );
});

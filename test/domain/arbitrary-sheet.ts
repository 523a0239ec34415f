import fc from 'fast-check';

import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import type { DiskInventory, DiskResource } from '../../lib/domain/disk-resource.ts';
import { type Fact, type UnknownCause, unknown } from '../../lib/domain/fact.ts';
import type { FactName, FactSheet, Facts } from '../../lib/domain/fact-sheet.ts';
import { armId } from '../../lib/domain/ids.ts';
import type { Lock } from '../../lib/domain/lock.ts';
import type { NetworkInput } from '../../lib/domain/network-rows.ts';
import type { NicInventory } from '../../lib/domain/nic.ts';
import type { ItemInventory, ProtectedItem, Vault, VaultInventory } from '../../lib/domain/protection.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import {
  diskResource,
  disks,
  fact,
  hoursAgo,
  item,
  machine,
  oneNic,
  openNetwork,
  otherSubscription,
  registered,
  settings,
  vault,
} from '../rules/healthy-vm.ts';

/**
 * Causes with which a read can fail. The others are a rule's own (`not-due-yet`), or say that reading again changes
 * nothing (`not-exposed`, `docs-disagree`), which the contract of verdicts leaves out of the verdict on purpose.
 */
const readingCauses = [
  'no-permission',
  'throttled',
  'partial-inventory',
  'vm-not-running',
  'too-new',
  'in-transition',
  'not-reported',
] as const satisfies readonly UnknownCause[];

const because = fc.constantFrom(...readingCauses).map((cause) => ({ cause, detail: 'It could not be read.' }));

/** A fact that could not be read. */
export const unknownFact: fc.Arbitrary<Fact<never>> = because.map(({ cause, detail }) => unknown(cause, detail));

/** A field that Azure may leave out. */
function optional<K extends string, T>(name: K, value: fc.Arbitrary<T>): fc.Arbitrary<{ readonly [Key in K]?: T }> {
  return fc.oneof(
    fc.constant({}),
    value.map((each) => ({ [name]: each }) as { readonly [Key in K]: T }),
  );
}

/** Something of the expected kind, or any text. */
function oftenOf(...expected: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...expected) }, { weight: 1, arbitrary: fc.string() });
}

const instant = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, 10, 31.9, 32, 33, 64, 65, 73, 75, 500).map(hoursAgo) },
  { weight: 1, arbitrary: fc.constantFrom(hoursAgo(-3), 'never', '') },
);

const someVault: fc.Arbitrary<Vault> = fc
  .record({
    name: fc.constantFrom('rsv-a', 'rsv-b', 'rsv-c'),
    subscriptionId: fc.constantFrom(machine().subscriptionId, otherSubscription),
    region: fc.constantFrom('westeurope', 'westeurope', 'northeurope'),
    tenantId: fc.constantFrom(machine().tenantId, machine().tenantId, 'other', ''),
    provisioningState: fc.constantFrom('Succeeded', 'Succeeded', 'Succeeded', 'Failed'),
    redundancy: oftenOf('GeoRedundant', 'ZoneRedundant', 'LocallyRedundant'),
    softDeleteState: oftenOf('Enabled', 'AlwaysON', 'Disabled'),
    softDeleteDays: fc.constantFrom(13, 14, 180),
    immutability: oftenOf('Disabled', 'Unlocked', 'Locked'),
    subscriptionState: fc.constantFrom('Enabled', 'Enabled', 'Enabled', 'Warned'),
    locks: fc.oneof(
      { weight: 8, arbitrary: fc.constant(fact([])) },
      { weight: 1, arbitrary: fc.constant(fact([{ id: '/l', name: 'l', level: 'ReadOnly', scope: armId('/s') }])) },
      { weight: 1, arbitrary: unknownFact },
    ),
  })
  .map(({ name, ...change }) => vault(name, change));

const someVaults = fc.uniqueArray(someVault, { maxLength: 4, selector: ({ key }) => key });

const someItem: fc.Arbitrary<ProtectedItem> = fc
  .tuple(
    someVault,
    oftenOf('Protected', 'IRPending', 'ProtectionStopped', 'ProtectionError', 'Invalid'),
    optional('lastRecoveryPoint', instant),
    optional('softDeletedUntil', instant),
  )
  .map(([holder, protectionState, point, until]) => {
    const { lastRecoveryPoint: _, ...rest } = item({ protectionState }, holder);
    return { ...rest, ...point, ...until };
  });

const someItems = fc.uniqueArray(someItem, { maxLength: 3, selector: ({ key }) => key });

const schedule: fc.Arbitrary<NonNullable<BackupPolicy['schedule']>> = fc.record({
  kind: fc.constantFrom('hourly', 'daily', 'weekly'),
  gapHours: fc.constantFrom(4, 12, 24, 168),
});

const somePolicy: fc.Arbitrary<BackupPolicy> = fc
  .tuple(
    optional('schedule', schedule),
    optional('subtype', fc.constantFrom('Standard' as const, 'Enhanced' as const)),
    optional('instantRestoreDays', fc.constantFrom(1, 5, 6, 30, 31)),
    optional(
      'retention',
      fc.constantFrom(
        { kind: 'daily' as const, days: 29 },
        { kind: 'daily' as const, days: 30 },
        { kind: 'weekly' as const, weeks: 4 },
      ),
    ),
    optional('snapshotConsistency', oftenOf('OnlyCrashConsistent')),
  )
  .map((parts): BackupPolicy => Object.assign({ id: '/policies/p', name: 'P' }, ...parts));

const policy = fc.oneof(fc.constant('none' as const), somePolicy);

/** The policies of the vaults that may occur, under the name that a VM would get. */
const policies = fc.dictionary(fc.constantFrom('rsv-a', 'rsv-b'), somePolicy).map(
  (byVault) =>
    new Map(
      Object.entries(byVault).map(([name, each]) => {
        const id = armId(`${vault(name).key}/backuppolicies/${settings.defaultPolicyName}`);
        return [id, { ...each, id }] as const;
      }),
    ),
);

const someDisk = fc
  .tuple(
    fc.constantFrom('os', 'data-0', 'data-1', 'data-2'),
    optional('sku', oftenOf('Premium_LRS', 'UltraSSD_LRS', 'PremiumV2_LRS')),
    optional('sizeGiB', fc.constantFrom(128, 4096, 4097, 65_536, 65_537)),
    optional('maxShares', fc.constantFrom(1, 2)),
    optional('dataAccessAuthMode', oftenOf('None', 'AzureActiveDirectory')),
    optional('securityType', oftenOf('TrustedLaunch')),
    optional('diskEncryption', fc.constant({ secretVaults: [armId('/kv')], keyVaults: [] })),
  )
  .map(([name, ...parts]) => Object.assign(diskResource(name), ...parts) as DiskResource);

const diskInventory = fc
  .tuple(fc.uniqueArray(someDisk, { selector: ({ key }) => key }), because)
  .map(([read, missing]): DiskInventory => ({ read, missing }));

const lock: fc.Arbitrary<Lock> = fc.record({
  id: fc.constant('/locks/l'),
  name: fc.string(),
  level: oftenOf('CanNotDelete', 'ReadOnly'),
  scope: fc
    .constantFrom(
      `/subscriptions/${machine().subscriptionId}`,
      `/subscriptions/${machine().subscriptionId}/resourceGroups/AzureBackupRG_westeurope_1`,
      `/subscriptions/${machine().subscriptionId}/resourceGroups/rg-pay`,
    )
    .map(armId),
});

const nics = fc.constantFrom<NicInventory>(
  oneNic,
  { count: 2, nics: oneNic.nics, gap: { cause: 'partial-inventory', detail: 'Not seen.' } },
  { count: 0, nics: [] },
);

const denyAll = {
  id: '/nsg',
  name: 'nsg',
  properties: {
    securityRules: [
      {
        name: 'deny',
        properties: {
          direction: 'Outbound',
          access: 'Deny',
          priority: 100,
          protocol: '*',
          sourceAddressPrefix: '*',
          sourcePortRange: '*',
          destinationAddressPrefix: '*',
          destinationPortRange: '*',
        },
      },
    ],
  },
};

const network = fc.constantFrom<NetworkInput>(
  openNetwork,
  { ...openNetwork, subnetNsg: denyAll },
  { ...openNetwork, nic: null },
  {},
);

const image = fc
  .tuple(
    optional('publisher', oftenOf('Canonical', 'azureopenshift')),
    optional('sku', oftenOf('2022-datacenter', '2008-R2-SP1')),
  )
  .map((parts) => Object.assign({}, ...parts) as { publisher?: string; sku?: string });

const tagNames = fc.constantFrom('backstop-exclude', 'BACKSTOP-Exclude-Until', 'environment', 'owner');
const tags = fc.dictionary(tagNames, oftenOf('true', '2026-11-20', '2020-01-01', 'nonprod'));

const vm: fc.Arbitrary<Facts['vm']> = fc
  .tuple(
    optional('timeCreated', instant),
    optional('managedBy', fc.constant('/subscriptions/x/owner')),
    optional('osType', fc.constantFrom('Windows' as const, 'Linux' as const)),
    optional('provisionVmAgent', fc.boolean()),
    optional('securityType', oftenOf('ConfidentialVM', 'TrustedLaunch')),
    fc.record({
      resourceGroup: oftenOf('rg-pay', 'rg-pay', 'rg-pay', 'MC_shop'),
      tenantId: fc.constantFrom(machine().tenantId, ''),
    }),
  )
  .map((parts) => {
    const { image: _image, provisionVmAgent: _agent, timeCreated: _created, osType: _os, ...rest } = machine();
    return Object.assign({}, rest, ...parts) as Facts['vm'];
  });

const gap = optional('gap', because);

/** Each fact as it can be read, plausible for the most part and nonsense now and then. */
const facts: { readonly [Name in FactName]: fc.Arbitrary<Facts[Name]> } = {
  vm,
  tags,
  inheritedTags: fc.tuple(tags, tags),
  disks: fc.constantFrom(disks(0), disks(32), disks(33), [{ name: 'blob', role: 'os', unmanaged: true } as const]),
  guestOs: fc
    .tuple(
      optional('name', oftenOf('ubuntu', 'Windows Server 2022')),
      optional('version', oftenOf('10.0.20348', '6.1')),
      optional('image', image),
    )
    .map((parts) => Object.assign({}, ...parts) as Facts['guestOs']),
  power: oftenOf('running', 'deallocated'),
  agent: fc
    .tuple(
      optional('statusCode', oftenOf('ProvisioningState/succeeded', 'ProvisioningState/Unavailable')),
      optional('time', instant),
      optional('version', oftenOf('2.7.41491.1172', '2.2.53.1', 'Unknown')),
      optional('message', fc.string()),
    )
    .map((parts) => Object.assign({}, ...parts) as Facts['agent']),
  jobs: fc.array(
    fc.record({
      name: fc.uuid(),
      operation: fc.constant('Backup'),
      status: oftenOf('Failed', 'InProgress', 'CompletedWithWarnings', 'Cancelled'),
      startedAt: instant,
      errorCodes: fc.array(fc.string(), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
  vaults: fc.tuple(someVaults, gap).map(([vaults, own]): VaultInventory => ({ vaults, ...own })),
  items: fc.tuple(someItems, someItems, gap).map(
    ([live, deleted, own]): ItemInventory => ({
      live,
      softDeleted: deleted.map((each) => ({ ...each, softDeleted: true })),
      ...own,
    }),
  ),
  policy,
  protectedSince: fc.oneof(fc.constant('none'), instant),
  policies,
  diskResources: diskInventory,
  extensions: fc.array(
    fc.record({
      name: fc.string(),
      publisher: oftenOf('Microsoft.Azure.RecoveryServices', 'Microsoft.Azure.Security'),
      type: oftenOf('VMSnapshot', 'AzureDiskEncryption'),
      provisioningState: oftenOf('Succeeded', 'Failed', 'Updating', ''),
    }),
    { maxLength: 2 },
  ),
  nics,
  network,
  scaleSetMode: oftenOf('none', 'Flexible', 'Uniform'),
  vmSizes: fc.constantFrom(new Map(), new Map([['standard_d2s_v5', { vCpus: 2, memoryGiB: 8 }]])),
  keyVaults: fc.constant(new Map()),
  loads: fc.constantFrom(0, 899, 900, 999, 1000).map((vms) => ({
    vaults: new Map([[vault('rsv-a').key, { vms, dataSources: vms }]]),
    policies: new Map([[armId(`${vault('rsv-a').key}/backuppolicies/${settings.defaultPolicyName}`), vms / 10]]),
  })),
  newVaultName: fc.constantFrom<Facts['newVaultName']>(
    'none',
    { name: 'rsv-new', available: true },
    { name: 'rsv-new', available: undefined },
  ),
  restorePoints: fc.constantFrom(0, 15, 16, undefined).map((points) => ({ collections: ['c'], points })),
  locks: fc.array(lock, { maxLength: 2 }),
  provider: fc.record({
    registrationState: oftenOf('Registered', 'NotRegistered'),
    vaultRegions: fc.constantFrom(['westeurope'], []),
  }),
  azurePolicy: fc.constant({ assignments: [], exemptions: [] }),
  exemptions: fc.constantFrom<Facts['exemptions']>([], [registered()], [registered({ until: hoursAgo(1) })]),
  permissions: fc.constantFrom([{ actions: ['*'], notActions: [] }], []),
};

function factOf<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> {
  return fc.oneof({ weight: 9, arbitrary: value.map(fact) }, { weight: 1, arbitrary: unknownFact });
}

export const factNames = Object.keys(facts) as FactName[];

/** What can be known about a VM, each fact known or unknown. */
export const factSheet = fc.record(
  Object.fromEntries(factNames.map((name) => [name, factOf<unknown>(facts[name])])),
) as fc.Arbitrary<unknown> as fc.Arbitrary<FactSheet>;

/** Settings of an organisation that differ from the defaults where rules look at them. */
export const judgementSettings: fc.Arbitrary<JudgementSettings> = fc
  .record({
    allowCrossSubscriptionVaults: fc.boolean(),
    expectedVaults: fc.constantFrom(
      [],
      [],
      [vault('rsv-a').id],
      ['/subscriptions/s/providers/Microsoft.DataProtection/backupVaults/b'],
    ),
    environments: fc.constantFrom({}, { nonprod: { rpoHours: 192 } }),
  })
  .map((own) => ({ ...settings, ...own }));

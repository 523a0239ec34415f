import fc from 'fast-check';

import { type Fact, type UnknownCause, unknown } from '../../lib/domain/fact.ts';
import type { FactName, FactSheet, Facts } from '../../lib/domain/fact-sheet.ts';
import type { ItemInventory, ProtectedItem, Vault, VaultInventory } from '../../lib/domain/protection.ts';
import type { BackupPolicy } from '../../lib/domain/schedule.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import { disks, fact, hoursAgo, item, machine, otherSubscription, settings, vault } from '../rules/healthy-vm.ts';

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

const policy = fc.oneof(
  fc.constant('none' as const),
  optional('schedule', schedule).map((own): BackupPolicy => ({ id: '/policies/p', name: 'P', ...own })),
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

import { drop, put } from './bodies.ts';
import type { EstateResource } from './estate.ts';
import { databaseFillers, vmFillers } from './fillers.ts';
import type { MachinePlan } from './machine-plan.ts';
import { bareRegion, homeRegion, type Region, retag, specialRegion } from './names.ts';
import { placed } from './place-plants.ts';
import { hasVisibleItem, type Plant } from './plants.ts';
import { follow } from './protection-plans.ts';
import type { Site } from './site.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks, blocksSomehow, notes, type Sign, warns } from './truth.ts';

const northEurope: Region = { name: 'northeurope', short: 'neu' };
const unprotected = { start: 'unprotected' } as const;
const notWritable = [blocks('vault-writable')];

/** Nobody may change anything in the vault: VMs without an item there cannot be protected. */
function unwritable(words: string, place: SpecialPlace): Plant {
  return placed(words, place, { ...unprotected, signs: notWritable });
}

const inOwnState = (state: NonNullable<SpecialPlace['state']>): SpecialPlace => ({
  displayName: `Subscription in state ${state}`,
  region: homeRegion,
  state,
});
const disabled = inOwnState('Disabled');

const movingVault: SpecialPlace = {
  displayName: 'Vault on the move',
  region: homeRegion,
  furnish: ({ vault }) => put(vault, 'properties.moveState', 'InProgress'),
};

const frozenVault: SpecialPlace = {
  displayName: 'Frozen vault',
  region: homeRegion,
  furnish: (site) => site.lock(site.vault.id, 'ReadOnly'),
};

const frozenGroup: SpecialPlace = {
  displayName: 'Frozen group',
  region: northEurope,
  furnish: (site) => site.lock(groupOf(site), 'ReadOnly'),
};

const groupOf = ({ vault }: Site) => vault.id.replace(/\/providers\/.*/, '');

/** A second vault with the same policies beside the first. */
function doubleVault(site: Site): void {
  const { vault } = site;
  const id = `${vault.id}-b`;
  const copy = structuredClone(vault);
  site.emit({ ...copy, id, name: `${vault.name}-b` });
}

const oneOfTwoFrozen: SpecialPlace = {
  displayName: 'One of two vaults frozen',
  region: homeRegion,
  furnish(site) {
    doubleVault(site);
    site.lock(site.vault.id, 'ReadOnly');
  },
};

const keptVault: SpecialPlace = {
  displayName: 'Vault that may not be deleted',
  region: homeRegion,
  furnish(site) {
    site.lock(site.vault.id, 'CanNotDelete');
    site.lock(groupOf(site), 'CanNotDelete');
    // Frozen is only what nobody needs here.
    site.lock(site.group('rg-archive'), 'ReadOnly');
  },
};

/** A vault that was never finished: it is in the region and of no use; which of the two rules says so is open. */
const failedVault: SpecialPlace = {
  displayName: 'Vault never finished',
  region: northEurope,
  furnish: ({ vault }) => put(vault, 'properties.provisioningState', 'Failed'),
};

const writability: readonly Plant[] = [
  unwritable('the only vault of the region has a read-only lock', frozenVault),
  unwritable('the group of the only vault has a read-only lock', frozenGroup),
  unwritable('the only vault of the region is being moved', movingVault),
  unwritable('the subscription is disabled', disabled),
  unwritable('the subscription has a warning', inOwnState('Warned')),
  unwritable('the subscription is past due', inOwnState('PastDue')),
  placed('decoy: backed up in a disabled subscription', disabled, { start: 'protected' }),
  placed('the only vault of the region was never finished', failedVault, {
    ...unprotected,
    signs: [blocksSomehow('vault-same-region'), blocksSomehow('vault-writable')],
  }),
  placed('decoy: one of two vaults has a read-only lock', oneOfTwoFrozen, unprotected),
  placed('decoy: a delete lock on the vault', keptVault, {}),
];

/** How many there are in a vault, and what a policy holds. */
function crowded(displayName: string, fill: (site: Site) => void): SpecialPlace {
  return { displayName, region: northEurope, furnish: fill };
}

function vms(site: Site, count: number): void {
  for (const filler of vmFillers(site.place.vaults?.fill('standard', count) ?? [])) site.emit(filler);
}

function databases(site: Site, count: number): void {
  for (const filler of databaseFillers(site.vault.id, count)) site.emit(filler);
}

function inDefaultPolicy(site: Site, count: number): void {
  for (const filler of vmFillers(site.place.vaults?.fill('enhanced', count) ?? [])) site.emit(filler);
}

const noRoom = { ...unprotected, signs: [blocks('vault-capacity')] };
const capacity: readonly Plant[] = [
  placed(
    'vault with 1,000 VMs',
    crowded('Vault with 1,000 VMs', (site) => vms(site, 1000)),
    noRoom,
  ),
  placed(
    'decoy: vault with 999 VMs and 1,999 data sources',
    crowded('Vault with 999 VMs', (site) => {
      vms(site, 999);
      databases(site, 1000);
    }),
    unprotected,
  ),
  placed(
    'vault with 2,000 data sources',
    crowded('Vault with 2,000 data sources', (site) => {
      vms(site, 20);
      databases(site, 1980);
    }),
    noRoom,
  ),
  placed(
    'policy with 100 VMs',
    crowded('Policy with 100 VMs', (site) => inDefaultPolicy(site, 100)),
    {
      ...unprotected,
      signs: [blocks('policy-capacity')],
    },
  ),
  placed(
    'decoy: policy with 99 VMs',
    crowded('Policy with 99 VMs', (site) => inDefaultPolicy(site, 99)),
    unprotected,
  ),
];

type NewName = { readonly region: Region; readonly name: string };

/** Regions without any vault, and the names that Backstop would give the vaults there. */
const newNames = {
  fifty: { region: specialRegion('norwayeast'), name: 'rsv-contoso-norway-east-shared-services-backup-001' },
  fiftyOne: { region: specialRegion('polandcentral'), name: 'rsv-contoso-poland-centr-shared-services-backup-001' },
  two: { region: specialRegion('italynorth'), name: 'rv' },
  one: { region: specialRegion('spaincentral'), name: 'v' },
  digit: { region: specialRegion('israelcentral'), name: '9rsv-contoso-israel' },
  underscore: { region: specialRegion('mexicocentral'), name: 'rsv_contoso_mexico' },
  unlisted: { region: specialRegion('eastus2euap'), name: 'rsv-contoso-canary' },
} as const satisfies Record<string, NewName>;

/** Names for new vaults by region, for the settings of an estate; `usual` regions without a vault get a good one. */
export function newVaultNames(usual: readonly Region[]): Record<string, string> {
  return {
    ...Object.fromEntries(usual.map(({ name, short }) => [name, `rsv-contoso-${short}`])),
    ...Object.fromEntries(Object.values(newNames).map(({ region, name }) => [region.name, name])),
  };
}

const noVault = blocks('vault-same-region');
const badName = blocks('vault-name-valid');

type Furnish = NonNullable<SpecialPlace['furnish']>;

function newVault(words: string, region: Region, signs: readonly Sign[] = [], furnish?: Furnish): Plant {
  const place: SpecialPlace = { displayName: words.slice(0, 60), region, vault: 'none', ...(furnish && { furnish }) };
  return placed(words, place, { ...unprotected, signs: [noVault, ...signs] });
}

/** Says of the provider of Azure Backup what Azure would say in this subscription. */
function provider(properties: EstateResource['properties']): Furnish {
  const name = 'Microsoft.RecoveryServices';
  const type = 'Microsoft.Resources/providers';
  return (site) => site.emit({ id: `${site.subscription}/providers/${type}/${name}`, name, type, properties });
}

const notOffered = [blocks('vault-provider-region')];
const inFewRegions = { resourceTypes: [{ resourceType: 'vaults', locations: ['West Europe', 'North Europe'] }] };

const names: readonly Plant[] = [
  newVault('no vault yet, name planned of 50 characters', newNames.fifty.region),
  newVault('no vault yet, name planned of 51 characters', newNames.fiftyOne.region, [badName]),
  newVault('no vault yet, name planned of two characters', newNames.two.region),
  newVault('no vault yet, name planned of one character', newNames.one.region, [badName]),
  newVault('no vault yet, name planned that begins with a digit', newNames.digit.region, [badName]),
  newVault('no vault yet, name planned with underscores', newNames.underscore.region, [badName]),
  newVault(
    'in a region in which Azure Backup is not offered',
    newNames.unlisted.region,
    notOffered,
    provider({ registrationState: 'Registered', ...inFewRegions }),
  ),
  newVault(
    'the provider of Azure Backup is not registered',
    bareRegion,
    notOffered,
    provider({ registrationState: 'NotRegistered' }),
  ),
];

/** A vault in use that is not as it should be; only VMs with an item in it use it. */
function inUse(
  words: string,
  {
    signs = [],
    environment,
    start,
    ...place
  }: Omit<SpecialPlace, 'displayName' | 'region'> & {
    readonly signs?: readonly Sign[];
    readonly environment?: string;
    readonly start?: 'protected';
  },
): Plant {
  const special: SpecialPlace = { displayName: `In use: ${words}`, region: northEurope, ...place };
  const touches = environment === undefined ? [] : (['environment', 'policy'] as const);
  const isOfItem = (plan: MachinePlan) => (hasVisibleItem(plan) ? signs : []);
  return placed(words, special, { touches, signs: isOfItem, ...(start && { start }) }, (plan, garden) => {
    if (environment === undefined) return;
    retag(plan.tags, environment);
    follow(plan, 'enhanced', garden);
  });
}

const redundancy = 'properties.redundancySettings.standardTierStorageRedundancy';
const regionRestore = 'properties.redundancySettings.crossRegionRestore';
const softDelete = 'properties.securitySettings.softDeleteSettings';
const immutability = 'properties.securitySettings.immutabilitySettings.state';

/** Sets the values of the vault of a place, by their paths. */
const withVault = (values: Readonly<Record<string, unknown>>) => ({
  furnish: ({ vault }: Site) => {
    for (const [path, value] of Object.entries(values)) put(vault, path, value);
  },
});

const redundancies: readonly Plant[] = [
  inUse('vault locally redundant', {
    ...withVault({ [redundancy]: 'LocallyRedundant', [regionRestore]: 'Disabled' }),
    signs: [warns('vault-storage-redundancy')],
  }),
  inUse('decoy: vault zone-redundant', withVault({ [redundancy]: 'ZoneRedundant', [regionRestore]: 'Disabled' })),
  inUse('vault geo-redundant, its environment asks for zones', {
    ...withVault({ [redundancy]: 'GeoRedundant' }),
    environment: 'zoned',
    signs: [warns('vault-storage-redundancy')],
  }),
  inUse('no restore in the paired region, its environment asks for it', {
    ...withVault({ [redundancy]: 'GeoRedundant', [regionRestore]: 'Disabled' }),
    environment: 'critical',
    start: 'protected',
    signs: [notes('vault-cross-region-restore')],
  }),
  inUse('decoy: restore in the paired region, as its environment asks', {
    ...withVault({ [redundancy]: 'GeoRedundant', [regionRestore]: 'Enabled' }),
    environment: 'critical',
    start: 'protected',
  }),
  inUse('decoy: no restore in the paired region, and nobody asks for it', {
    ...withVault({ [redundancy]: 'GeoRedundant', [regionRestore]: 'Disabled' }),
    environment: 'prod',
  }),
];

const notSoftly = [warns('vault-soft-delete')];
const softDeletes: readonly Plant[] = [
  inUse('soft delete off', { ...withVault({ [`${softDelete}.softDeleteState`]: 'Disabled' }), signs: notSoftly }),
  inUse('soft delete for 13 days', {
    ...withVault({ [`${softDelete}.softDeleteRetentionPeriodInDays`]: 13 }),
    signs: notSoftly,
  }),
  inUse(
    'decoy: soft delete for 14 days, always on',
    withVault({
      [`${softDelete}.softDeleteState`]: 'AlwaysON',
      [`${softDelete}.softDeleteRetentionPeriodInDays`]: 14,
    }),
  ),
  inUse('soft delete for 14 days, its environment asks for 30', {
    ...withVault({ [`${softDelete}.softDeleteRetentionPeriodInDays`]: 14 }),
    environment: 'guarded',
    signs: notSoftly,
  }),
  inUse('vault not immutable, its environment asks for it', {
    ...withVault({ [immutability]: 'Disabled' }),
    environment: 'hardened',
    signs: [notes('vault-immutability')],
  }),
  inUse('immutability of the vault not locked, its environment asks for it', {
    ...withVault({ [immutability]: 'Unlocked' }),
    environment: 'hardened',
    signs: [notes('vault-immutability')],
  }),
  inUse('decoy: immutability of the vault locked, as its environment asks', {
    ...withVault({ [immutability]: 'Locked' }),
    environment: 'hardened',
  }),
  inUse('decoy: vault not immutable, and nobody asks for it', {
    ...withVault({ [immutability]: 'Disabled' }),
    environment: 'prod',
  }),
];

/** What an old vault does not report in Resource Graph, and ARM tells neither. */
const silentVaults: readonly Plant[] = [
  inUse('redundancy of the vault not reported', {
    furnish: ({ vault }) => drop(vault, 'properties.redundancySettings'),
    signs: [{ rule: 'vault-storage-redundancy', list: 'unknown' }],
  }),
  inUse('soft delete of the vault not reported', {
    furnish: ({ vault }) => drop(vault, softDelete),
    signs: [{ rule: 'vault-soft-delete', list: 'unknown' }],
  }),
];

/** A vault that only one private endpoint may reach. */
function withEndpoint(status: 'Pending' | 'Approved' | 'Rejected' | null) {
  return ({ vault }: Site) => {
    put(vault, 'properties.publicNetworkAccess', 'Disabled');
    if (status === null) return;
    const properties = {
      provisioningState: status === 'Approved' ? 'Succeeded' : 'Pending',
      groupIds: ['AzureBackup'],
      privateLinkServiceConnectionState: { status, description: '', actionsRequired: 'None' },
    };
    put(vault, 'properties.privateEndpointStateForBackup', 'Enabled');
    put(vault, 'properties.privateEndpointConnections', [
      { id: `${vault.id}/privateEndpointConnections/pe-backup`, name: 'pe-backup', properties },
    ]);
  };
}

const cutOff = [notes('network-private-endpoint')];
const endpoints: readonly Plant[] = [
  inUse('private endpoint pending, no public access', {
    furnish: withEndpoint('Pending'),
    start: 'protected',
    signs: cutOff,
  }),
  inUse('private endpoint rejected, no public access', {
    furnish: withEndpoint('Rejected'),
    start: 'protected',
    signs: cutOff,
  }),
  inUse('decoy: vault without public access', { furnish: withEndpoint(null), start: 'protected' }),
  inUse('decoy: private endpoint approved, no public access', {
    furnish: withEndpoint('Approved'),
    start: 'protected',
  }),
];

/** A vault that nobody expects, in a place of its own. */
export const unexpectedVault: SpecialPlace = { displayName: 'Unexpected vault', region: northEurope };

const expectations: readonly Plant[] = [
  placed('protected in a vault that nobody expects', unexpectedVault, {
    start: 'protected',
    signs: [blocks('vault-single-protection')],
  }),
];

/** Zonal VMs whose environment asks for a restore into another zone. */
const zones: readonly Plant[] = [
  ['in a zone, its vault cannot restore into another', 'GeoRedundant', [notes('availability-zone')]] as const,
  ['decoy: in a zone, its vault can restore into another', 'ZoneRedundant', []] as const,
].map(([words, value, signs]) =>
  placed(
    words,
    { displayName: `Zonal: ${words}`, region: northEurope, ...withVault({ [redundancy]: value }) },
    { touches: ['environment', 'policy', 'model'], signs, start: 'protected' },
    (plan, garden) => {
      plan.zone = '2';
      retag(plan.tags, 'zonal');
      follow(plan, 'enhanced', garden);
    },
  ),
);

/** Everything about vaults. */
export const vaultPlants: readonly Plant[] = [
  ...writability,
  ...capacity,
  ...names,
  ...redundancies,
  ...softDeletes,
  ...silentVaults,
  ...endpoints,
  ...expectations,
  ...zones,
];

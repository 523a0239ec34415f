import { drop, put } from './bodies.ts';
import type { MachinePlan } from './machine-plan.ts';
import { northEurope, retag } from './names.ts';
import { placed } from './place-plants.ts';
import { hasVisibleItem, type Plant } from './plants.ts';
import { follow } from './protection-plans.ts';
import type { Site } from './site.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks, notes, type Sign, unclear, warns } from './truth.ts';

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
    signs: [unclear('vault-storage-redundancy')],
  }),
  inUse('soft delete of the vault not reported', {
    furnish: ({ vault }) => drop(vault, softDelete),
    signs: [unclear('vault-soft-delete')],
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

/** Everything about vaults in use. */
export const vaultUsePlants: readonly Plant[] = [
  ...redundancies,
  ...softDeletes,
  ...silentVaults,
  ...endpoints,
  ...expectations,
  ...zones,
];

import { put } from './bodies.ts';
import { homeRegion, northEurope } from './names.ts';
import { placed } from './place-plants.ts';
import type { Plant } from './plants.ts';
import type { Site } from './site.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks, blocksSomehow } from './truth.ts';

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

/** Everything about vaults that cannot be changed, or only seem so. */
export const vaultWritePlants: readonly Plant[] = [
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

import type { EstateResource } from './estate.ts';
import { bareRegion, homeRegion, type Region, specialRegion } from './names.ts';
import { placed } from './place-plants.ts';
import type { Plant } from './plants.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks, type Sign } from './truth.ts';
import { Vaults } from './vaults.ts';

const unprotected = { start: 'unprotected' } as const;

type NewName = { readonly region: Region; readonly name: string };

/** Regions without any vault, and the names that Backstop would give the vaults there. */
const newNames = {
  fifty: { region: specialRegion('norwayeast'), name: 'rsv-contoso-norway-east-shared-services-backup-001' },
  fiftyOne: { region: specialRegion('polandcentral'), name: 'rsv-contoso-poland-centr-shared-services-backup-001' },
  two: { region: specialRegion('italynorth'), name: 'rv' },
  one: { region: specialRegion('spaincentral'), name: 'v' },
  digit: { region: specialRegion('israelcentral'), name: '9rsv-contoso-israel' },
  underscore: { region: specialRegion('mexicocentral'), name: 'rsv_contoso_mexico' },
  taken: { region: specialRegion('japaneast'), name: 'rsv-contoso-taken' },
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

/** The subscription has a vault of that name already, in another region. */
const takesName: Furnish = ({ place, seed, emit }) => {
  const { subscriptionId } = place.subscription;
  new Vaults({ seed, subscriptionId, group: 'rg-old', name: newNames.taken.name, region: homeRegion.name, emit });
};

/** Everything about regions in which a vault would have to be created. */
export const newVaultPlants: readonly Plant[] = [
  newVault('no vault yet, name planned of 50 characters', newNames.fifty.region),
  newVault('no vault yet, name planned of 51 characters', newNames.fiftyOne.region, [badName]),
  newVault('no vault yet, name planned of two characters', newNames.two.region),
  newVault('no vault yet, name planned of one character', newNames.one.region, [badName]),
  newVault('no vault yet, name planned that begins with a digit', newNames.digit.region, [badName]),
  newVault('no vault yet, name planned with underscores', newNames.underscore.region, [badName]),
  newVault('no vault yet, name planned is taken', newNames.taken.region, [badName], takesName),
  newVault('no vault yet, name planned is taken in another subscription only', newNames.taken.region),
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

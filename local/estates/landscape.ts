import type { DeniedRead, EstateResource } from './estate.ts';
import {
  bareRegion,
  diskBackupRegion,
  homeRegion,
  hubRegion,
  type Region,
  regions,
  secretiveRegion,
  slug,
} from './names.ts';
import { Network } from './network.ts';
import { type Random, randomStream } from './random.ts';
import { drawSubscriptions, type Subscription } from './subscriptions.ts';
import { backupVault, Vaults } from './vaults.ts';

/** One department in one region: where VMs live, their network, and their vaults if there are any. */
export type Place = {
  readonly subscription: Subscription;
  readonly region: Region;
  readonly network: Network;
  readonly vaults: Vaults | null;
};

type VaultSituation = 'own' | 'none' | 'backup-vault-only';

/** The reads that make up "may not see what is protected in this vault". */
const protectedItemReads = ['backupProtectedItems', 'backupFabrics/protectionContainers/protectedItems', 'backupJobs'];

/** The subscriptions and places of an invented company. Places are opened, and their resources written, when needed. */
export class Landscape {
  readonly subscriptions: readonly Subscription[];
  readonly #seed: number;
  readonly #emit: (resource: EstateResource) => void;
  readonly #open: readonly Subscription[];
  readonly #usual: readonly (readonly [weight: number, place: Place])[];
  readonly #places = new Map<string, Place>();
  readonly #others = new Map<string, Vaults>();

  constructor(seed: number, subscriptions: number, emit: (resource: EstateResource) => void) {
    this.#seed = seed;
    this.#emit = emit;
    this.subscriptions = drawSubscriptions(seed, subscriptions);
    const used = this.subscriptions.filter(({ isEmpty }) => !isEmpty);
    // The secretive department keeps to itself where there are enough others.
    this.#open = used.length > 2 ? used.slice(0, -1) : used;
    this.#usual = this.#open.flatMap((subscription, rank) => this.#usualPlaces(subscription, rank));
  }

  /** One of the places with a vault of their own; the first subscriptions have most VMs (Zipf, as in public traces). */
  draw(random: Random): Place {
    return random.weighted(this.#usual);
  }

  /** A place of the same department in a region without any vault. */
  withoutVault(near: Place): Place {
    return this.#place(near.subscription, bareRegion, 'none');
  }

  /** A place of the same department in a region with nothing but a Backup vault. */
  withBackupVaultOnly(near: Place): Place {
    return this.#place(near.subscription, diskBackupRegion, 'backup-vault-only');
  }

  /** A place whose only vault belongs to another department, where there is one. */
  withForeignVault(near: Place): Place | null {
    const [owner, next] = this.#open;
    const subscription = near.subscription === owner ? next : near.subscription;
    return subscription ? this.#place(subscription, hubRegion, 'none') : null;
  }

  /** The place whose vault does not show its items to Backstop. */
  get secretive(): Place | null {
    const subscription = this.subscriptions.findLast(({ isEmpty }) => !isEmpty);
    return subscription ? this.#place(subscription, secretiveRegion, 'own') : null;
  }

  /** A second vault of the same place, left over from earlier times. */
  legacyVaults(place: Place): Vaults {
    return this.#otherVaults(place, `rsv-legacy-${place.region.short}`);
  }

  /** Opens a vault with the name, group and region of the vault of `place` in another subscription. */
  openNamesakeVault(place: Place): boolean {
    const other = this.#open.find((subscription) => subscription !== place.subscription);
    if (!other || !place.vaults) return false;
    this.#otherVaults(this.#place(other, place.region, 'own'), place.vaults.home.name);
    return true;
  }

  /** A place of the same department that every department has. */
  home(near: Place): Place {
    return this.#place(near.subscription, homeRegion, 'own');
  }

  /** The reads that Azure refuses to Backstop. */
  get denied(): DeniedRead[] {
    const place = [...this.#places.values()].find(({ region }) => region === secretiveRegion);
    if (!place?.vaults) return [];
    const { subscriptionId } = place.subscription;
    const vaultReads = place.vaults.ids.flatMap((scope) =>
      protectedItemReads.map((type) => ({ scope, action: `Microsoft.RecoveryServices/vaults/${type}/read` })),
    );
    const status = 'Microsoft.RecoveryServices/locations/backupStatus/action';
    return [...vaultReads, { scope: `/subscriptions/${subscriptionId}`, action: status }];
  }

  #usualPlaces(subscription: Subscription, rank: number): (readonly [weight: number, place: Place])[] {
    const random = randomStream(this.#seed, 'regions', rank);
    const chosen = random.shuffled(regions).slice(0, 1 + random.int(2));
    const all = [[30, homeRegion] as const, ...chosen, ...(rank === 0 ? [[12, hubRegion] as const] : [])];
    const share = Math.max(1, Math.floor(1000 / (rank + 1)));
    return all.map(([weight, region]) => [weight * share, this.#place(subscription, region, 'own')]);
  }

  #place(subscription: Subscription, region: Region, situation: VaultSituation): Place {
    const key = `${subscription.subscriptionId} ${region.name}`;
    const known = this.#places.get(key);
    if (known) return known;
    const { subscriptionId } = subscription;
    const site = { seed: this.#seed, subscriptionId, region: region.name, number: this.#places.size };
    const network = new Network(site, this.#emit);
    const name = `${slug(subscription.displayName)}-${region.short}`;
    if (situation === 'backup-vault-only') {
      this.#emit(backupVault(subscriptionId, 'rg-backup', `bv-${name}`, region.name));
    }
    const vaults = situation === 'own' ? this.#openVaults(subscription, region, `rsv-${name}`) : null;
    const place = { subscription, region, network, vaults };
    this.#places.set(key, place);
    return place;
  }

  #otherVaults(place: Place, name: string): Vaults {
    const key = `${place.subscription.subscriptionId} ${name}`;
    const vaults = this.#others.get(key) ?? this.#openVaults(place.subscription, place.region, name);
    this.#others.set(key, vaults);
    return vaults;
  }

  #openVaults({ subscriptionId }: Subscription, region: Region, name: string): Vaults {
    const group = `rg-backup-${region.short}`;
    return new Vaults({ seed: this.#seed, subscriptionId, group, name, region: region.name, emit: this.#emit });
  }
}

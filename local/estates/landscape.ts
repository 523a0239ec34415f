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
import type { NetworkDesign } from './network-design.ts';
import type { PolicyKind } from './policies.ts';
import { type Random, randomStream } from './random.ts';
import { Site } from './site.ts';
import { type SpecialPlace, specialSubscription } from './special-place.ts';
import { drawSubscriptions, type Subscription } from './subscriptions.ts';
import type { ResourceTruth } from './truth.ts';
import { backupVault, Vaults } from './vaults.ts';

/** One department in one region: where VMs live, their network, and their vaults if there are any. */
export type Place = {
  readonly subscription: Subscription;
  readonly region: Region;
  readonly network: Network;
  readonly vaults: Vaults | null;
};

/** Whether a place has a vault for VMs, no vault, or only one for disks and databases. */
export type VaultSituation = 'own' | 'none' | 'backup-vault-only';

/** What is unusual about a place. */
type Furnishing = { readonly policies?: readonly PolicyKind[]; readonly network?: NetworkDesign };

/** The reads that make up "may not see what is protected in this vault". */
const protectedItemReads = ['backupProtectedItems', 'backupFabrics/protectionContainers/protectedItems', 'backupJobs'];

/** The subscriptions and places of an invented company. Places are opened, and their resources written, when needed. */
export class Landscape {
  readonly #ordinary: readonly Subscription[];
  readonly #special = new Map<SpecialPlace, Place>();
  readonly #deniedInSpecial: DeniedRead[] = [];
  /** The right answers about resources that are no VMs, as they are planted. */
  readonly resourceTruth: ResourceTruth[] = [];
  readonly #seed: number;
  readonly #emit: (resource: EstateResource) => void;
  readonly #open: readonly Subscription[];
  readonly #usual: readonly (readonly [weight: number, place: Place])[];
  readonly #places = new Map<string, Place>();
  readonly #others = new Map<string, Vaults>();

  constructor(seed: number, subscriptions: number, emit: (resource: EstateResource) => void) {
    this.#seed = seed;
    this.#emit = emit;
    this.#ordinary = drawSubscriptions(seed, subscriptions);
    const used = this.#ordinary.filter(({ isEmpty }) => !isEmpty);
    // The secretive department keeps to itself where there are enough others.
    this.#open = used.length > 2 ? used.slice(0, -1) : used;
    this.#usual = this.#open.flatMap((subscription, rank) => this.#usualPlaces(subscription, rank));
  }

  /** The departments' subscriptions, and one for each special place that has been opened. */
  get subscriptions(): readonly Subscription[] {
    return [...this.#ordinary, ...[...this.#special.values()].map(({ subscription }) => subscription)];
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
    const subscription = this.#ordinary.findLast(({ isEmpty }) => !isEmpty);
    return subscription ? this.#place(subscription, secretiveRegion, 'own') : null;
  }

  /**
   * A special place: a subscription of its own, so that what is wrong there touches nobody else. Opened, furnished and its
   * refusals noted when it is first asked for.
   */
  special(special: SpecialPlace): Place {
    const known = this.#special.get(special);
    if (known) return known;
    const subscription = specialSubscription(this.#seed, special);
    const { region, vault = 'own', policies, network } = special;
    const bodies: EstateResource[] = [];
    const furnishing = { ...(policies && { policies }), ...(network && { network }) };
    const place = this.#openPlace(subscription, region, vault, furnishing, (resource) => {
      bodies.push(resource);
      this.#emit(resource);
    });
    this.#special.set(special, place);
    special.furnish?.(
      new Site({
        place,
        bodies,
        emit: this.#emit,
        denied: this.#deniedInSpecial,
        resourceTruth: this.resourceTruth,
        seed: this.#seed,
      }),
    );
    return place;
  }

  /** The home of another department, where there is one. */
  elsewhere(near: Place): Place | null {
    const other = this.#open.find((subscription) => subscription !== near.subscription);
    return other ? this.#place(other, homeRegion, 'own') : null;
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
  get denied(): readonly DeniedRead[] {
    const place = [...this.#places.values()].find(({ region }) => region === secretiveRegion);
    if (!place?.vaults) return this.#deniedInSpecial;
    const { subscriptionId } = place.subscription;
    const vaultReads = place.vaults.ids.flatMap((scope) =>
      protectedItemReads.map((type) => ({ scope, action: `Microsoft.RecoveryServices/vaults/${type}/read` })),
    );
    const status = 'Microsoft.RecoveryServices/locations/backupStatus/action';
    const statusRead = { scope: `/subscriptions/${subscriptionId}`, action: status };
    return [...vaultReads, statusRead, ...this.#deniedInSpecial];
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
    const place = this.#openPlace(subscription, region, situation, {}, this.#emit);
    this.#places.set(key, place);
    return place;
  }

  #openPlace(
    subscription: Subscription,
    region: Region,
    situation: VaultSituation,
    { policies, network: design }: Furnishing,
    emit: (resource: EstateResource) => void,
  ): Place {
    const { subscriptionId } = subscription;
    const number = this.#places.size + this.#special.size;
    const site = { seed: this.#seed, subscriptionId, region: region.name, number, ...(design && { design }) };
    const network = new Network(site, emit);
    const name = `${slug(subscription.displayName).slice(0, 36).replace(/-$/, '')}-${region.short}`;
    if (situation === 'backup-vault-only') {
      emit(backupVault(subscriptionId, 'rg-backup', `bv-${name}`, region.name));
    }
    const home = { ...this.#vaultHome(subscription, region, `rsv-${name}`), emit };
    const vaults = situation === 'own' ? new Vaults({ ...home, ...(policies && { policies }) }) : null;
    return { subscription, region, network, vaults };
  }

  #otherVaults(place: Place, name: string): Vaults {
    const key = `${place.subscription.subscriptionId} ${name}`;
    const vaults = this.#others.get(key) ?? new Vaults(this.#vaultHome(place.subscription, place.region, name));
    this.#others.set(key, vaults);
    return vaults;
  }

  #vaultHome({ subscriptionId }: Subscription, region: Region, name: string) {
    const group = `rg-backup-${region.short}`;
    return { seed: this.#seed, subscriptionId, group, name, region: region.name, emit: this.#emit };
  }
}

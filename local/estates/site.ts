import { armId } from './arm-ids.ts';
import { first } from './bodies.ts';
import type { DeniedRead, EstateResource } from './estate.ts';
import type { Place } from './landscape.ts';
import type { ResourceTruth } from './truth.ts';

type SiteParts = {
  readonly place: Place;
  readonly bodies: readonly EstateResource[];
  readonly emit: (resource: EstateResource) => void;
  readonly denied: DeniedRead[];
  readonly resourceTruth: ResourceTruth[];
  readonly seed: number;
};

/** A special place while it is furnished: what was written for it so far, and means to add to it. */
export class Site {
  readonly place: Place;
  readonly seed: number;
  /** Writes one more resource into the estate. */
  readonly emit: (resource: EstateResource) => void;
  readonly #bodies: readonly EstateResource[];
  readonly #denied: DeniedRead[];
  readonly #resourceTruth: ResourceTruth[];

  constructor({ place, bodies, emit, denied, resourceTruth, seed }: SiteParts) {
    this.place = place;
    this.seed = seed;
    this.emit = emit;
    this.#bodies = bodies;
    this.#denied = denied;
    this.#resourceTruth = resourceTruth;
  }

  /** The id of the subscription as a scope. */
  get subscription(): string {
    return `/subscriptions/${this.place.subscription.subscriptionId}`;
  }

  get region(): string {
    return this.place.region.name;
  }

  /** The body of its vault, to be changed. */
  get vault(): EstateResource {
    return first(this.#bodies.filter(({ type }) => type === 'Microsoft.RecoveryServices/vaults'));
  }

  /** The scope of a resource group. */
  group(name: string): string {
    return `${this.subscription}/resourceGroups/${name}`;
  }

  /** The id of a resource here. */
  id(group: string, type: string, name: string): string {
    return armId(this.place.subscription.subscriptionId, group, type, name);
  }

  /** Puts a lock on a scope: a resource, a group or the subscription. */
  lock(scope: string, level: 'ReadOnly' | 'CanNotDelete'): void {
    const name = level === 'ReadOnly' ? 'frozen' : 'keep';
    const type = 'Microsoft.Authorization/locks';
    this.emit({ id: `${scope}/providers/${type}/${name}`, name, type, properties: { level, notes: '' } });
  }

  /** Backstop is refused an action here, at the subscription unless another scope is named. */
  deny(action: string, scope = this.subscription): void {
    this.#denied.push({ scope, action });
  }

  /** Writes down the right answer about a resource that is no VM. */
  expect(resourceId: string, rule: string, list: ResourceTruth['list']): void {
    this.#resourceTruth.push({ resourceId, rule, list });
  }
}

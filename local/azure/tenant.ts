import type { Estate, EstateResource } from '../estates/estate.ts';
import { containerOf, rootResourceOf } from './arm-path.ts';

/** One resource written or removed: what it was, what it is. */
export interface Change {
  readonly id: string;
  readonly before: EstateResource | undefined;
  readonly after: EstateResource | undefined;
}

export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly location: string;
}

/**
 * What ARM knows at this moment: the estate plus what has been written since. Resources are never changed in place, so
 * whoever keeps one keeps the state of its time. Ids are compared without case and given out as first written.
 */
export class Tenant {
  readonly tenantId: string;
  readonly subscriptions: Estate['subscriptions'];
  readonly #resources: Map<string, EstateResource>;
  readonly #groups: ReadonlyMap<string, ResourceGroup>;
  readonly #collections = new Map<string, Collection>();
  readonly #listeners: ((change: Change) => void)[] = [];

  constructor(estate: Estate) {
    this.tenantId = estate.tenantId;
    this.subscriptions = estate.subscriptions;
    this.#resources = new Map(estate.resources.map((resource) => [resource.id.toLowerCase(), resource]));
    this.#groups = groupsOf(estate.resources);
  }

  /** All resources by their lower-cased id. */
  get resources(): ReadonlyMap<string, EstateResource> {
    return this.#resources;
  }

  get resourceGroups(): readonly ResourceGroup[] {
    return [...this.#groups.values()];
  }

  subscription(subscriptionId: string): Estate['subscriptions'][number] | undefined {
    return this.subscriptions.find((each) => each.subscriptionId.toLowerCase() === subscriptionId.toLowerCase());
  }

  hasResourceGroup(subscriptionId: string, name: string): boolean {
    return this.#groups.has(`${subscriptionId}/${name}`.toLowerCase());
  }

  resource(id: string): EstateResource | undefined {
    return this.#resources.get(id.toLowerCase());
  }

  hasType(type: string): boolean {
    return this.#collection(type).size > 0;
  }

  /** Resources of a type in a subscription, in a resource group, or below an outermost resource. */
  resourcesIn(scope: string, type: string): readonly EstateResource[] {
    return [...(this.#collection(type).get(scope.toLowerCase())?.values() ?? [])];
  }

  write(resource: EstateResource): void {
    this.#apply({ id: resource.id, before: this.resource(resource.id), after: resource });
  }

  remove(resource: EstateResource): void {
    this.#apply({ id: resource.id, before: resource, after: undefined });
  }

  /** Calls back after every write and removal. */
  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  #apply(change: Change): void {
    const key = change.id.toLowerCase();
    if (change.after === undefined) this.#resources.delete(key);
    else this.#resources.set(key, change.after);
    const collection = this.#collections.get((change.after ?? change.before)?.type.toLowerCase() ?? '');
    if (collection !== undefined) place(collection, key, change.after);
    for (const listener of this.#listeners) listener(change);
  }

  /** One pass over everything per type asked for; writes keep it right from then on: lists cost what they hold. */
  #collection(name: string): Collection {
    const type = name.toLowerCase();
    const known = this.#collections.get(type);
    if (known !== undefined) return known;
    const collection: Collection = new Map();
    for (const [key, resource] of this.#resources) {
      if (resource.type.toLowerCase() === type) place(collection, key, resource);
    }
    this.#collections.set(type, collection);
    return collection;
  }
}

/** Resources of one type, by scope and lower-cased id. No scope is kept empty. */
type Collection = Map<string, Map<string, EstateResource>>;

/** Puts a resource into all scopes that it stands in; undefined takes the one with this key out. */
function place(collection: Collection, key: string, resource: EstateResource | undefined): void {
  for (const scope of scopesOf(key)) {
    const members = collection.get(scope) ?? new Map<string, EstateResource>();
    if (resource === undefined) members.delete(key);
    else members.set(key, resource);
    if (members.size === 0) collection.delete(scope);
    else collection.set(scope, members);
  }
}

function scopesOf(id: string): ReadonlySet<string> {
  const subscription = /^\/subscriptions\/[^/]+/.exec(id)?.[0] ?? '';
  const group = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/.exec(id)?.[0] ?? subscription;
  return new Set([subscription, group, rootResourceOf(id)]);
}

/** A group keeps the case in which it appears first, and stands where its first resource with a region does. */
function groupsOf(resources: readonly EstateResource[]): Map<string, ResourceGroup> {
  const groups = new Map<string, ResourceGroup>();
  for (const { id, location = '' } of resources) {
    const { subscriptionId, resourceGroup: name } = containerOf(id);
    if (name === '') continue;
    const key = `${subscriptionId}/${name}`.toLowerCase();
    const known = groups.get(key);
    if (known !== undefined && (known.location !== '' || location === '')) continue;
    const groupId = `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
    groups.set(key, { ...(known ?? { id: groupId, name, subscriptionId }), location });
  }
  return groups;
}

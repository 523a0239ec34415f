import { managementGroupOf } from '../arm-path.ts';
import type { ResourceGraphRow } from './row.ts';

/** What a request may say of its scope. */
export interface ScopeRequest {
  readonly subscriptions?: readonly string[] | undefined;
  readonly managementGroups?: readonly string[] | undefined;
  readonly options?: { readonly authorizationScopeFilter?: AuthorizationScopeFilter | undefined } | undefined;
}

export const authorizationScopeFilters = [
  'AtScopeAndBelow',
  'AtScopeAndAbove',
  'AtScopeExact',
  'AtScopeAboveAndBelow',
] as const;
type AuthorizationScopeFilter = (typeof authorizationScopeFilters)[number];

/** What is above what; names and ids are lower-cased. */
export interface Hierarchy {
  /** Ids of all subscriptions below a management group. */
  readonly subscriptionsOf: (managementGroup: string) => readonly string[];
  /** Management groups above a subscription or another management group. */
  readonly groupsAbove: (scope: string) => readonly string[];
}

/** Where a row stands, seen from what was asked for. */
type Place = 'at' | 'below' | 'above' | 'outside';

const shownPlaces: Readonly<Record<AuthorizationScopeFilter, readonly Place[]>> = {
  AtScopeAndBelow: ['at', 'below'],
  AtScopeAndAbove: ['at', 'above'],
  AtScopeExact: ['at'],
  AtScopeAboveAndBelow: ['at', 'below', 'above'],
};

/** Tables whose rows are assigned to a scope: only there the filter of a request counts (documented). */
const assignedTables = new Set(['authorizationresources', 'policyresources']);

/** The subscriptions and management groups that a query is limited to. */
export class QueryScope {
  /** Tells scopes apart that show different rows. */
  readonly key: string;
  readonly #asked: ReadonlySet<string>;
  readonly #subscriptions: ReadonlySet<string>;
  readonly #above: ReadonlySet<string>;
  readonly #filter: AuthorizationScopeFilter;
  readonly #hierarchy: Hierarchy;

  private constructor(
    asked: readonly string[],
    subscriptions: readonly string[],
    request: ScopeRequest,
    hierarchy: Hierarchy,
  ) {
    this.#asked = new Set(asked);
    this.#subscriptions = new Set(subscriptions);
    this.#above = new Set(asked.flatMap((scope) => hierarchy.groupsAbove(scope)));
    this.#filter = request.options?.authorizationScopeFilter ?? 'AtScopeAndBelow';
    this.#hierarchy = hierarchy;
    this.key = JSON.stringify([asked.toSorted(), this.#filter]);
  }

  /** Undefined when a request asks for everything that the caller can read. */
  static of(request: ScopeRequest, hierarchy: Hierarchy): QueryScope | undefined {
    const groups = (request.managementGroups ?? []).map((name) => name.toLowerCase());
    const subscriptions = (request.subscriptions ?? []).map((id) => id.toLowerCase());
    if (groups.length > 0) {
      return new QueryScope(groups, groups.flatMap(hierarchy.subscriptionsOf), request, hierarchy);
    }
    return subscriptions.length > 0 ? new QueryScope(subscriptions, subscriptions, request, hierarchy) : undefined;
  }

  /** Lower-cased ids of the subscriptions in which rows of the scope stand; the empty one for what stands above them. */
  get subscriptions(): ReadonlySet<string> {
    return new Set(['', ...this.#subscriptions]);
  }

  /** Whether a row of a table belongs to the scope. */
  shows(table: string, row: ResourceGraphRow): boolean {
    if (row.subscriptionId !== '' && !assignedTables.has(table)) {
      return this.#subscriptions.has(row.subscriptionId.toLowerCase());
    }
    return shownPlaces[this.#filter].includes(this.#placeOf(row));
  }

  #placeOf({ id, type, subscriptionId }: ResourceGraphRow): Place {
    if (subscriptionId !== '') return this.#placeInSubscription(id, subscriptionId.toLowerCase());
    const group = managementGroupOf(id);
    // Definitions that come with Azure belong to no group: that every scope shows them is unconfirmed.
    if (group === undefined) return type.endsWith('definitions') ? 'at' : 'above';
    if (this.#asked.has(group)) return 'at';
    if (this.#above.has(group)) return 'above';
    return this.#hierarchy.groupsAbove(group).some((each) => this.#asked.has(each)) ? 'below' : 'outside';
  }

  #placeInSubscription(id: string, subscriptionId: string): Place {
    if (!this.#subscriptions.has(subscriptionId)) return 'outside';
    const isAtScope = this.#asked.has(subscriptionId) && /^\/subscriptions\/[^/]+\/providers\//i.test(id);
    return isAtScope ? 'at' : 'below';
  }
}

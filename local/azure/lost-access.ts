import type { Access } from './access.ts';
import { authorizationFailed } from './arm-error.ts';
import { containerOf } from './arm-path.ts';
import type { ResourceGraphRow } from './resource-graph/row.ts';

/** Takes the reading of whole subscriptions from the caller while it works, as the removal of a role does. */
export class LostAccess {
  readonly #requests: () => number;
  readonly #lostAt = new Map<string, number>();

  /** `requests`: how many requests have been answered so far. */
  constructor(requests: () => number) {
    this.#requests = requests;
  }

  /** After so many more requests, to whatever, everything in the subscription is forbidden. */
  lose(subscriptionId: string, afterRequests: number): void {
    this.#lostAt.set(subscriptionId.toLowerCase(), this.#requests() + afterRequests);
  }

  /** Gives everything back. */
  restore(): void {
    this.#lostAt.clear();
  }

  isLost(subscriptionId: string): boolean {
    const at = this.#lostAt.get(subscriptionId.toLowerCase());
    return at !== undefined && this.#requests() >= at;
  }

  /** The access that is left. */
  left(access: Access, clientId: string): Access {
    const refuses: Access['refuses'] = (action, scope) =>
      this.isLost(containerOf(scope).subscriptionId) || access.refuses(action, scope);
    return {
      ...access,
      refuses,
      require: (action, scope) => {
        if (refuses(action, scope)) throw authorizationFailed(clientId, action, scope);
      },
    };
  }

  /** The rows that are left, without an error. */
  shown(rows: readonly ResourceGraphRow[] | undefined): readonly ResourceGraphRow[] | undefined {
    return this.#hasLost() ? rows?.filter(({ subscriptionId }) => !this.isLost(subscriptionId)) : rows;
  }

  /** The version of the rows that are left: another one each time while something is lost. */
  shownVersion(version: unknown): unknown {
    return this.#hasLost() ? Symbol('lost access') : version;
  }

  #hasLost(): boolean {
    return [...this.#lostAt.keys()].some((subscriptionId) => this.isLost(subscriptionId));
  }
}

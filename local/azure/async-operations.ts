import type { Random } from '../estates/random.ts';
import { ArmError } from './arm-error.ts';
import { azureInstant } from './azure-instant.ts';
import type { Route } from './route.ts';

/** The long-running operations of the compute provider. All succeed, and have done so when first asked about. */
export class AsyncOperations {
  readonly #armUrl: string;
  readonly #random: Random;
  readonly #now: () => Date;
  readonly #startedAt = new Map<string, string>();

  constructor(armUrl: string, random: Random, now: () => Date) {
    this.#armUrl = armUrl;
    this.#random = random;
    this.#now = now;
  }

  /** Headers that let a client follow a new operation, which it does without waiting between its questions. */
  start(subscriptionId: string, location: string): Readonly<Record<string, string>> {
    const id = this.#random.guid();
    this.#startedAt.set(id, azureInstant(this.#now()));
    const provider = `${this.#armUrl}/subscriptions/${subscriptionId}/providers/Microsoft.Compute`;
    const url = `${provider}/locations/${location}/operations/${id}`;
    // An api-version of its own, as in Azure: pollers have to take the URL as it is.
    const version = 'api-version=2016-12-01';
    return {
      'azure-asyncoperation': `${url}?${version}`,
      location: `${url}?monitor=true&${version}`,
      'retry-after': '0',
    };
  }

  /** Where operations are asked about. */
  get route(): Route {
    return {
      method: 'GET',
      path: /^\/subscriptions\/[^/]+\/providers\/Microsoft\.Compute\/locations\/[^/]+\/operations\/(?<id>[^/]+)$/i,
      answer: (request, part) => {
        const startTime = this.#startedAt.get(part('id'));
        if (startTime === undefined) throw new ArmError(404, 'NotFound', `Operation ${part('id')} was not found.`);
        if (request.query.get('monitor') === 'true') return { status: 204 };
        const endTime = azureInstant(this.#now());
        return { status: 200, body: { startTime, endTime, status: 'Succeeded', name: part('id') } };
      },
    };
  }
}

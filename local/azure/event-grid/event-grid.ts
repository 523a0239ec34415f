import { type Random, randomStream } from '../../estates/random.ts';
import { azureRetryDelaysMs, Delivery } from './delivery.ts';
import { shakeHands } from './handshake.ts';
import { type EventSchema, type ResourceHappening, resourceEvent } from './resource-event.ts';

export interface EventGridOptions {
  readonly seed: number;
  readonly schema?: EventSchema;
  readonly duplicateEvery?: number;
  /** One event in so many, as chance has it, is never delivered; default none. */
  readonly loseOneIn?: number;
  /** Events are delivered up to so much later, each as chance has it; default at once. */
  readonly scatterMs?: number;
  readonly retryDelaysMs?: readonly number[];
}

/** Who wants to hear of what. */
export interface EventSubscription {
  readonly subscriptionId: string;
  readonly endpoint: string;
  /** Such as `Microsoft.Compute/virtualMachines/write`, compared without case; none: every write and removal. */
  readonly includedOperations?: readonly string[];
}

/** The system topics of all subscriptions: tells webhooks what was written and removed. */
export class EventGrid {
  /** Ids of the resources whose events were lost on the way to somebody who wanted them. */
  readonly lost: string[] = [];
  readonly #options: EventGridOptions;
  readonly #listeners: {
    readonly wants: (subscriptionId: string, operation: string) => boolean;
    readonly loses: () => boolean;
    readonly to: Delivery;
  }[] = [];

  readonly #random: Random;

  constructor(options: EventGridOptions) {
    this.#options = options;
    this.#random = randomStream(options.seed, 'events');
  }

  async subscribe(subscription: EventSubscription): Promise<void> {
    const { seed, schema = 'eventgrid', duplicateEvery = 0, loseOneIn = 0, scatterMs = 0 } = this.#options;
    const { retryDelaysMs = azureRetryDelaysMs } = this.#options;
    await shakeHands(subscription.endpoint, subscription.subscriptionId, schema);
    const name = `backstop-${this.#listeners.length + 1}`;
    const chance = (stream: string): Random => randomStream(seed, stream, this.#listeners.length);
    const losses = chance('event-losses');
    const to = new Delivery({
      endpoint: subscription.endpoint,
      name,
      schema,
      duplicateEvery,
      ...(scatterMs > 0 ? { scatter: { upToMs: scatterMs, random: chance('event-scatter') } } : {}),
      retryDelaysMs,
      random: chance('event-delivery'),
    });
    const operations = subscription.includedOperations?.map((operation) => operation.toLowerCase());
    this.#listeners.push({
      wants: (subscriptionId, operation) =>
        subscriptionId.toLowerCase() === subscription.subscriptionId.toLowerCase() &&
        (operations === undefined || operations.includes(operation.toLowerCase())),
      loses: () => loseOneIn > 0 && losses.int(loseOneIn) === 0,
      to,
    });
  }

  publish(happening: ResourceHappening): void {
    const event = resourceEvent(happening, this.#random);
    for (const { wants, loses, to } of this.#listeners) {
      if (!wants(event.subscriptionId, event.operationName)) continue;
      if (loses()) this.lost.push(event.subject);
      else to.accept(event);
    }
  }

  close(): void {
    for (const { to } of this.#listeners) to.close();
  }
}

import { type Random, randomStream } from '../../estates/random.ts';
import { azureRetryDelaysMs, Delivery } from './delivery.ts';
import { shakeHands } from './handshake.ts';
import { type EventSchema, type ResourceHappening, resourceEvent } from './resource-event.ts';

export interface EventGridOptions {
  readonly seed: number;
  readonly schema?: EventSchema;
  readonly duplicateEvery?: number;
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
  readonly #options: EventGridOptions;
  readonly #listeners: {
    readonly wants: (subscriptionId: string, operation: string) => boolean;
    readonly to: Delivery;
  }[] = [];

  readonly #random: Random;

  constructor(options: EventGridOptions) {
    this.#options = options;
    this.#random = randomStream(options.seed, 'events');
  }

  async subscribe(subscription: EventSubscription): Promise<void> {
    const { schema = 'eventgrid', seed, duplicateEvery = 0, retryDelaysMs = azureRetryDelaysMs } = this.#options;
    await shakeHands(subscription.endpoint, subscription.subscriptionId, schema);
    const name = `backstop-${this.#listeners.length + 1}`;
    const random = randomStream(seed, 'event-delivery', this.#listeners.length);
    const to = new Delivery({ endpoint: subscription.endpoint, name, schema, duplicateEvery, retryDelaysMs, random });
    const operations = subscription.includedOperations?.map((operation) => operation.toLowerCase());
    this.#listeners.push({
      wants: (subscriptionId, operation) =>
        subscriptionId.toLowerCase() === subscription.subscriptionId.toLowerCase() &&
        (operations === undefined || operations.includes(operation.toLowerCase())),
      to,
    });
  }

  publish(happening: ResourceHappening): void {
    const event = resourceEvent(happening, this.#random);
    for (const { wants, to } of this.#listeners) if (wants(event.subscriptionId, event.operationName)) to.accept(event);
  }

  close(): void {
    for (const { to } of this.#listeners) to.close();
  }
}

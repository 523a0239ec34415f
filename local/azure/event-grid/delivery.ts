import type { Random } from '../../estates/random.ts';
import { webhookTimeoutMs } from './handshake.ts';
import { type EventSchema, inEnvelope, type ResourceEvent } from './resource-event.ts';

export interface DeliveryOptions {
  readonly endpoint: string;
  readonly name: string;
  readonly schema: EventSchema;
  /** Every n-th event is delivered once more, as at-least-once delivery allows; 0: none. */
  readonly duplicateEvery: number;
  /** Events wait up to so long, each as long as chance has it, before they are sent: later ones overtake earlier ones. */
  readonly scatter?: { readonly upToMs: number; readonly random: Random };
  /** Waits before the second, third, ... attempt. After the last one the events are lost: there is no dead-letter here. */
  readonly retryDelaysMs: readonly number[];
  readonly random: Random;
}

/** Event Grid's schedule, without its jitter: 10 s, 30 s, 1, 5, 10, 30 minutes, then hourly up to 24 hours. */
export const azureRetryDelaysMs: readonly number[] = [
  ...[10, 30, 60, 300, 600, 1800].map((seconds) => seconds * 1000),
  ...Array.from({ length: 23 }, () => 3_600_000),
];

/** How long events wait for company; what waits together goes in one request, in any order. */
const batchWindowMs = 20;

/** Answers after which Event Grid gives up at once. */
const hopeless = new Set([400, 413]);

/** Delivers the events of one subscription to one webhook. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();
  #waiting: ResourceEvent[] = [];
  #accepted = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  accept(event: ResourceEvent): void {
    const { duplicateEvery } = this.#options;
    this.#accepted += 1;
    this.#scatter(event, 0);
    if (duplicateEvery > 0 && this.#accepted % duplicateEvery === 0) this.#scatter(event, batchWindowMs * 2);
  }

  /** Stops; what has not been delivered is lost. */
  close(): void {
    this.#closing.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #scatter(event: ResourceEvent, atLeastMs: number): void {
    const { scatter } = this.#options;
    const delayMs = atLeastMs + (scatter === undefined ? 0 : scatter.random.int(scatter.upToMs));
    if (delayMs === 0) this.#enqueue(event);
    else this.#later(delayMs, () => this.#enqueue(event));
  }

  #enqueue(event: ResourceEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length === 1) this.#later(batchWindowMs, () => this.#flush());
  }

  #flush(): void {
    const batch = this.#options.random.shuffled(this.#waiting);
    this.#waiting = [];
    void this.#attempt(batch, 0);
  }

  async #attempt(batch: readonly ResourceEvent[], failures: number): Promise<void> {
    const status = await this.#post(batch, failures);
    const isDelivered = status >= 200 && status <= 204;
    const delay = this.#options.retryDelaysMs[failures];
    if (isDelivered || hopeless.has(status) || delay === undefined || this.#closing.signal.aborted) return;
    this.#later(delay, () => void this.#attempt(batch, failures + 1));
  }

  /** The status of the webhook's answer; 0 without one. */
  async #post(batch: readonly ResourceEvent[], failures: number): Promise<number> {
    const { endpoint, name, schema } = this.#options;
    const isCloud = schema === 'cloudevents';
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': `application/${isCloud ? 'cloudevents-batch+json' : 'json'}; charset=utf-8`,
          'aeg-event-type': 'Notification',
          'aeg-subscription-name': name,
          'aeg-delivery-count': String(failures),
          ...(isCloud ? {} : { 'aeg-data-version': '2', 'aeg-metadata-version': '1' }),
        },
        body: JSON.stringify(batch.map((event) => inEnvelope(event, schema))),
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(webhookTimeoutMs)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      // No answer counts like a refusal; the retry is the report.
      return 0;
    }
  }

  #later(delayMs: number, act: () => void): void {
    if (this.#closing.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delayMs);
    timer.unref();
    this.#timers.add(timer);
  }
}

import type { DequeuedMessageItem, QueueServiceClient } from '@azure/storage-queue';

import type { FunctionOf } from '../app/bindings.ts';
import type { QueueOptions } from '../app/host-json.ts';
import type { Invoke } from '../invocation/invoke.ts';
import { type Log, messageOf } from '../log.ts';
import { pause } from '../pause.ts';
import { keepLeased } from './lease.ts';
import { decodeMessage, toMessageInvocation } from './message-invocation.ts';
import { createPollingDelay } from './polling-delay.ts';
import { createSettlement } from './settlement.ts';

export interface QueueSurroundings {
  readonly service: QueueServiceClient;
  readonly options: QueueOptions;
  /** How long a received message stays invisible unless renewed. */
  readonly leaseSeconds: number;
  readonly invoke: Invoke;
  readonly log: Log;
  /** Ends the polling. */
  readonly signal: AbortSignal;
}

/**
 * Feeds a function from its queue until the signal; resolves when the messages it took are settled. Trouble with the
 * queue never ends it, because the connection may come back.
 */
export async function listenToQueue(fn: FunctionOf<'queueTrigger'>, surroundings: QueueSurroundings): Promise<void> {
  const { service, options, leaseSeconds, log, signal } = surroundings;
  const queue = service.getQueueClient(fn.trigger.queueName);
  const running = new Set<Promise<void>>();
  const delay = createPollingDelay(options.maxPollingInterval);
  const warn = (message: string) => log({ level: 'warning', category: `Function.${fn.name}`, message });
  const settlement = createSettlement(service, queue, options, warn);
  let exists = false;

  async function receive(): Promise<readonly DequeuedMessageItem[]> {
    try {
      if (!exists) await queue.createIfNotExists();
      exists = true;
      const { batchSize: numberOfMessages } = options;
      const received = await queue.receiveMessages({ numberOfMessages, visibilityTimeout: leaseSeconds });
      return received.receivedMessageItems;
    } catch (error) {
      // Somebody may have deleted the queue.
      exists = false;
      warn(`Queue '${queue.name}' cannot be read: ${messageOf(error)}`);
      return [];
    }
  }

  async function work(message: DequeuedMessageItem): Promise<void> {
    const lease = keepLeased(queue, message, leaseSeconds, (reason) =>
      warn(`Message ${message.messageId} is no longer ours and will be delivered again: ${reason}`),
    );
    try {
      await runAndSettle(message, () => lease.release());
    } catch (error) {
      warn(`Message ${message.messageId} could not be settled and will be delivered again: ${messageOf(error)}`);
    }
  }

  async function runAndSettle(message: DequeuedMessageItem, release: () => Promise<string>): Promise<void> {
    const body = decodeMessage(message.messageText, options.messageEncoding);
    if (body === undefined) {
      return settlement.moveToPoison(message, await release(), 'it is not base64, which messageEncoding asks for');
    }
    if (message.dequeueCount > options.maxDequeueCount) {
      const reason = `it has come ${message.dequeueCount} times and MaxDequeueCount is ${options.maxDequeueCount}`;
      return settlement.moveToPoison(message, await release(), reason);
    }
    const result = await surroundings.invoke(fn, toMessageInvocation(message, body, fn.trigger.isBinary));
    const popReceipt = await release();
    return result.kind === 'succeeded'
      ? settlement.complete(message, popReceipt)
      : settlement.fail(message, popReceipt, messageOf(result.error));
  }

  while (!signal.aborted) {
    const messages = await receive();
    for (const message of messages) {
      const run = work(message).finally(() => running.delete(run));
      running.add(run);
    }
    if (messages.length > 0) delay.reset();
    else await pause(delay.next(), signal);
    while (running.size > options.newBatchThreshold && !signal.aborted) await Promise.race(running);
  }
  await Promise.all(running);
}

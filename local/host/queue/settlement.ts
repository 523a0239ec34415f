import type { DequeuedMessageItem, QueueClient, QueueServiceClient } from '@azure/storage-queue';

import type { QueueOptions } from '../app/host-json.ts';

/** What becomes of a message after its run: gone, back in the queue, or moved to the poison queue. */
export interface Settlement {
  complete(message: DequeuedMessageItem, popReceipt: string): Promise<void>;
  /** Gives a failed message another try later, or moves it away when it has had its tries. */
  fail(message: DequeuedMessageItem, popReceipt: string, reason: string): Promise<void>;
  /** Moves a message away, with its text as it came. */
  moveToPoison(message: DequeuedMessageItem, popReceipt: string, reason: string): Promise<void>;
}

export function createSettlement(
  service: QueueServiceClient,
  queue: QueueClient,
  options: QueueOptions,
  warn: (message: string) => void,
): Settlement {
  const poisonQueue = poisonQueueName(queue.name);

  async function complete(message: DequeuedMessageItem, popReceipt: string) {
    await queue.deleteMessage(message.messageId, popReceipt);
  }

  /** Production leaves such a message invisible until its lease runs out, so that it does not fail in a tight loop. */
  function leaveInvisible({ messageId }: DequeuedMessageItem, reason: string) {
    warn(`Message ${messageId} stays in '${queue.name}', which has no poison queue: ${reason}`);
  }

  async function moveToPoison(message: DequeuedMessageItem, popReceipt: string, reason: string) {
    if (poisonQueue === undefined) return leaveInvisible(message, reason);
    warn(`Moving message ${message.messageId} to queue '${poisonQueue}': ${reason}`);
    const poison = service.getQueueClient(poisonQueue);
    await poison.createIfNotExists();
    await poison.sendMessage(message.messageText);
    await complete(message, popReceipt);
  }

  return {
    complete,
    moveToPoison,
    async fail(message, popReceipt, reason) {
      if (poisonQueue === undefined) return leaveInvisible(message, reason);
      if (message.dequeueCount >= options.maxDequeueCount) {
        const why = `it has reached MaxDequeueCount of ${options.maxDequeueCount}; the last error was: ${reason}`;
        return moveToPoison(message, popReceipt, why);
      }
      const delaySeconds = Math.round(options.visibilityTimeout / 1000);
      await queue.updateMessage(message.messageId, popReceipt, undefined, delaySeconds);
    },
  };
}

/** `NAME-poison`; none for a poison queue itself, nor for a name that would get too long. */
export function poisonQueueName(queueName: string): string | undefined {
  const name = `${queueName}-poison`;
  return queueName.endsWith('-poison') || name.length > 63 ? undefined : name;
}

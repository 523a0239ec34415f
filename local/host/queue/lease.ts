import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';

import { messageOf } from '../log.ts';
import { pause } from '../pause.ts';

/** Keeps a message invisible to others while it is worked on. */
export interface Lease {
  /** Stops renewing; gives the pop receipt that is valid now. Each renewal changes it. */
  release(): Promise<string>;
}

/** Renews the invisibility at half time, until released. After a failed renewal it tries no more: the message is lost. */
export function keepLeased(
  queue: QueueClient,
  message: DequeuedMessageItem,
  leaseSeconds: number,
  onLost: (reason: string) => void,
): Lease {
  const released = new AbortController();
  let popReceipt = message.popReceipt;
  async function renew(): Promise<void> {
    while (await pause(leaseSeconds * 500, released.signal)) {
      const renewed = await queue.updateMessage(message.messageId, popReceipt, undefined, leaseSeconds);
      popReceipt = renewed.popReceipt ?? popReceipt;
    }
  }
  const renewing = renew().catch((error) => onLost(messageOf(error)));
  return {
    async release() {
      released.abort();
      await renewing;
      return popReceipt;
    },
  };
}

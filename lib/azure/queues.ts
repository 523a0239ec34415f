import { isRestError } from '@azure/core-rest-pipeline';
import { QueueClient } from '@azure/storage-queue';

import type { NotificationTarget } from '../domain/notification.ts';
import type { NotifyMessage, NotifyQueue } from '../use-cases/notification-ports.ts';
import type { QueueName, Queues, Withdraw } from '../use-cases/ports.ts';
import { type Connection, deadline } from './connection.ts';

/** Messages that are due: as many as can be looked at in one request are many. */
const many = 32;
/** For so long an answer about the queue holds; each message asks. */
const rememberedMs = 5000;
/** What is noted within this time goes out together. */
const wakeSeconds = 5;

/** Queues of the storage account, made when they are first used. host.json says `messageEncoding: none`: plain JSON. */
export function createQueues(uri: string, { credential }: Pick<Connection, 'credential'>): Queues & NotifyQueue {
  const clients = new Map<string, Promise<QueueClient>>();

  async function open(name: string): Promise<QueueClient> {
    const client = new QueueClient(`${uri}/${name}`, credential);
    await client.createIfNotExists({ abortSignal: deadline() });
    return client;
  }

  /** A failed creation is tried again by the next message. */
  function queue(name: string): Promise<QueueClient> {
    const opened = clients.get(name) ?? open(name);
    clients.set(name, opened);
    opened.catch(() => clients.delete(name));
    return opened;
  }

  async function send(name: string, text: string, delaySeconds = 0): Promise<Withdraw> {
    const client = await queue(name);
    const { messageId, popReceipt } = await client.sendMessage(text, {
      visibilityTimeout: delaySeconds,
      abortSignal: deadline(),
    });
    return async () => {
      await client.deleteMessage(messageId, popReceipt, { abortSignal: deadline() }).catch((error: unknown) => {
        // Somebody is working on it, or has: then it can no longer be taken back.
        if (!isRestError(error) || error.statusCode !== 404) {
          throw error;
        }
      });
    };
  }

  let manyDue: { readonly until: number; readonly answer: Promise<boolean> } | undefined;

  /** Peeking shows only what is due: the queue's own count holds messages that are to come hours later as well. */
  async function areManyDue(name: string): Promise<boolean> {
    const client = await queue(name);
    const { peekedMessageItems } = await client.peekMessages({ numberOfMessages: many, abortSignal: deadline() });
    return peekedMessageItems.length >= many;
  }

  async function notify(message: NotifyMessage, delaySeconds: number): Promise<void> {
    await send('notify', JSON.stringify(message), delaySeconds);
  }

  /** Until when the last message that wakes the notifier is certainly not delivered yet. */
  const wakesAt = new Map<NotificationTarget, number>();

  return {
    notify,
    async wakeNotifier(target) {
      const now = performance.now();
      if ((wakesAt.get(target) ?? 0) <= now) {
        await notify({ target }, wakeSeconds);
        wakesAt.set(target, now + wakeSeconds * 1000);
      }
    },
    areEvaluationsMany() {
      if (!manyDue || manyDue.until <= performance.now()) {
        manyDue = { until: performance.now() + rememberedMs, answer: areManyDue('evaluate-vm') };
      }
      return manyDue.answer;
    },
    async evaluate(message, delaySeconds) {
      await send('evaluate-vm', JSON.stringify(message), delaySeconds);
    },
    async protect(message, delaySeconds) {
      await send('protect-vm', JSON.stringify(message), delaySeconds);
    },
    async takeSnapshot(message, delaySeconds) {
      await send('take-snapshot', JSON.stringify(message), delaySeconds);
    },
    async makeExport(message) {
      await send('make-export', JSON.stringify(message));
    },
    sweepShard: (message, delaySeconds) => send('sweep-shard', JSON.stringify(message), delaySeconds),
    async putAside(name: QueueName, text) {
      await send(`${name}-poison`, text);
    },
  };
}

import { isRestError } from '@azure/core-rest-pipeline';
import { QueueClient } from '@azure/storage-queue';

import type { QueueName, Queues, Withdraw } from '../use-cases/ports.ts';
import { type Connection, deadline } from './connection.ts';

/** Queues of the storage account, made when they are first used. host.json says `messageEncoding: none`: plain JSON. */
export function createQueues(uri: string, { credential }: Pick<Connection, 'credential'>): Queues {
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

  return {
    async evaluate(message, delaySeconds) {
      await send('evaluate-vm', JSON.stringify(message), delaySeconds);
    },
    sweepShard: (message, delaySeconds) => send('sweep-shard', JSON.stringify(message), delaySeconds),
    async putAside(name: QueueName, text) {
      await send(`${name}-poison`, text);
    },
  };
}

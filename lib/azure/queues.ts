import { QueueClient } from '@azure/storage-queue';

import type { QueueName, Queues } from '../use-cases/ports.ts';
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

  async function send(name: string, text: string, delaySeconds = 0): Promise<void> {
    const client = await queue(name);
    await client.sendMessage(text, { visibilityTimeout: delaySeconds, abortSignal: deadline() });
  }

  return {
    evaluate: (message, delaySeconds) => send('evaluate-vm', JSON.stringify(message), delaySeconds),
    sweepShard: (message, delaySeconds) => send('sweep-shard', JSON.stringify(message), delaySeconds),
    putAside: (name: QueueName, text) => send(`${name}-poison`, text),
  };
}

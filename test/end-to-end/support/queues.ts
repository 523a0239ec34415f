import { getCACertificates, setDefaultCACertificates } from 'node:tls';

import { QueueServiceClient } from '@azure/storage-queue';

import type { QueueName } from '../../../lib/use-cases/ports.ts';
import type { Neighbourhood } from '../../../local/neighbourhood.ts';
import { bodyOf } from './results.ts';

/** The queues of a neighbourhood as an operator with a storage role sees them. */
export interface Queues {
  send(queue: QueueName, text: string): Promise<void>;
  /** Messages, those being worked on and those to be delivered later included; 0 for a queue that does not exist. */
  count(queue: string): Promise<number>;
  /** Messages that wait to be worked on now, up to 32. */
  due(queue: string): Promise<number>;
  /** Texts of up to 32 messages, which stay where they are. */
  peek(queue: string): Promise<readonly string[]>;
}

const publicCertificates = getCACertificates('default');

/** Opens the queues with a token of the simulated identity. */
export function openQueues({ storage, azure, certificate }: Neighbourhood): Queues {
  // The certificate is younger than this process, so NODE_EXTRA_CA_CERTS comes too late for it. That of another
  // neighbourhood has the same name, and would be taken for it.
  setDefaultCACertificates([...publicCertificates, certificate]);
  const service = new QueueServiceClient(storage.queueServiceUri, {
    async getToken() {
      const url = `${azure.identityEndpoint}?api-version=2019-08-01&resource=https://storage.azure.com`;
      const answer = await fetch(url, { headers: { 'x-identity-header': azure.identityHeader } });
      const { access_token: token } = await bodyOf<{ access_token: string }>(answer);
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  });
  async function peek(queue: string): Promise<readonly string[]> {
    const client = service.getQueueClient(queue);
    const exists = await client.exists();
    return exists
      ? (await client.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(({ messageText }) => messageText)
      : [];
  }
  return {
    async send(queue, text) {
      await service.getQueueClient(queue).sendMessage(text);
    },
    async count(queue) {
      const client = service.getQueueClient(queue);
      const exists = await client.exists();
      return exists ? ((await client.getProperties()).approximateMessagesCount ?? 0) : 0;
    },
    peek,
    due: async (queue) => (await peek(queue)).length,
  };
}

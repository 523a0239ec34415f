import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import * as z from 'zod';

import type { Certificate } from '../../../local/azure/certificate.ts';
import { startManagedIdentity } from '../../../local/azure/managed-identity.ts';
import { startStorage } from '../../../local/storage/azurite.ts';
import { type FaultProxy, startFaultProxy } from '../../../local/storage/fault-proxy.ts';

/** Azurite with the proxy before it, and the real clients on both ways in. */
export interface DisturbedStorage {
  readonly proxy: FaultProxy;
  /** A table or queue through the proxy, with tries of its own if wanted. */
  table(name: string, maxRetries?: number): TableClient;
  queue(name: string, maxTries?: number): QueueClient;
  /** The same table and queue without the proxy: what storage really holds. */
  realTable(name: string): TableClient;
  realQueue(name: string): QueueClient;
  stop(): Promise<void>;
}

const Token = z.looseObject({ access_token: z.string() });

/** The certificate has to be trusted by this process. */
export async function startDisturbedStorage(certificate: Certificate, hurry: number): Promise<DisturbedStorage> {
  const storage = await startStorage(certificate);
  const identity = await startManagedIdentity({ tenantId: crypto.randomUUID(), objectId: crypto.randomUUID() });
  const proxy = await startFaultProxy({
    storage,
    certificate,
    hurry,
  });
  const credential = {
    async getToken() {
      const url = `${identity.endpoint}?api-version=2019-08-01&resource=https://storage.azure.com`;
      const answer = await fetch(url, { headers: { 'x-identity-header': identity.header } });
      return { token: Token.parse(await answer.json()).access_token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
  const table = (uri: string, name: string, maxRetries: number) =>
    new TableClient(uri, name, credential, { retryOptions: { maxRetries, retryDelayInMs: 1, maxRetryDelayInMs: 5 } });
  const queue = (uri: string, name: string, maxTries: number) =>
    new QueueClient(`${uri}/${name}`, credential, { retryOptions: { maxTries, retryDelayInMs: 1 } });
  return {
    proxy,
    table: (name, maxRetries = 0) => table(proxy.tableServiceUri, name, maxRetries),
    queue: (name, maxTries = 1) => queue(proxy.queueServiceUri, name, maxTries),
    realTable: (name) => table(storage.tableServiceUri, name, 0),
    realQueue: (name) => queue(storage.queueServiceUri, name, 1),
    async stop() {
      await proxy.close();
      await identity.close();
      await storage.child.stop();
    },
  };
}

import { DefaultAzureCredential } from '@azure/identity';
import { QueueServiceClient } from '@azure/storage-queue';

import type { Settings } from '../app/settings.ts';
import { StartError } from '../start-error.ts';

/** Gives the queue service of a connection name, one client per name. Throws a StartError for a missing setting. */
export function createConnections(settings: Settings): (connection: string) => QueueServiceClient {
  const credential = new DefaultAzureCredential();
  const clientBy = new Map<string, QueueServiceClient>();
  return (connection) => {
    const client = clientBy.get(connection) ?? connect(connection, settings, credential);
    clientBy.set(connection, client);
    return client;
  };
}

function connect(connection: string, settings: Settings, credential: DefaultAzureCredential): QueueServiceClient {
  const setting = `${connection}__queueServiceUri`;
  const uri = settings[setting];
  if (uri === undefined || uri === '') {
    throw new StartError(`The app setting "${setting}" is missing: the queues of connection "${connection}" need it.`);
  }
  // The listener has its own patience: a call that cannot get through gives up soon and is made again later.
  return new QueueServiceClient(uri, credential, { retryOptions: { maxTries: 2, retryDelayInMs: 200 } });
}

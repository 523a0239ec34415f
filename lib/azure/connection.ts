import { DefaultAzureCredential } from '@azure/identity';

import type { Config } from '../config.ts';

/** What every client of Azure needs: who asks, and where. A sovereign cloud differs in the addresses only. */
export interface Connection {
  readonly credential: DefaultAzureCredential;
  /** Address of the resource manager, without a trailing slash. */
  readonly endpoint: string;
  readonly scope: string;
}

/** The identity of the app: managed identity in Azure, a developer's login elsewhere. */
export function connect({ azure }: Pick<Config, 'azure'>): Connection {
  return {
    credential: new DefaultAzureCredential(azure.clientId ? { managedIdentityClientId: azure.clientId } : {}),
    endpoint: azure.resourceManager,
    scope: `${azure.audience}/.default`,
  };
}

/** No read may take longer: Azure asks for waits of up to 20 minutes, which belong into a queue, not into a function. */
export function deadline(): AbortSignal {
  return AbortSignal.timeout(60_000);
}

/** Few and short retries inside a call; what still fails is unknown, or is tried again by a later message. */
export const retryOptions = { maxRetries: 3, maxRetryDelayInMs: 8_000 } as const;

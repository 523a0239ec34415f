import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import { DefaultAzureCredential } from '@azure/identity';

import type { Config } from '../config.ts';
import { ArmPace, paced } from './arm-pace.ts';

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
export function deadline(seconds = 60): AbortSignal {
  return AbortSignal.timeout(seconds * 1000);
}

/** Few and short retries inside a call; what still fails is unknown, or is tried again by a later message. */
export const retryOptions = { maxRetries: 3, maxRetryDelayInMs: 8_000 } as const;

/** Azure asks for a longer wait than this: then a delayed message waits, not a function. A shorter one costs less than a message. */
const longestWaitMs = 2_000;

/** Where an answer keeps the seconds that Azure asked for, when they are too long to wait for here. */
const toldHeader = 'backstop-retry-after-seconds';

/** Seconds after which Azure wants to be asked again, from an answer that was not waited for. */
export function toldSeconds(response: PipelineResponse | undefined): number | undefined {
  const seconds = Number(response?.headers.get(toldHeader) ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

const waitHeaders = ['retry-after', 'retry-after-ms', 'x-ms-retry-after-ms'] as const;

/** Milliseconds until an answer may be asked for again; NaN if it does not say. */
function askedToWait(header: (typeof waitHeaders)[number], value: string): number {
  if (header !== 'retry-after') {
    return Number(value);
  }
  return Number.isNaN(Number(value)) ? Date.parse(value) - Date.now() : Number(value) * 1000;
}

/**
 * The retries of the SDKs keep to every wait that Azure asks for, however long. Without its header a 429 is not tried again:
 * it is told as what it is, and the message waits in its queue.
 */
const noLongWaits: PipelinePolicy = {
  name: 'noLongWaits',
  async sendRequest(request, next) {
    const response = await next(request);
    for (const header of waitHeaders) {
      const value = response.headers.get(header);
      const waitMs = value === undefined ? 0 : askedToWait(header, value);
      if (waitMs > longestWaitMs) {
        response.headers.delete(header);
        response.headers.set(toldHeader, String(Math.ceil(waitMs / 1000)));
      }
    }
    return response;
  },
};

/** What is left of a budget is the same for all clients of a process. */
const pace = new ArmPace(
  () => performance.now(),
  (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
);

/** Policies of every client of ARM and Resource Graph. */
export const additionalPolicies: { policy: PipelinePolicy; position: 'perRetry' }[] = [
  { policy: noLongWaits, position: 'perRetry' },
  { policy: paced(pace), position: 'perRetry' },
];

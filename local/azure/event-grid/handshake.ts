import { randomUUID } from 'node:crypto';

import * as z from 'zod';

import { azureInstant } from '../azure-instant.ts';
import type { EventSchema } from './resource-event.ts';

/** How Event Grid calls itself when it asks a CloudEvents webhook for leave. */
const origin = 'eventgrid.azure.net';

/** Longest time that Event Grid waits for any answer of a webhook. */
export const webhookTimeoutMs = 30_000;

/** Asks a webhook whether it wants the events, the way of its schema. Throws when it does not answer as documented. */
export async function shakeHands(endpoint: string, subscriptionId: string, schema: EventSchema): Promise<void> {
  const refusal =
    schema === 'eventgrid' ? await validate(endpoint, subscriptionId) : await askPermission(endpoint, subscriptionId);
  if (refusal !== undefined) throw new Error(`Webhook validation failed: ${refusal}`);
}

const Reply = z.looseObject({ validationResponse: z.string() });

async function validate(endpoint: string, subscriptionId: string): Promise<string | undefined> {
  const validationCode = randomUUID();
  const event = {
    id: randomUUID(),
    topic: `/subscriptions/${subscriptionId}`,
    subject: '',
    data: { validationCode },
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    eventTime: azureInstant(new Date()),
    metadataVersion: '1',
    dataVersion: '1',
  };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', 'aeg-event-type': 'SubscriptionValidation' },
    body: JSON.stringify([event]),
    signal: AbortSignal.timeout(webhookTimeoutMs),
  });
  const text = await response.text();
  // 202 is not accepted, unlike for notifications.
  if (response.status !== 200) return `answered ${response.status} instead of 200`;
  const reply = Reply.safeParse(parseJson(text));
  return reply.success && reply.data.validationResponse === validationCode ? undefined : 'the code was not repeated';
}

async function askPermission(endpoint: string, subscriptionId: string): Promise<string | undefined> {
  const response = await fetch(endpoint, {
    method: 'OPTIONS',
    headers: { 'webhook-request-origin': origin, 'aeg-subscription-name': subscriptionId },
    signal: AbortSignal.timeout(webhookTimeoutMs),
  });
  await response.arrayBuffer();
  if (response.status !== 200) return `answered ${response.status} instead of 200`;
  const allowed = response.headers.get('webhook-allowed-origin') ?? '';
  return allowed === '*' || allowed.toLowerCase() === origin ? undefined : `origin ${origin} was not allowed`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

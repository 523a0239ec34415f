import type { Invocation } from '../invocation/invoke.ts';
import { type Metadata, withLiftedProperties } from '../invocation/trigger-metadata.ts';

/**
 * One event as an invocation. That the host hands the event over as text, and therefore lifts its properties into the
 * metadata, is unconfirmed; the handler's first argument is the same either way.
 */
export function toEventInvocation(event: string): Invocation {
  const metadata: Metadata = withLiftedProperties(dataOf(event), event);
  return { reason: `EventGrid trigger fired at ${new Date().toISOString()}`, data: { string: event }, metadata };
}

function dataOf(event: string): Metadata {
  const parsed: unknown = JSON.parse(event);
  const data = typeof parsed === 'object' && parsed !== null && 'data' in parsed ? parsed.data : undefined;
  return data === undefined ? {} : { data: { json: JSON.stringify(data) } };
}

import type { Notice } from './notification.ts';

/** A CloudEvent 1.0 in JSON (https://github.com/cloudevents/spec, version 1.0.2). */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** Which Backstop says so; unique together with the id. */
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

/** The event of a notification. */
export function cloudEventOf({ id, kind, at, subject, data }: Notice, source: string): CloudEvent {
  return {
    specversion: '1.0',
    id,
    source,
    type: `Backstop.${kind}`,
    subject,
    time: at,
    datacontenttype: 'application/json',
    data,
  };
}

/** Bytes of a request: a quarter of the 1 MB that Event Grid takes (that limit is unconfirmed), and little for a webhook. */
const mostBytes = 250_000;

/** Events of a request. */
export const mostEvents = 100;

/** Cuts events into requests: in their order, at most so many and so many bytes in each; one that is larger goes alone. */
export function batchesOf<T extends { readonly event: CloudEvent }>(all: readonly T[], most: number): readonly T[][] {
  const batches: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const each of all) {
    const size = new TextEncoder().encode(JSON.stringify(each.event)).length + 1;
    const last = batches.at(-1);
    if (last && last.length < most && bytes + size <= mostBytes) {
      last.push(each);
      bytes += size;
    } else {
      batches.push([each]);
      bytes = size;
    }
  }
  return batches;
}

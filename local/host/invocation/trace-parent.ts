import { randomBytes } from 'node:crypto';

/** A W3C `traceparent` for a new span, in the caller's trace if it sent a well-formed one. */
export function newTraceParent(callers?: string): string {
  const traceId = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(callers ?? '')?.[1];
  return `00-${traceId ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}

import { createHmac } from 'node:crypto';

/** Beginning of a secret, as Standard Webhooks writes it; what follows is base64. */
const prefix = 'whsec_';

/** What is signed: one request. */
export interface SignedRequest {
  /** The same for every attempt. */
  readonly id: string;
  /** Seconds since 1970, of this attempt. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com, version 1.0.0): HMAC-SHA256 over id, timestamp and body.
 * One signature for each secret, so that a secret can be changed without a request that nobody can verify.
 */
export function signatureHeaders(
  { id, timestamp, body }: SignedRequest,
  secrets: readonly string[],
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') };
}

import { describe, expect, test } from 'vitest';

import { signatureHeaders } from '../../lib/azure/webhook-signature.ts';
import { isSigned } from '../../local/webhook-receiver.ts';

/** The vector of the reference library of Standard Webhooks; the others were made with its version 1.1.1. */
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const timestamp = 1_614_265_330;
const now = new Date(timestamp * 1000);

const signed = (body: string, secrets = [secret]) => signatureHeaders({ id, timestamp, body }, secrets);

test.each([
  ['{"test": 2432232314}', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
  ['{"näme":"🚀"}', 'v1,7N589jjABrIRZaIQsi4ph8POUwykCvMnaXUhcNScHcY='],
])('the body %s is signed as Standard Webhooks does', (body, signature) => {
  expect(signed(body)).toEqual({
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signature,
  });
});

test('a secret is the same with and without its beginning', () => {
  expect(signed('{}', [secret.replace('whsec_', '')])).toEqual(signed('{}'));
});

test('two secrets make two signatures, and whoever knows one of them can verify', () => {
  const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const headers = signed('[]', [secret, other]);

  expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
  for (const each of [secret, other]) {
    expect(isSigned(headers, Buffer.from('[]'), each, now)).toBe(true);
  }
});

describe('a receiver refuses', () => {
  const body = Buffer.from('[]');
  const headers = signed('[]');
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

  test.each([
    ['another body', headers, Buffer.from('[ ]'), secret, now],
    ['another secret', headers, body, `whsec_${Buffer.alloc(32).toString('base64')}`, now],
    ['another id', { ...headers, 'webhook-id': 'msg_2' }, body, secret, now],
    ['another time', { ...headers, 'webhook-timestamp': String(timestamp + 1) }, body, secret, now],
    ['no signature', { ...headers, 'webhook-signature': undefined }, body, secret, now],
    ['an empty signature', { ...headers, 'webhook-signature': 'v1,' }, body, secret, now],
    [
      'another version',
      { ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1', 'v2') },
      body,
      secret,
      now,
    ],
    ['one that is too old', headers, body, secret, later(301)],
    ['one from the future', headers, body, secret, later(-301)],
  ] as const)('%s', (_, given, bytes, own, at) => {
    expect(isSigned(given, bytes, own, at)).toBe(false);
    expect(isSigned(headers, body, secret, now)).toBe(true);
  });
});

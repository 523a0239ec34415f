import { describe, expect, it } from 'vitest';

import { decodeMessage } from '../../../local/host/queue/message-invocation.ts';
import { createPollingDelay } from '../../../local/host/queue/polling-delay.ts';
import { poisonQueueName } from '../../../local/host/queue/settlement.ts';

describe('the text of a message', () => {
  it.each([
    ['none', '{"a":"é"}', '{"a":"é"}'],
    ['base64', 'eyJhIjoxfQ==', '{"a":1}'],
    ['base64', '', ''],
    ['base64', '{"a":1}', undefined],
    ['base64', 'eyJhIjoxfQ', undefined],
    ['base64', 'eyJh=jox', undefined],
  ] as const)('with encoding %s, %j means %j', (encoding, text, meaning) => {
    expect(decodeMessage(text, encoding)?.toString('utf8')).toBe(meaning);
  });
});

describe('the poison queue', () => {
  it.each([
    ['work', 'work-poison'],
    ['work-poison', undefined],
    ['a'.repeat(56), `${'a'.repeat(56)}-poison`],
    ['a'.repeat(57), undefined],
  ])('of %s is %s', (name, poison) => {
    expect(poisonQueueName(name)).toBe(poison);
  });
});

describe('the wait before an idle queue is asked again', () => {
  it('starts short, doubles up to the longest, and starts again after a message', () => {
    const delay = createPollingDelay(1000, () => 0.5);

    expect([1, 2, 3, 4, 5, 6].map(() => delay.next())).toEqual([100, 200, 400, 800, 1000, 1000]);
    delay.reset();
    expect(delay.next()).toBe(100);
  });
});

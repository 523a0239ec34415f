import { expect, test } from 'vitest';

import { shortMemory } from '../../lib/azure/short-memory.ts';
import { type Fact, known, unknown } from '../../lib/domain/fact.ts';

function remembering() {
  let at = Date.parse('2026-11-20T06:00:00Z');
  const asked: string[] = [];
  const recall = shortMemory<string>(() => new Date(at));
  return {
    asked,
    pass: (minutes: number) => {
      at += minutes * 60_000;
    },
    ask: (key: string, fact: Fact<string> = known(key, { where: 'here', readAt: new Date(at).toISOString() })) =>
      recall(key, async () => {
        asked.push(key);
        return fact;
      }),
  };
}

test('what was read is recalled for five minutes, with the time at which it was read', async () => {
  const { ask, asked, pass } = remembering();

  const first = await ask('a');
  pass(4.9);
  const second = await ask('a');
  pass(0.1);
  const third = await ask('a');

  expect(second).toEqual(first);
  expect(third).toMatchObject({ source: { readAt: '2026-11-20T06:05:00.000Z' } });
  expect(asked).toEqual(['a', 'a']);
});

test('every key has its own memory', async () => {
  const { ask, asked } = remembering();

  await Promise.all([ask('a'), ask('b'), ask('a')]);

  expect(asked).toEqual(['a', 'b']);
});

test('what could not be read is asked for again', async () => {
  const { ask, asked } = remembering();

  const first = await ask('a', unknown('throttled', 'Azure throttles.'));
  const second = await ask('a');

  expect([first.kind, second.kind]).toEqual(['unknown', 'known']);
  expect(asked).toEqual(['a', 'a']);
});

import { setTimeout as wait } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { FaultOccasions, type Occasions } from '../../local/fault-occasions.ts';

/** Which of forty requests are hit, made with a pause between them. */
async function hitsOf(occasions: Occasions, pauseMs = 0): Promise<string> {
  const fault = new FaultOccasions(occasions);
  let marks = '';
  for (let request = 0; request < 40; request += 1) {
    marks += fault.hits(`request ${request}`) ? 'x' : '.';
    if (pauseMs > 0) await wait(pauseMs);
  }
  return marks;
}

test('unless told otherwise every request is hit', async () => {
  expect(await hitsOf({})).toBe('x'.repeat(40));
});

test('some requests are spared first, and a fault is over after so many hits', async () => {
  expect(await hitsOf({ spared: 2, times: 3 })).toBe(`..xxx${'.'.repeat(35)}`);
});

test('a burst goes on for its length, or until its time is over', async () => {
  const bursts = { seed: 1, oneIn: 3, length: 1000 };

  expect(await hitsOf({ bursts })).toMatch(/^\.*x+$/);
  expect(await hitsOf({ bursts: { ...bursts, lastsMs: 1 } }, 3)).toMatch(/x\.+x/);
});

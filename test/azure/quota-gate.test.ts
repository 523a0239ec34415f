import { describe, expect, test } from 'vitest';

import { type QuotaAnswer, quotaAnswer } from '../../lib/azure/quota-gate.ts';
import { gateOnClock } from './gate-on-clock.ts';

const left = (remaining: number, resetsAfterSeconds = 5): QuotaAnswer => ({ remaining, resetsAfterSeconds });

/** A gate with requests that want to pass it; each is answered when the test says so. */
function requesting() {
  const { clock, gate } = gateOnClock();
  const tickets: Awaited<ReturnType<typeof gate.pass>>[] = [];
  return {
    clock,
    tickets,
    /** So many requests more; answers how many have passed since the beginning. */
    async ask(count: number): Promise<number> {
      for (let n = 0; n < count; n += 1) {
        void gate.pass().then((ticket) => tickets.push(ticket));
      }
      await clock.pass(0);
      return tickets.length;
    },
    /** Answers the request that passed as the n-th, counted from 1; answers how many have passed then. */
    async answer(n: number, said?: QuotaAnswer): Promise<number> {
      tickets[n - 1]?.answered(said);
      await clock.pass(0);
      return tickets.length;
    },
    async wait(ms: number): Promise<number> {
      await clock.pass(ms);
      return tickets.length;
    },
  };
}

describe('the quota headers of an answer', () => {
  test.each([
    ['14', '00:00:05', { remaining: 14, resetsAfterSeconds: 5 }],
    ['0', '01:02:03', { remaining: 0, resetsAfterSeconds: 3723 }],
    [undefined, '00:00:05', undefined],
    ['14', undefined, undefined],
    ['many', '00:00:05', undefined],
    ['14', 'soon', undefined],
    ['14', '5', undefined],
  ])('%s left, full after %s', (remaining, resetsAfter, expected) => {
    expect(quotaAnswer(remaining, resetsAfter)).toEqual(expected);
  });
});

test('as long as nobody was answered, one request goes ahead and finds out', async () => {
  const { ask, answer } = requesting();

  expect(await ask(5)).toBe(1);
  expect(await answer(1, left(14))).toBe(5);
});

test('as many requests pass as are left, and those under way count as spent', async () => {
  const { ask, answer } = requesting();
  await ask(1);
  await answer(1, left(3));

  expect(await ask(10)).toBe(4);
});

test('requests that find no room pass when the quota is full again', async () => {
  const { ask, answer, wait, tickets } = requesting();
  await ask(1);
  await answer(1, left(2));
  await ask(4);
  await answer(2, left(1));
  expect(await answer(3, left(0))).toBe(3);

  expect(await wait(4999)).toBe(3);
  expect(await wait(1)).toBe(5);
  expect(tickets.map(({ waitedMs }) => waitedMs)).toEqual([0, 0, 0, 5000, 5000]);
});

test('of what answers say about the end, the earliest is believed: Azure rounds up', async () => {
  const { ask, answer, wait } = requesting();
  await ask(1);
  await answer(1, left(1, 5));
  await ask(2);
  await wait(2500);
  await answer(2, left(0, 2));

  expect(await wait(1999)).toBe(2);
  expect(await wait(1)).toBe(3);
});

test('of answers that overtake each other the one that leaves least is believed', async () => {
  const { ask, answer } = requesting();
  await ask(1);
  await answer(1, left(3));
  await ask(2);
  await answer(3, left(1));

  await answer(2, left(2));

  expect(await ask(5)).toBe(4);
});

test('an answer from the time before does not end the new time early', async () => {
  const { ask, answer, wait } = requesting();
  await ask(1);
  await answer(1, left(2));
  await ask(2);
  await answer(2, left(1));
  // The quota is full again, while the third request is still under way: it counts for the new time, if not for the old one.
  await wait(5000);
  expect(await ask(5)).toBe(5);
  await answer(4, left(1));

  expect(await answer(3, left(0, 1))).toBe(5);
  expect(await wait(1500)).toBe(5);
});

test('when Azure has begun a new time before it was expected, its answers count for that', async () => {
  const { ask, answer, wait } = requesting();
  await ask(1);
  await wait(900);
  // Rounded up, the time ends at 5900 at the latest, but Azure begins the next one with a request at 5100.
  await answer(1, left(3));
  await wait(4200);
  await ask(3);
  for (const n of [2, 3, 4]) {
    await answer(n, left(5 - n, 5));
  }

  expect(await ask(5)).toBe(5);
  expect(await wait(1000)).toBe(5);
  expect(await wait(4000)).toBeGreaterThan(5);
});

test('where Azure sends no headers, one request after the other goes ahead', async () => {
  const { ask, answer } = requesting();

  expect(await ask(4)).toBe(1);
  expect(await answer(1)).toBe(2);
  expect(await answer(2)).toBe(3);
  expect(await answer(3)).toBe(4);
});

test('a request that failed counts as spent, and holds nobody up for ever', async () => {
  const { ask, answer, wait } = requesting();
  await ask(1);
  await answer(1, left(2));
  await ask(4);
  await answer(2);

  expect(await answer(3)).toBe(3);
  expect(await wait(5000)).toBe(5);
});

test('an answer counts once, however often it is told', async () => {
  const { ask, answer } = requesting();
  await ask(1);
  await answer(1, left(2));
  await answer(1, left(2));

  expect(await ask(5)).toBe(3);
});

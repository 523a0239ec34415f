import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { WrongCursor } from '../../lib/use-cases/cursor.ts';
import { listChanges, type Since } from '../../lib/use-cases/list-changes.ts';
import { estateNow, testEstate } from '../contract/test-estate.ts';
import { transitionOf } from '../ports/evaluated-row.ts';
import { serviceOfFile } from './service-of-file.ts';

const { started } = await serviceOfFile();

const hoursAgo = (hours: number) => new Date(Date.parse(estateNow) - hours * 3_600_000).toISOString();
const yesterday: Since = { hours: 24 };

/** A change at each of some times before now, of VMs of a region that no other test has. */
async function changed(...hours: readonly number[]) {
  const { ports, clock } = await started(testEstate({ resources: [] }));
  const region = randomUUID();
  const vmKey = () => randomUUID().replaceAll('-', '').slice(0, 20);
  await ports.transitions.add(hours.map((each) => transitionOf(vmKey(), 1, { region, at: hoursAgo(each) })));
  return { ports, clock, filter: { region } };
}

describe('what changed', () => {
  test('in some hours is told newest first, and since when', async () => {
    const { ports, filter } = await changed(25, 23, 1, 24);

    const page = await listChanges(ports, yesterday, filter, 10, undefined);

    expect(page.since).toBe(hoursAgo(24));
    expect(page.changes.map(({ at }) => at)).toEqual([1, 23, 24].map(hoursAgo));
    expect(page.next).toBeNull();
  });

  test('since an instant is told until now', async () => {
    const { ports, filter } = await changed(100, 50, 0);

    const page = await listChanges(ports, { instant: hoursAgo(60) }, filter, 10, undefined);

    expect(page.changes.map(({ at }) => at)).toEqual([0, 50].map(hoursAgo));
  });

  test('goes back to the same instant from page to page, however late they are read', async () => {
    const { ports, clock, filter } = await changed(23.9, 23.8, 2, 1);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { since, changes, next } = await listChanges(ports, yesterday, filter, 1, cursor);
      expect(since).toBe(hoursAgo(24));
      seen.push(...changes.map(({ at }) => at));
      cursor = next ?? undefined;
      clock.pass(30);
    } while (cursor);

    expect(seen).toEqual([1, 2, 23.8, 23.9].map(hoursAgo));
  });

  test('of the future is nothing', async () => {
    const { ports, filter } = await changed(0);

    const page = await listChanges(ports, { instant: hoursAgo(-48) }, filter, 10, undefined);

    expect(page).toMatchObject({ changes: [], next: null });
  });
});

describe('a cursor', () => {
  test.each([
    ['another filter', yesterday, { owner: 'shop' }],
    ['another time', { hours: 25 }, {}],
  ])('is refused with %s', async (_what, since, change) => {
    const { ports, filter } = await changed(2, 1);
    const { next } = await listChanges(ports, yesterday, filter, 1, undefined);

    const wrong = listChanges(ports, since, { ...filter, ...change }, 1, next ?? '');

    await expect(wrong).rejects.toThrow(WrongCursor);
  });

  test.each(['nonsense', '', Buffer.from('null').toString('base64url'), Buffer.from('{}').toString('base64url')])(
    'that nobody gave is refused: %j',
    async (cursor) => {
      const { ports, filter } = await changed();

      await expect(listChanges(ports, yesterday, filter, 1, cursor)).rejects.toThrow(WrongCursor);
    },
  );
});

import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import type { Finding } from '../../lib/domain/finding.ts';
import type { Evaluated, EvaluatedHead } from '../../lib/use-cases/evaluated.ts';
import type { Evaluations, PagePosition, Stored, VmFilter } from '../../lib/use-cases/ports.ts';
import { evaluatedRow } from './evaluated-row.ts';

/** Rows of a subscription that no other test has, so that tests share a store and not their rows. */
function rowsOf(count: number, change: Partial<Evaluated> = {}, subscriptionId: string = randomUUID()): Evaluated[] {
  return Array.from({ length: count }, (_, n) => evaluatedRow({ subscriptionId, name: `vm${n}`, ...change }));
}

const one = (change: Partial<Evaluated> = {}): Evaluated =>
  evaluatedRow({ subscriptionId: randomUUID(), name: 'vm', ...change });
const notConcerned: Finding = {
  outcome: 'notApplicable',
  rule: 'spot-vm',
  category: 'governance',
  severity: 'info',
  message: '',
  evidence: [],
};

const tooOld: Finding = {
  outcome: 'fail',
  rule: 'health-rpo',
  category: 'backup-health',
  severity: 'warning',
  reason: 'TooOld',
  message: '',
  evidence: [],
};

function headOf({ findings: _words, ...head }: Evaluated): EvaluatedHead {
  return head;
}

const asNew = (rows: readonly Evaluated[]): Stored<Evaluated>[] => rows.map((value) => ({ value }));

/** What every store of evaluations does. `store` is asked for when the tests run. */
export function evaluationsSuite(store: () => Evaluations): void {
  async function found({ subscriptionId, vmKey }: Evaluated): Promise<Stored<Evaluated>> {
    const stored = await store().find(subscriptionId, vmKey);
    if (!stored) throw new Error('The row is not there.');
    return stored;
  }

  async function allPages(filter: VmFilter, size: number): Promise<readonly (readonly Evaluated[])[]> {
    const pages: (readonly Evaluated[])[] = [];
    let after: PagePosition | undefined;
    do {
      const { rows, next } = await store().page(filter, size, after);
      pages.push(rows);
      after = next;
    } while (after);
    return pages;
  }

  /** What is stored of rows, with their versions. */
  async function storedLike(rows: readonly Evaluated[]): Promise<readonly Stored<Evaluated>[]> {
    const heads = await store().headsOf(rows[0]?.subscriptionId ?? '');
    return [...heads.values()].map((head) => ({ ...head, value: { ...head.value, findings: [] } }));
  }

  const names = async (filter: VmFilter) => (await allPages(filter, 2)).flat().map(({ name }) => name);

  describe('rows', () => {
    test('a row is found by subscription and key, by key alone, and among its subscription', async () => {
      const row = one();

      const isWritten = await store().write({ value: row });

      expect(isWritten).toBe(true);
      expect((await found(row)).value).toEqual(row);
      expect(await store().findByKey(row.vmKey)).toEqual(row);
      expect((await store().headsOf(row.subscriptionId)).get(row.vmKey)?.value).toEqual(headOf(row));
    });

    test('what is not there is not found', async () => {
      expect(await store().find(randomUUID(), 'none')).toBeUndefined();
      expect(await store().findByKey('none')).toBeUndefined();
      expect(await store().headsOf(randomUUID())).toEqual(new Map());
    });

    test('a row is written under its version only', async () => {
      const row = one();
      await store().write({ value: row });
      const { version = '' } = await found(row);
      const [first, second] = [2, 3].map((revision) => ({ value: { ...row, revision }, version }));

      const answers = [
        await store().write(first as Stored<Evaluated>),
        await store().write(second as Stored<Evaluated>),
      ];

      expect(answers).toEqual([true, false]);
      expect((await found(row)).value.revision).toBe(2);
    });

    test('a new row is refused where there is one', async () => {
      const row = one();
      await store().write({ value: row });

      expect(await store().write({ value: { ...row, revision: 9 } })).toBe(false);
      expect((await found(row)).value.revision).toBe(1);
    });

    test('of writers at once exactly one wins', async () => {
      const row = one();

      const answers = await Promise.all(
        [1, 2, 3, 4, 5, 6].map((revision) => store().write({ value: { ...row, revision } })),
      );

      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    test.each([
      ['larger than a property holds', 'x'.repeat(100_000)],
      ['of characters that are two halves, cut in the middle of none', `x${'🚀'.repeat(8_000)}`],
      ['of other scripts', 'Übergrößenträger 日本語 עברית\u0000\u001f\u2028'],
      ['of what queries and XML are made of', `'; drop "<a>&amp;%27%2525 \\ # ? /`],
    ])('a text %s comes back as it was', async (_, owner) => {
      const row = one({ owner });

      await store().write({ value: row });

      // Compared by hand: the difference of two long texts is no message for a reader.
      expect((await found(row)).value.owner === owner).toBe(true);
    });

    test('250 rows are written at once, those that were overtaken are named', async () => {
      const rows = rowsOf(250);
      expect(await store().writeAll(asNew(rows))).toEqual([]);
      const stored = await storedLike(rows);
      const overtaken = new Set(rows.filter((_, n) => n % 60 === 0).map(({ vmKey }) => vmKey));
      const rivals = stored.filter(({ value }) => overtaken.has(value.vmKey));
      await Promise.all(rivals.map((row) => store().write({ ...row, value: { ...row.value, trigger: 'event' } })));

      const lost = await store().writeAll(stored.map((row) => ({ ...row, value: { ...row.value, revision: 2 } })));

      expect(new Set(lost.map(({ value }) => value.vmKey))).toEqual(overtaken);
      const after = await storedLike(rows);
      expect(after.filter(({ value }) => value.revision === 2)).toHaveLength(250 - overtaken.size);
      expect(after.filter(({ value }) => value.trigger === 'event')).toHaveLength(overtaken.size);
    });

    test('a hundred large rows are written although together they are too large for one transaction', async () => {
      const rows = rowsOf(100, { owner: 'x'.repeat(60_000) });

      expect(await store().writeAll(asNew(rows))).toEqual([]);
      expect((await store().headsOf(rows[0]?.subscriptionId ?? '')).size).toBe(100);
    });

    test('a row whose head is too large for what is asked of all rows is refused, not cut', async () => {
      const row = one({ owner: '🚀'.repeat(20_000) });

      await expect(store().write({ value: row })).rejects.toThrow('The head of a row is larger than');
      expect(await store().findByKey(row.vmKey)).toBeUndefined();
    });

    test('large words stand beside the head of a row, which comes without them', async () => {
      const row = one({ findings: [{ ...notConcerned, message: '🚀'.repeat(20_000) }] });

      await store().writeAll(asNew([row]));

      expect((await found(row)).value).toEqual(row);
      const head = (await store().headsOf(row.subscriptionId)).get(row.vmKey);
      expect(head).toEqual({ value: headOf(row), version: (await found(row)).version });
    });

    test('nothing to write is nothing to do', async () => {
      expect(await store().writeAll([])).toEqual([]);
    });
  });

  describe('pages', () => {
    const subscription = randomUUID();
    const q = subscription.slice(0, 8);
    const later = '2026-11-21T06:00:00.000Z';
    const mixed: readonly Partial<Evaluated>[] = [
      { name: `${q}-web`, verdict: 'protected' },
      {
        name: `${q}-db`,
        verdict: 'at-risk',
        failing: ['health-rpo'],
        region: 'northeurope',
        owner: "Team O'Neil",
        findings: [tooOld],
      },
      { name: `${q}-o'brien`, verdict: 'blocked', unknown: ['agent-ready'], region: "o'region" },
      { name: `${q}-100%`, verdict: 'blocked', resourceGroup: 'RG-Special', region: '100%25', evidenceAt: later },
      { name: `${q}-gone`, goneAt: '2026-11-20T06:00:00.000Z' },
    ];

    async function fill(): Promise<void> {
      const rows = mixed.map((change) => evaluatedRow({ subscriptionId: subscription, name: '', ...change }));
      await Promise.all(rows.map((value) => store().write({ value })));
    }

    test.each([
      [{}, ['100%', 'db', "o'brien", 'web']],
      [{ verdict: 'blocked' }, ['100%', "o'brien"]],
      [{ verdict: 'pending' }, []],
      [{ rule: 'health-rpo' }, ['db']],
      [{ rule: 'agent-ready' }, ["o'brien"]],
      [{ region: 'northeurope' }, ['db']],
      [{ region: "o'region" }, ["o'brien"]],
      [{ region: '100%25' }, ['100%']],
      [{ region: "' or '1' eq '1" }, []],
      [{ resourceGroup: 'rg-SPECIAL' }, ['100%']],
      [{ resourceGroup: 'special' }, []],
      [{ owner: "team o'neil" }, ['db']],
      [{ owner: "' or '1' eq '1" }, []],
      [{ reason: 'TooOld' }, ['db']],
      [{ reason: 'NeverBackedUp' }, []],
      [{ severity: 'warning' }, ['db']],
      [{ severity: 'blocker' }, []],
      [{ reason: 'TooOld', severity: 'blocker' }, []],
      [{ changedSince: later }, ['100%']],
      [{ changedSince: '2026-11-21T06:00:00.001Z' }, []],
      [{ q: 'DB' }, ['db']],
      [{ q: 'special' }, ['100%']],
      [{ q: "O'B" }, ["o'brien"]],
      [{ q: '100%' }, ['100%']],
      [{ verdict: 'blocked', region: '100%25', q: 'rg-' }, ['100%']],
    ] as const)('filtered by %j hold what fits, and no VM that is gone', async (filter, expected) => {
      await fill();

      const listed = await names({ subscription, ...filter });

      expect(listed.map((name) => name.slice(9)).toSorted()).toEqual(expected);
      const each = await Array.fromAsync(store().each({ subscription, ...filter }), ({ name }) => name);
      expect(each).toEqual(listed);
      if (!('reason' in filter || 'severity' in filter)) {
        const heads = await Array.fromAsync(store().eachHead({ subscription, ...filter }), ({ name }) => name);
        expect(heads).toEqual(listed);
      }
    });

    test('over all subscriptions hold each row once, in an order that repeats', async () => {
      const region = randomUUID();
      const rows = [7, 3, 5].flatMap((count) => rowsOf(count, { region }));
      await store().writeAll(asNew(rows.slice(0, 7)));
      await store().writeAll(asNew(rows.slice(7, 10)));
      await store().writeAll(asNew(rows.slice(10)));

      const [byFour, bySeven] = [await allPages({ region }, 4), await allPages({ region }, 7)];

      expect(byFour.map((page) => page.length)).toEqual([4, 4, 4, 3]);
      expect(byFour.flat()).toEqual(bySeven.flat());
      expect(new Set(byFour.flat().map(({ vmKey, subscriptionId }) => subscriptionId + vmKey)).size).toBe(15);
    });

    test('end where the rows end: a full last page has no successor', async () => {
      const rows = rowsOf(4);
      await store().writeAll(asNew(rows));

      const pages = await allPages({ subscription: rows[0]?.subscriptionId }, 2);

      expect(pages.map((page) => page.length)).toEqual([2, 2]);
    });

    test('go on behind a row that vanished meanwhile', async () => {
      const rows = rowsOf(5).toSorted((a, b) => a.vmKey.localeCompare(b.vmKey));
      const subscriptionId = rows[0]?.subscriptionId ?? '';
      await store().writeAll(asNew(rows));
      const { next } = await store().page({ subscription: subscriptionId }, 2);
      const last = await found(rows[1] as Evaluated);
      await store().write({ ...last, value: { ...last.value, goneAt: '2026-11-20T06:00:00.000Z' } });

      const rest = await store().page({ subscription: subscriptionId }, 5, next);

      expect(rest.rows.map(({ vmKey }) => vmKey)).toEqual(rows.slice(2).map(({ vmKey }) => vmKey));
    });
  });
}

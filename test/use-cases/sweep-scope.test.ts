import { describe, expect, test } from 'vitest';

import { type Fact, known, unknown } from '../../lib/domain/fact.ts';
import type { Containers, CoveredSubscription, Ports, Subscription } from '../../lib/use-cases/ports.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { seenScope } from '../../lib/use-cases/sweep-scope.ts';
import { newRun } from '../ports/new-run.ts';

const [a, b, c] = ['subscription-a', 'subscription-b', 'subscription-c'] as const;
const source = { where: 'test', readAt: '' };
const shown = (subscriptionId: string, state = 'Enabled'): Subscription => ({ subscriptionId, name: 'Shop', state });
const containers: Fact<Containers> = known(
  { tags: new Map(), states: new Map(), managementGroups: new Map([[a, ['mg-online', 'root']]]) },
  source,
);
const everything = { subscriptions: [] };
const now = '2026-11-20T06:00:00.000Z';

/** Runs before this one, newest first, with the subscriptions that they covered. */
function portsAfter(...earlier: readonly (readonly [Partial<Run>, readonly (string | CoveredSubscription)[]])[]) {
  const runs = earlier.map(([change, ids]) => ({ run: newRun({ state: 'complete', ...change }), ids }));
  const covered = (id: string | CoveredSubscription): CoveredSubscription =>
    typeof id === 'string' ? { ...shown(id), managementGroups: [] } : id;
  const subscriptionsOf: Ports['runs']['subscriptionsOf'] = async (runId) =>
    (runs.find(({ run }) => run.runId === runId)?.ids ?? []).map(covered);
  const newest: Ports['runs']['newest'] = async (limit, kind) =>
    runs
      .map(({ run }) => run)
      .filter((run) => kind === undefined || run.kind === kind)
      .slice(0, limit);
  return { runs: { newest, subscriptionsOf } as Ports['runs'], clock: () => new Date(now) };
}

const whatOf = ({ gaps }: { readonly gaps: readonly { readonly what: string; readonly cause: string }[] }) =>
  gaps.map(({ what, cause }) => `${what}: ${cause}`);

describe('a sweep of everything', () => {
  test('covers what is shown, with the management groups above it where Azure tells them', async () => {
    const scope = await seenScope(portsAfter(), everything, [shown(a), shown(b)], containers);

    expect(scope).toEqual({
      covered: [
        { ...shown(a), managementGroups: ['mg-online', 'root'] },
        { ...shown(b), managementGroups: [] },
      ],
      lost: [],
      expected: 2,
      gaps: [],
    });
  });

  test('covers it without management groups when those could not be read', async () => {
    const unread = unknown('no-permission', 'They could not be read.');

    const { covered } = await seenScope(portsAfter(), everything, [shown(a)], unread);

    expect(covered).toEqual([{ ...shown(a), managementGroups: [] }]);
  });

  test.each([
    ['89 days', '2026-08-24T06:00:00.000Z', 1],
    ['91 days', '2026-08-20T06:00:00.000Z', 0],
  ])('names one that has been missing for %s, and is lost since then', async (_, lostAt, named) => {
    const lost = { ...shown(b), managementGroups: [], lostAt };

    const scope = await seenScope(portsAfter([{}, [a, lost]]), everything, [shown(a)], containers);

    expect(scope.gaps).toHaveLength(named);
    expect(scope.lost).toEqual(named === 1 ? [lost] : []);
    expect(scope.expected).toBe(1 + named);
  });

  test('misses a subscription that the sweep before covered and that is no longer shown', async () => {
    const scope = await seenScope(portsAfter([{}, [a, b]]), everything, [shown(a)], containers);

    expect(whatOf(scope)).toEqual([`subscription ${b}: no-permission`]);
    expect([scope.expected, scope.covered.length]).toEqual([2, 1]);
  });

  test.each([
    ['a sweep that failed', { state: 'failed' as const }],
    ['a sweep of a part', { kind: 'part' as const }],
    ['a run about changes', { kind: 'changes' as const }],
  ])('is not compared with %s, but with the one before', async (_, change) => {
    const scope = await seenScope(portsAfter([change, [c]], [{}, [a, b]]), everything, [shown(a)], containers);

    expect(whatOf(scope)).toEqual([`subscription ${b}: no-permission`]);
  });

  test('is compared with one that was incomplete as well', async () => {
    const scope = await seenScope(portsAfter([{ state: 'incomplete' }, [a, b]]), everything, [shown(a)], containers);

    expect(whatOf(scope)).toEqual([`subscription ${b}: no-permission`]);
  });

  test('names subscriptions that are not enabled, which misses nothing of them', async () => {
    const readable = [shown(a, 'Disabled'), shown(b, 'enabled'), shown(c, '')];

    const scope = await seenScope(portsAfter(), everything, readable, containers);

    expect(whatOf(scope)).toEqual([`subscription ${a}: subscription-state`]);
    expect([scope.expected, scope.covered.length]).toEqual([3, 3]);
  });
});

describe('a sweep of a list of subscriptions', () => {
  test('covers those that are shown, and misses the others', async () => {
    const wanted = { subscriptions: [a, c] };

    const scope = await seenScope(portsAfter(), wanted, [shown(a), shown(b)], containers);

    expect(scope.covered.map(({ subscriptionId }) => subscriptionId)).toEqual([a]);
    expect(scope.expected).toBe(2);
    expect(whatOf(scope)).toEqual([`subscription ${c}: no-permission`]);
  });

  test('does not miss what the sweep before covered and nobody wants any more', async () => {
    const scope = await seenScope(portsAfter([{}, [a, b]]), { subscriptions: [a] }, [shown(a)], containers);

    expect([scope.gaps, scope.expected]).toEqual([[], 1]);
  });
});

describe('a sweep of a management group', () => {
  test('that shows no subscription is a gap of its own', async () => {
    const scope = await seenScope(portsAfter(), { ...everything, managementGroup: 'mg-online' }, [], containers);

    expect(whatOf(scope)).toEqual(['management group mg-online: no-permission']);
  });

  test('that shows one is none', async () => {
    const scope = await seenScope(
      portsAfter(),
      { ...everything, managementGroup: 'mg-online' },
      [shown(a)],
      containers,
    );

    expect([scope.gaps, scope.expected]).toEqual([[], 1]);
  });

  test('is not asked about where subscriptions are named', async () => {
    const wanted = { subscriptions: [b], managementGroup: 'mg-online' };

    const scope = await seenScope(portsAfter(), wanted, [], containers);

    expect(whatOf(scope)).toEqual([`subscription ${b}: no-permission`]);
  });
});

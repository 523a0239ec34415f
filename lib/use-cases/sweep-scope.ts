import type { Fact } from '../domain/fact.ts';
import { gap } from './gaps.ts';
import type { Containers, CoveredSubscription, Ports, Subscription } from './ports.ts';
import type { Gap } from './run.ts';

/** What a sweep is to cover. */
export interface WantedScope {
  /** Subscriptions by their ids; empty = all that can be read. */
  readonly subscriptions: readonly string[];
  readonly managementGroup?: string;
}

/** What of a wanted scope is there. */
export interface SeenScope {
  readonly covered: readonly CoveredSubscription[];
  /** Those that an earlier sweep covered, and that are no longer shown. */
  readonly lost: readonly CoveredSubscription[];
  /** How many subscriptions should be covered. */
  readonly expected: number;
  readonly gaps: readonly Gap[];
}

function missing(what: string, detail: string): Gap {
  return gap(what, { cause: 'no-permission', detail });
}

/** Subscriptions that are wanted but do not answer, and a management group without any. */
function missingGaps(wanted: WantedScope, seen: readonly Subscription[]): readonly Gap[] {
  const ids = new Set(seen.map(({ subscriptionId }) => subscriptionId));
  const { managementGroup, subscriptions } = wanted;
  return [
    ...subscriptions
      .filter((id) => !ids.has(id))
      .map((id) =>
        missing(
          `subscription ${id}`,
          'It is in scope, but Resource Graph shows no such subscription to this identity.',
        ),
      ),
    ...(managementGroup && subscriptions.length === 0 && seen.length === 0
      ? [missing(`management group ${managementGroup}`, 'Resource Graph shows no subscription in it to this identity.')]
      : []),
  ];
}

function stateGaps(seen: readonly Subscription[]): readonly Gap[] {
  return seen
    .filter(({ state }) => state !== '' && state.toLowerCase() !== 'enabled')
    .map(({ subscriptionId, state }) => ({
      what: `subscription ${subscriptionId}`,
      cause: 'subscription-state',
      detail: `Its state is ${state}; it is judged as far as it can be read.`,
    }));
}

/** Days for which a subscription that is no longer shown is named; Azure keeps a deleted one for 30 to 90 days. */
const daysNamed = 90;

/**
 * Subscriptions that an earlier sweep covered, and that are no longer shown: deleted, or no longer to be read. Nobody can tell
 * which from outside, so each is named for a long time.
 */
async function vanished(
  { runs, clock }: Pick<Ports, 'runs' | 'clock'>,
  wanted: WantedScope,
  seen: readonly Subscription[],
): Promise<readonly CoveredSubscription[]> {
  const before = (await runs.newest(20, 'full')).find(({ state }) => state !== 'failed');
  const covered = before ? await runs.subscriptionsOf(before.runId) : [];
  const ids = new Set([...wanted.subscriptions, ...seen.map(({ subscriptionId }) => subscriptionId)]);
  const now = clock();
  return covered
    .filter(({ subscriptionId }) => !ids.has(subscriptionId))
    .map((each) => ({ ...each, lostAt: each.lostAt ?? now.toISOString() }))
    .filter(({ lostAt }) => Date.parse(lostAt) > now.getTime() - daysNamed * 86_400_000);
}

/** Finds out what of a scope can be read, and names the rest; without `containers` management groups stay empty. */
export async function seenScope(
  ports: Pick<Ports, 'runs' | 'clock'>,
  wanted: WantedScope,
  readable: readonly Subscription[],
  containers?: Fact<Containers>,
): Promise<SeenScope> {
  const isWanted = ({ subscriptionId }: Subscription) =>
    wanted.subscriptions.length === 0 || wanted.subscriptions.includes(subscriptionId);
  const seen = readable.filter(isWanted);
  const gone = wanted.subscriptions.length > 0 ? [] : await vanished(ports, wanted, seen);
  const groups = containers?.kind === 'known' ? containers.value.managementGroups : undefined;
  return {
    covered: seen.map((each) => ({ ...each, managementGroups: groups?.get(each.subscriptionId) ?? [] })),
    lost: gone,
    expected: wanted.subscriptions.length > 0 ? wanted.subscriptions.length : seen.length + gone.length,
    gaps: [
      ...missingGaps(wanted, seen),
      ...gone.map(({ subscriptionId, lostAt = '' }) =>
        missing(
          `subscription ${subscriptionId}`,
          `An earlier sweep covered it; Resource Graph no longer shows it since ${lostAt.slice(0, 10)}.`,
        ),
      ),
      ...stateGaps(seen),
    ],
  };
}

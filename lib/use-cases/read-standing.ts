import { createHash } from 'node:crypto';

import type { Fact } from '../domain/fact.ts';
import { type ArmId, armId } from '../domain/ids.ts';
import type { Lock } from '../domain/lock.ts';
import type { Prints, Standing, StandingKind } from '../domain/standing.ts';
import { inBatches } from './in-batches.ts';
import type { Inventory, Ports } from './ports.ts';

function printOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 10);
}

function entriesOf(value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

/** Prints of things that are told by their ids. */
function printsOf<T>(fact: Fact<Iterable<readonly [ArmId, T]>>): Prints | undefined {
  return fact.kind === 'known'
    ? new Map([...fact.value].map(([id, value]) => [id, printOf(entriesOf(value))]))
    : undefined;
}

async function locksOf(arm: Ports['arm'], subscriptionIds: readonly string[]): Promise<Prints> {
  const prints = new Map<string, string>();
  await inBatches(subscriptionIds, async (subscriptionId) => {
    const locks: Fact<readonly Lock[]> = await arm.locksIn(subscriptionId);
    if (locks.kind === 'known') {
      const sorted = locks.value.toSorted((a, b) => a.id.localeCompare(b.id));
      prints.set(armId(`/subscriptions/${subscriptionId}`), printOf(sorted));
    }
  });
  return prints;
}

/**
 * How things stand now. A kind that cannot be read is left out, and is compared the next time. The locks of a subscription
 * that cannot be read seem gone, and come back later: its VMs are judged twice for nothing, but none is missed.
 */
export async function readStanding(
  inventory: Pick<Inventory, 'policies' | 'itemCounts'>,
  arm: Ports['arm'],
  subscriptionIds: readonly string[],
): Promise<Standing> {
  const policies = await inventory.policies();
  const counts = await inventory.itemCounts();
  const all: readonly (readonly [StandingKind, Prints | undefined])[] = [
    [
      'policies',
      printsOf(
        policies.kind === 'known'
          ? {
              ...policies,
              value: policies.value.map(
                // How many it protects is told by the vault's items.
                ({ itemsAssigned: _, ...policy }) => [armId(policy.id), policy] as const,
              ),
            }
          : policies,
      ),
    ],
    ['vault-items', printsOf(counts.kind === 'known' ? { ...counts, value: counts.value.vaults } : counts)],
    ['locks', await locksOf(arm, subscriptionIds)],
  ];
  return new Map(all.flatMap(([kind, prints]) => (prints ? [[kind, prints] as const] : [])));
}

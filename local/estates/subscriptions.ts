import type { Estate } from './estate.ts';
import { departments, secretiveDepartment } from './names.ts';
import { randomStream } from './random.ts';

/** A subscription of the generated tenant, and what its department runs. */
export type Subscription = {
  readonly subscriptionId: string;
  readonly displayName: string;
  readonly state: 'Enabled' | 'Disabled' | 'Warned' | 'PastDue';
  readonly managementGroupId: string;
  readonly applications: readonly string[];
  /** No VM, no vault, no network in it. */
  readonly isEmpty: boolean;
  readonly tags?: Readonly<Record<string, string>>;
};

/**
 * The subscriptions, the one of the secretive department last. Beyond the first five, one in twenty stays empty, and
 * two fifths of these are disabled (assumed).
 */
export function drawSubscriptions(seed: number, count: number): Subscription[] {
  return Array.from({ length: count }, (_, rank) => {
    const random = randomStream(seed, 'subscriptions', rank);
    const isLast = rank === count - 1;
    const round = Math.floor(rank / departments.length);
    const department =
      (isLast && count > 2 ? secretiveDepartment : departments[rank % departments.length]) ?? secretiveDepartment;
    const isEmpty = round > 0 && !isLast && random.chance(5);
    return {
      subscriptionId: random.guid(),
      displayName: round > 0 && !isLast ? `${department.displayName} ${round + 1}` : department.displayName,
      state: isEmpty && random.chance(40) ? 'Disabled' : 'Enabled',
      managementGroupId: department.managementGroupId,
      applications: department.applications,
      isEmpty,
    };
  });
}

/** The subscription as the estate file has it. */
export function estateSubscription(subscription: Subscription): Estate['subscriptions'][number] {
  const { subscriptionId, displayName, state, managementGroupId, tags } = subscription;
  return { subscriptionId, displayName, state, managementGroupId, ...(tags && { tags }) };
}

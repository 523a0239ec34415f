import type { Lock } from './lock.ts';
import { onceFor } from './memo.ts';
import { notReported, type Passage, passes, stopped } from './passage.ts';
import type { Vault } from './protection.ts';
import { isWord } from './word.ts';

/** What keeps a vault from being changed. */
export type Obstacle =
  | { readonly kind: 'not-provisioned'; readonly state: string }
  | { readonly kind: 'moving' }
  | { readonly kind: 'subscription'; readonly state: string }
  /** Read-only locks, by id: all of them must go. */
  | { readonly kind: 'locked'; readonly locks: readonly [Lock, ...Lock[]] };

/** States of a subscription in which it takes no changes (ruling 15). */
const closedSubscription = ['disabled', 'warned', 'pastdue', 'deleted'];

/** Levels of a lock that leave room for new items. */
const harmlessLocks = ['cannotdelete', 'notspecified'];

/** Whether a vault accepts changes: provisioned, not on the move, in an enabled subscription, without a read-only lock. */
export const writability = onceFor((vault: Vault): Passage<Obstacle> => {
  const obstacle = obstacleOf(vault);
  return obstacle ? stopped(obstacle) : doubtAbout(vault);
});

function obstacleOf({ provisioningState, moveState, subscriptionState, locks }: Vault): Obstacle | undefined {
  if (provisioningState !== '' && !isWord(provisioningState, 'Succeeded')) {
    return { kind: 'not-provisioned', state: provisioningState };
  }
  if (isWord(moveState, 'InProgress')) {
    return { kind: 'moving' };
  }
  if (subscriptionState && closedSubscription.includes(subscriptionState.toLowerCase())) {
    return { kind: 'subscription', state: subscriptionState };
  }
  const [first, ...others] = locks.kind === 'known' ? readOnly(locks.value) : [];
  return first && { kind: 'locked', locks: [first, ...others] };
}

function readOnly(locks: readonly Lock[]): readonly Lock[] {
  return locks
    .filter(({ level }) => isWord(level, 'ReadOnly'))
    .toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

/** Without an obstacle everything must be known. */
function doubtAbout({ name, provisioningState, subscriptionState, locks }: Vault): Passage<never> {
  if (provisioningState === '') {
    return notReported(`Vault ${name} has no provisioning state.`);
  }
  if (!isWord(subscriptionState, 'Enabled')) {
    return notReported(`The subscription of vault ${name} is reported as ${subscriptionState || 'nothing'}.`);
  }
  if (locks.kind === 'unknown') {
    return locks;
  }
  const odd = locks.value.find(({ level }) => !harmlessLocks.includes(level.toLowerCase()));
  return odd ? notReported(`The level of lock ${odd.name} is reported as ${odd.level || 'nothing'}.`) : passes;
}

import { isVisible, type Visible } from '../domain/caller.ts';
import type { Ports, PostureScope } from './ports.ts';

/** Whose posture is asked for. */
export interface AskedScope {
  readonly subscription?: string | undefined;
  readonly region?: string | undefined;
  /** Name of a management group, in any case. */
  readonly managementGroup?: string | undefined;
  /** The subscriptions that whoever asks may see; absent: all. */
  readonly visible?: Visible;
}

/** A scope of which nobody knows what belongs to it. */
export class UnknownScope extends Error {
  override readonly name = 'UnknownScope';
}

/** A scope of which whoever asks may see nothing. */
export class OutOfSight extends Error {
  override readonly name = 'OutOfSight';
}

/** Full runs of which the newest that tells its subscriptions is looked for: the very newest may still be planning. */
const runsLookedAt = 5;

/** The subscriptions below a management group, as the newest sweep that tells has seen them. */
async function subscriptionsBelow({ runs }: Pick<Ports, 'runs'>, managementGroup: string): Promise<readonly string[]> {
  for (const { runId } of await runs.newest(runsLookedAt, 'full')) {
    const covered = await runs.subscriptionsOf(runId);
    const below = covered.filter(({ managementGroups }) => managementGroups.includes(managementGroup.toLowerCase()));
    if (below.length > 0) {
      return below.map(({ subscriptionId }) => subscriptionId);
    }
    if (covered.length > 0) {
      throw new UnknownScope('the newest sweep has seen no subscription below this management group');
    }
  }
  throw new UnknownScope('no sweep has told yet which subscriptions stand below this management group');
}

/** The subscriptions that are asked for; `undefined`: all. */
async function subscriptionsOf(
  ports: Pick<Ports, 'runs'>,
  { subscription, managementGroup }: AskedScope,
): Promise<readonly string[] | undefined> {
  if (managementGroup !== undefined) {
    return subscriptionsBelow(ports, managementGroup);
  }
  return subscription === undefined ? undefined : [subscription];
}

/** The cells that belong to a scope, and that may be seen. Throws `UnknownScope` and `OutOfSight`. */
export async function scopeOf(ports: Pick<Ports, 'runs'>, asked: AskedScope): Promise<PostureScope> {
  const { region, visible } = asked;
  const subscriptions = await subscriptionsOf(ports, asked);
  if (visible === undefined) {
    return { subscriptions, region };
  }
  const seen = (subscriptions ?? visible).filter((id) => isVisible(visible, id));
  if (seen.length === 0) {
    throw new OutOfSight('You may see nothing of this scope.');
  }
  return { subscriptions: seen, region };
}

/** A scope in the words of its reader. */
export function nameOfScope({ subscription, region, managementGroup, visible }: AskedScope): string {
  const group = managementGroup && `management group ${managementGroup}`;
  const name = [group, subscription, region].filter(Boolean).join(' / ') || 'everything in scope';
  return visible && subscription === undefined ? `${name}, as far as you may see it` : name;
}

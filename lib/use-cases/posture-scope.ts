import type { Ports, PostureScope } from './ports.ts';

/** Whose posture is asked for. */
export interface AskedScope {
  readonly subscription?: string | undefined;
  readonly region?: string | undefined;
  /** Name of a management group, in any case. */
  readonly managementGroup?: string | undefined;
}

/** A scope of which nobody knows what belongs to it. */
export class UnknownScope extends Error {
  override readonly name = 'UnknownScope';
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

/** The cells that belong to a scope. Throws `UnknownScope`. */
export async function scopeOf(
  ports: Pick<Ports, 'runs'>,
  { subscription, region, managementGroup }: AskedScope,
): Promise<PostureScope> {
  if (managementGroup !== undefined) {
    return { subscriptions: await subscriptionsBelow(ports, managementGroup), region };
  }
  return { subscriptions: subscription === undefined ? undefined : [subscription], region };
}

/** A scope in the words of its reader. */
export function nameOfScope({ subscription, region, managementGroup }: AskedScope): string {
  const group = managementGroup && `management group ${managementGroup}`;
  return [group, subscription, region].filter(Boolean).join(' / ') || 'everything in scope';
}

import type { VaultSituation } from './landscape.ts';
import type { Region } from './names.ts';
import type { NetworkDesign } from './network-design.ts';
import type { PolicyKind } from './policies.ts';
import { randomStream } from './random.ts';
import type { Site } from './site.ts';
import type { Subscription } from './subscriptions.ts';

/** A place in which something is out of the ordinary. It gets a subscription of its own. */
export type SpecialPlace = {
  /** Name of the subscription: what is special, in words. */
  readonly displayName: string;
  readonly region: Region;
  /** `own` unless told. */
  readonly vault?: VaultSituation;
  /** The policies that its vault has from the beginning; the usual four unless told. */
  readonly policies?: readonly PolicyKind[];
  readonly network?: NetworkDesign;
  /** State of the subscription; `Enabled` unless told. */
  readonly state?: Subscription['state'];
  /** Tags of the subscription. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Changes what stands there, adds to it, and notes what Backstop may not do there. */
  readonly furnish?: (site: Site) => void;
};

/** The subscription of a special place. */
export function specialSubscription(seed: number, special: SpecialPlace): Subscription {
  const { displayName, state = 'Enabled', tags } = special;
  return {
    subscriptionId: randomStream(seed, `special ${displayName}`).guid(),
    displayName,
    state,
    managementGroupId: 'mg-special',
    applications: ['case'],
    isEmpty: false,
    ...(tags && { tags }),
  };
}

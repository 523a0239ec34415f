import type { ArmBudget } from '../use-cases/ports.ts';

/**
 * What evaluations of single VMs of a subscription may take, at once and in a second. Each takes about ten reads (VM, disks,
 * interface, extensions, vaults), of which ARM grants 250 and 25 a second to a principal. A fifth is left to others.
 */
const burst = 20;
const perSecond = 2;

interface Bucket {
  readonly left: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A bucket of tokens per subscription, in this process. */
export function createArmBudget(now: () => Date): ArmBudget {
  const buckets = new Map<string, Bucket>();

  function leftIn(subscriptionId: string, at: number): number {
    const bucket = buckets.get(subscriptionId) ?? { left: burst, at };
    return Math.min(burst, bucket.left + (Math.max(0, at - bucket.at) / 1000) * perSecond);
  }

  return {
    take(subscriptionId) {
      const at = now().getTime();
      const left = leftIn(subscriptionId, at);
      const hasRoom = left >= 1;
      buckets.set(subscriptionId, { left: hasRoom ? left - 1 : left, at });
      return hasRoom;
    },
    refused(subscriptionId) {
      buckets.set(subscriptionId, { left: 0, at: now().getTime() });
    },
  };
}

import type { Plan } from './plan.ts';

/** How an attempt ended. `enabled`: Azure took it and the item stands; that it works, the first recovery point shows. */
export type AttemptEnd =
  | 'enabled'
  /** Somebody or something said no before anything was written. */
  | 'refused'
  /** Azure refused or failed. */
  | 'failed'
  /** Nobody can tell whether Azure got the request; nothing of it is to be seen. */
  | 'abandoned';

/**
 * Where an attempt stands. `requested` is stored before the one request that changes protection is sent: whoever finds it, does
 * not send another one.
 */
export type AttemptState = 'claimed' | 'requested' | 'following' | AttemptEnd;

/** What was said at the end. `againAt` (ISO 8601): the same may succeed from then on. */
export interface Outcome {
  readonly code: string;
  readonly message: string;
  readonly againAt?: string;
}

/** One attempt to carry out a plan. Instants are ISO 8601 UTC. */
export interface Attempt {
  readonly vmKey: string;
  readonly number: number;
  readonly vmId: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly instanceId: string;
  readonly plan: Plan & { readonly planId: string };
  readonly runId?: string;
  readonly state: AttemptState;
  readonly claimedAt: string;
  readonly changedAt: string;
  /** The `x-ms-client-request-id` under which Azure knows the request. */
  readonly clientRequestId?: string;
  readonly requestedAt?: string;
  /** Where Azure tells how the operation stands; as it was given. */
  readonly operationUrl?: string;
  /** What Azure, or a check before it, said at the end. */
  readonly outcome?: Outcome;
  /** Whether it is in the counts of its run, hour and vault. */
  readonly isCounted?: boolean;
}

const ends: readonly AttemptState[] = ['enabled', 'refused', 'failed', 'abandoned'];

/** Whether nothing more is done about an attempt. */
export function isEnded({ state }: Pick<Attempt, 'state'>): boolean {
  return ends.includes(state);
}

/** Hours for which a plan that was refused or failed is not tried again. */
const pauseHours = 20;

/** Whether a plan may be tried: not while an attempt is under way, and not soon after the same one came to nothing. */
export function mayTry(planId: string, last: Attempt | undefined, now: Date): boolean {
  if (!last) {
    return true;
  }
  if (isEnded(last) && last.outcome?.againAt) {
    return now.getTime() >= Date.parse(last.outcome.againAt);
  }
  const isRecent = now.getTime() - Date.parse(last.changedAt) < pauseHours * 3_600_000;
  return isEnded(last) && !(isRecent && last.plan.planId === planId);
}

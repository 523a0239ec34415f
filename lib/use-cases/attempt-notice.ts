import type { Attempt, AttemptState } from '../domain/attempt.ts';
import { forgottenAfter, type Notice, type NotificationKind } from '../domain/notification.ts';
import { shortened } from './vm-notice.ts';

const kindOf: Readonly<Partial<Record<AttemptState, NotificationKind>>> = {
  enabled: 'Protection.Done',
  failed: 'Protection.Failed',
  abandoned: 'Protection.Failed',
  refused: 'Protection.Refused',
};

/** What the end of an attempt to protect a VM is announced as; `undefined` while it is under way. */
export function noticeOfAttempt({
  vmKey,
  number,
  vmId,
  name,
  subscriptionId,
  ...attempt
}: Attempt): Notice | undefined {
  const { state, plan, changedAt, outcome, clientRequestId } = attempt;
  const kind = kindOf[state];
  if (!kind) {
    return undefined;
  }
  return {
    id: `protection-${vmKey}-${number}-${state}`,
    kind,
    at: changedAt,
    subject: vmId,
    data: {
      vmId,
      vmKey,
      name: shortened(name, 200),
      subscriptionId,
      attempt: number,
      state,
      action: plan.action,
      planId: plan.planId,
      vaultId: plan.vault.id,
      policyId: plan.policy.id,
      ...(outcome ? { code: outcome.code, message: shortened(outcome.message) } : {}),
      ...(clientRequestId ? { clientRequestId } : {}),
    },
    about: { what: 'attempt', vmKey, number, state },
    forgetAt: forgottenAfter(changedAt),
  };
}

import { hash } from 'node:crypto';

import { forgottenAfter, type Notice } from '../domain/notification.ts';
import type { RegisteredExemption } from '../domain/registered-exemption.ts';

const dayMs = 86_400_000;
/** For so many days an exemption that has expired is announced, should nobody have had the time before. */
const lateDays = 3;

/**
 * What an entry of the register is announced as: that it ends within some days, or that it has ended. Once for each entry and
 * end: one that is prolonged is announced again. An entry that somebody ended is no news.
 */
export function noticeOfExemption(
  { exemptionId, scope, owner, category, ticket, until, endedAt, changedAt }: RegisteredExemption,
  settings: { readonly noticeDays: number; readonly withOwner: boolean },
  now: Date,
): Notice | undefined {
  const end = Date.parse(until);
  const left = end - now.getTime();
  if (endedAt || left > settings.noticeDays * dayMs || left <= -lateDays * dayMs) {
    return undefined;
  }
  const isOver = left <= 0;
  const at = isOver ? end : Math.max(end - settings.noticeDays * dayMs, Date.parse(changedAt));
  const name = hash('sha256', `${exemptionId}|${end}`, 'hex').slice(0, 24);
  return {
    id: `exemption-${name}-${isOver ? 'expired' : 'expiring'}`,
    kind: isOver ? 'Exemption.Expired' : 'Exemption.Expiring',
    at: new Date(at).toISOString(),
    subject: scope,
    // The reason and who wrote it may name people.
    data: {
      exemptionId,
      scope,
      category,
      until,
      ...(ticket ? { ticket } : {}),
      ...(settings.withOwner ? { owner } : {}),
    },
    about: { what: 'itself' },
    forgetAt: forgottenAfter(until),
  };
}

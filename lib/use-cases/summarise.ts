import { randomUUID } from 'node:crypto';

import { forgottenAfter, isCapped, type Notice, type NotificationTarget } from '../domain/notification.ts';
import type { Turn } from './delivery-turn.ts';
import type { NotifierPorts, SummaryDraft, Waiting } from './notification-ports.ts';

/** Counted in one step. */
const together = 49;
/** Read at a time. */
const page = 980;

function counted({ kinds, since, until, ...rest }: SummaryDraft, added: readonly Waiting[]): SummaryDraft {
  const sums = { ...kinds };
  for (const { notice } of added) {
    sums[notice.kind] = (sums[notice.kind] ?? 0) + 1;
  }
  const times = added.map(({ notice }) => notice.at).toSorted();
  const [first = since, last = until] = [times[0], times.at(-1)];
  return { ...rest, kinds: sums, since: first < since ? first : since, until: last > until ? last : until };
}

/** The notification that stands for all those of a draft. */
function summaryOf({ id, openedAt, kinds, since, until }: SummaryDraft): Notice {
  const count = Object.values(kinds).reduce((sum, each) => sum + each, 0);
  const named = Object.fromEntries(Object.entries(kinds).map(([kind, each]) => [`Backstop.${kind}`, each]));
  return {
    id: `summary-${id}`,
    kind: 'Summary',
    at: openedAt,
    subject: 'changes',
    data: { count, kinds: named, since, until, read: `reports/changes.json?since=${encodeURIComponent(since)}` },
    about: { what: 'itself' },
    forgetAt: forgottenAfter(openedAt),
  };
}

type SummaryPorts = Pick<NotifierPorts, 'outbox' | 'clock'>;

/** Counts some in the draft, each once: killed at any moment, a notification either waits or is counted. */
async function count({ outbox, clock }: SummaryPorts, { target }: Turn, waiting: readonly Waiting[]): Promise<void> {
  const known = await outbox.settled(
    target,
    waiting.map(({ notice }) => notice.id),
  );
  await outbox.settle(
    target,
    waiting.filter(({ notice }) => known.has(notice.id)),
    'dropped',
  );
  const added = waiting.filter(({ notice }) => !known.has(notice.id));
  const now = clock().toISOString();
  const fresh: SummaryDraft = { id: randomUUID(), openedAt: now, kinds: {}, since: now, until: '' };
  const draft = (await outbox.draft(target)) ?? { value: fresh };
  if (added.length > 0 && !(await outbox.addToDraft(target, { ...draft, value: counted(draft.value, added) }, added))) {
    throw new Error('A summary was counted by somebody else at once; the message comes again.');
  }
}

/** Puts one summary in the place of everything that waits and is capped. */
export async function summarise(ports: SummaryPorts, turn: Turn): Promise<void> {
  const { outbox, clock } = ports;
  for (;;) {
    const waiting = (await outbox.waiting(turn.target, page)).filter(({ notice }) => isCapped(notice.kind));
    for (let from = 0; from < waiting.length; from += together) {
      await count(ports, turn, waiting.slice(from, from + together));
    }
    if (waiting.length === 0) {
      break;
    }
    await turn.keep({});
  }
  await closeDraft({ outbox, clock }, turn.target);
}

/** What was counted goes out as it is; what comes later is counted anew. */
export async function closeDraft({ outbox, clock }: SummaryPorts, target: NotificationTarget): Promise<void> {
  const draft = await outbox.draft(target);
  if (draft) {
    await outbox.closeDraft(target, { notice: summaryOf(draft.value), notedAt: clock().toISOString() });
  }
}

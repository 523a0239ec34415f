import type { Notice, NotificationTarget } from '../domain/notification.ts';
import { noticeOfAttempt } from './attempt-notice.ts';
import type { Announce, NotificationSettings, NotifyQueue, Outbox } from './notification-ports.ts';
import type { Clock, Runs, Transitions } from './ports.ts';
import type { Protections } from './protector-ports.ts';
import { noticeOfRun } from './run-notice.ts';
import { noticeOfChange } from './vm-notice.ts';

/** The targets that are set. */
export function targetsOf({ topic, webhook }: NotificationSettings): readonly NotificationTarget[] {
  return [...(topic ? (['topic'] as const) : []), ...(webhook ? (['webhook'] as const) : [])];
}

/** The notices of the kinds that are announced. */
function wanted(notices: readonly Notice[], { kinds }: Pick<NotificationSettings, 'kinds'>): readonly Notice[] {
  return notices.filter(({ kind }) => kind === 'Summary' || kinds.includes(kind));
}

/** Notes notifications for every target that is set, then wakes the notifier. */
export function createAnnounce(
  outbox: Pick<Outbox, 'note'>,
  queue: Pick<NotifyQueue, 'wakeNotifier'>,
  settings: NotificationSettings,
  clock: Clock,
): Announce {
  return async (notices) => {
    const notedAt = clock().toISOString();
    const waiting = wanted(notices, settings).map((notice) => ({ notice, notedAt }));
    if (waiting.length === 0) {
      return;
    }
    for (const target of targetsOf(settings)) {
      await outbox.note(target, waiting);
      await queue.wakeNotifier(target);
    }
  };
}

/**
 * Changes of VMs are noted before they are stored: whoever is killed in between does it again, and what was never stored is
 * not sent (`stillStands`).
 */
export function announcedTransitions(
  transitions: Transitions,
  announce: Announce,
  { withOwner }: Pick<NotificationSettings, 'withOwner'>,
): Transitions {
  return {
    ...transitions,
    async add(added) {
      await announce(added.flatMap((each) => noticeOfChange(each, withOwner) ?? []));
      await transitions.add(added);
    },
  };
}

/** Runs that are looked back on for the full sweep before. */
const lookedBackOn = 5;

/** Ends of full sweeps, likewise. */
export function announcedRuns(runs: Runs, announce: Announce): Runs {
  return {
    ...runs,
    async close(run) {
      if (run.kind === 'full') {
        const newest = await runs.newest(lookedBackOn, 'full');
        const before = newest.find(({ runId, finishedAt }) => finishedAt && runId < run.runId);
        const notice = noticeOfRun(run, before);
        await announce(notice ? [notice] : []);
      }
      await runs.close(run);
    },
  };
}

/** Ends of attempts to protect VMs, likewise. */
export function announcedProtections(protections: Protections, announce: Announce): Protections {
  return {
    ...protections,
    async save(stored) {
      const notice = noticeOfAttempt(stored.value);
      await announce(notice ? [notice] : []);
      return protections.save(stored);
    },
  };
}

import { dayOf } from '../domain/day.ts';
import type { Notice, NotificationTarget } from '../domain/notification.ts';
import { freshState } from './delivery-turn.ts';
import { dueSince } from './digest-schedule.ts';
import { noticeOfExemption } from './exemption-notice.ts';
import { makeDigest } from './make-digest.ts';
import type { NotificationSettings, NotifierPorts } from './notification-ports.ts';

/** What the time brings is told by settings and by the days in which exemptions count as expiring. */
export type DueSettings = Pick<NotificationSettings, 'kinds' | 'withOwner' | 'digestSchedule'> & {
  readonly noticeDays: number;
};

/** Since when a target is known; a new one starts from now. */
async function knownSince({ outbox, clock }: NotifierPorts, target: NotificationTarget): Promise<string> {
  const state = await outbox.state(target);
  if (state) {
    return state.value.since;
  }
  const value = freshState(clock());
  await outbox.saveState(target, { value });
  return value.since;
}

async function dueExemptions({ exemptions, clock }: NotifierPorts, settings: DueSettings): Promise<readonly Notice[]> {
  const now = clock();
  const notices = (await exemptions.all()).flatMap((each) => noticeOfExemption(each, settings, now) ?? []);
  return notices.filter(({ kind }) => kind === 'Summary' || settings.kinds.includes(kind));
}

/** The digest, once its time of the day has come and a target does not have it yet. */
async function dueDigest(
  ports: NotifierPorts,
  settings: DueSettings,
): Promise<{ readonly dueAt: string; make(): Promise<Notice>; readonly id: string } | undefined> {
  const now = ports.clock();
  const dueAt = settings.kinds.includes('Digest') ? dueSince(settings.digestSchedule, now) : undefined;
  let made: Promise<Notice> | undefined;
  return (
    dueAt && {
      dueAt: dueAt.toISOString(),
      id: `digest-${dayOf(now)}`,
      make() {
        made ??= makeDigest(ports, settings);
        return made;
      },
    }
  );
}

/**
 * Notes what the time brings: exemptions that expire or have expired, and the digest of the day; each once, however often the
 * timer comes. Wakes the notifier of every target, for messages that were lost. Without a target it does nothing.
 */
export async function notifyDue(ports: NotifierPorts, settings: DueSettings): Promise<void> {
  if (ports.targets.size === 0) {
    return;
  }
  const { outbox, queues, clock } = ports;
  const notedAt = clock().toISOString();
  const exemptions = await dueExemptions(ports, settings);
  const digest = await dueDigest(ports, settings);
  for (const target of ports.targets.keys()) {
    const since = await knownSince(ports, target);
    const ids = [...exemptions.map(({ id }) => id), ...(digest ? [digest.id] : [])];
    const settled = await outbox.settled(target, ids);
    const news = exemptions.filter(({ id, at }) => at >= since && !settled.has(id));
    if (digest && digest.dueAt >= since && !settled.has(digest.id)) {
      news.push(await digest.make());
      await outbox.forget(target, notedAt);
    }
    await outbox.note(
      target,
      news.map((notice) => ({ notice, notedAt })),
      'once',
    );
    await queues.wakeNotifier(target);
  }
}

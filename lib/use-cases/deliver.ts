import { batchesOf, cloudEventOf, mostEvents } from '../domain/cloud-event.ts';
import { isCapped } from '../domain/notification.ts';
import { fewerAfter, pauseAfter } from '../domain/retry.ts';
import { type Turn, takeTurn } from './delivery-turn.ts';
import type {
  NotificationSettings,
  NotifierPorts,
  NotifyMessage,
  Send,
  SendAnswer,
  TargetState,
  Waiting,
} from './notification-ports.ts';
import { stillStands } from './still-stands.ts';
import { closeDraft, summarise } from './summarise.ts';

/** Single notifications about VMs, exemptions and attempts that one target gets within the minutes of a window. */
export const cap = 100;
const windowMinutes = 5;
/** What waits is read so many at a time. */
const page = 1000;
/** Seconds after which it is looked again whether what was noted is stored. */
const notYetSeconds = 15;
/** Looks at storage at a time. */
const looksAtOnce = 16;

type DeliverySettings = Pick<NotificationSettings, 'source'>;

const idOf = ({ notice }: Waiting) => notice.id;

interface Delivery {
  readonly ports: NotifierPorts;
  readonly settings: DeliverySettings;
  readonly turn: Turn;
  readonly send: Send;
}

/** After how many seconds a message is to go on; `undefined`: nothing waits. */
type GoOn = number | undefined;

/** Gives a batch up: its ids go to the poison queue, from where they can be brought back. */
async function giveUp({ ports, turn }: Delivery, batch: readonly Waiting[], why: string): Promise<void> {
  const { target } = turn;
  const ids = batch.map(idOf);
  await ports.queues.putAside('notify', JSON.stringify({ target, again: ids }));
  await ports.outbox.settle(target, batch, 'given-up');
  ports.log('error', 'Notifications are given up: their target did not take them.', {
    target,
    count: ids.length,
    firstId: ids[0],
    why,
  });
}

/** Notes a failed attempt. Answers the seconds until the next one. */
async function failed(
  delivery: Delivery,
  batch: readonly Waiting[],
  { why, retryAfterSeconds }: Extract<SendAnswer, { kind: 'failed' }>,
): Promise<number> {
  const { ports, turn } = delivery;
  const failures = turn.state().failures + 1;
  const pause = pauseAfter(failures, retryAfterSeconds);
  if (pause === undefined) {
    await giveUp(delivery, batch, why);
  } else {
    ports.log('warn', 'A target did not take notifications; they wait.', {
      target: turn.target,
      count: batch.length,
      failures,
      seconds: pause,
      why,
    });
  }
  const seconds = pause ?? pauseAfter(1) ?? 0;
  const retryAt = new Date(ports.clock().getTime() + seconds * 1000).toISOString();
  await turn.keep({ failures: pause === undefined ? 0 : failures, retryAt });
  return seconds;
}

/** The same in a circle: one that fails again and again is not the first each time. */
function beginningAt<T>(all: readonly T[], place: number): readonly T[] {
  const first = all.length === 0 ? 0 : place % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** Sends batches one after the other, each remembered before the next one. Answers the seconds to wait after a failure. */
async function sendAll(delivery: Delivery, waiting: readonly Waiting[]): Promise<GoOn> {
  const { ports, settings, turn, send } = delivery;
  const { failures } = turn.state();
  const ordered = beginningAt(waiting, Math.max(0, failures - 1));
  const all = ordered.map((each) => ({ waiting: each, event: cloudEventOf(each.notice, settings.source) }));
  const most = fewerAfter(failures, Math.min(mostEvents, all.length));
  for (const batch of batchesOf(all, most)) {
    // Whoever lost the turn meanwhile sends nothing more.
    await turn.keep({});
    const answer = await send(batch.map(({ event }) => event));
    const sent = batch.map((each) => each.waiting);
    if (answer.kind === 'failed') {
      return failed(delivery, sent, answer);
    }
    await ports.outbox.settle(turn.target, sent, 'sent');
    const count = sent.filter(({ notice }) => isCapped(notice.kind)).length;
    await turn.keep({ failures: 0, windowSent: turn.state().windowSent + count });
    ports.log('info', 'Notifications were sent.', { target: turn.target, count: sent.length });
  }
  return undefined;
}

/** Those that are to be sent. What was sent before, or never came to be, no longer waits. */
async function chosen(
  { ports, turn }: Delivery,
  waiting: readonly Waiting[],
): Promise<{ readonly toSend: readonly Waiting[]; readonly dropped: number }> {
  const known = await ports.outbox.settled(turn.target, waiting.map(idOf));
  const found: Awaited<ReturnType<typeof stillStands>>[] = [];
  const open = waiting.filter((each) => !known.has(idOf(each)));
  for (let from = 0; from < open.length; from += looksAtOnce) {
    const some = open.slice(from, from + looksAtOnce);
    found.push(...(await Promise.all(some.map((each) => stillStands(ports, each)))));
  }
  const overtaken = found.filter(({ standing }) => standing === 'overtaken').map((each) => each.waiting);
  const dropped = [...waiting.filter((each) => known.has(idOf(each))), ...overtaken];
  await ports.outbox.settle(turn.target, dropped, 'dropped');
  const standing = found.filter((each) => each.standing === 'stands').map((each) => each.waiting);
  const toSend = standing.toSorted((a, b) => Date.parse(a.notice.at) - Date.parse(b.notice.at));
  return { toSend, dropped: dropped.length };
}

/** Begins a new window when the last one is over; a storm of the last one is summarised. Answers whether it was. */
async function renewWindow({ ports, turn }: Delivery, capped: readonly Waiting[]): Promise<boolean> {
  const { windowAt, isHolding } = turn.state();
  const now = ports.clock();
  if (now.getTime() - Date.parse(windowAt) < windowMinutes * 60_000) {
    return false;
  }
  const isStorm = isHolding && capped.length > cap;
  if (isStorm) {
    await summarise(ports, turn);
  }
  await turn.keep({ windowAt: now.toISOString(), windowSent: 0, isHolding: false });
  return isStorm;
}

/** What is beyond the cap is held until the window ends. Answers the seconds until then. */
async function hold({ ports, turn }: Delivery): Promise<number> {
  await turn.keep({ isHolding: true });
  const endsAt = Date.parse(turn.state().windowAt) + windowMinutes * 60_000;
  return Math.max(1, Math.ceil((endsAt - ports.clock().getTime()) / 1000));
}

/** One look at what waits. Answers when to go on, or `again` where there may be more. */
async function round(delivery: Delivery): Promise<GoOn | 'again'> {
  const { ports, turn } = delivery;
  const waiting = await ports.outbox.waiting(turn.target, page);
  const capped = waiting.filter(({ notice }) => isCapped(notice.kind));
  if (await renewWindow(delivery, capped)) {
    return 'again';
  }
  const room = Math.max(0, cap - turn.state().windowSent);
  const oldestFirst = capped.toSorted((a, b) => Date.parse(a.notedAt) - Date.parse(b.notedAt));
  const free = waiting.filter(({ notice }) => !isCapped(notice.kind));
  const { toSend, dropped } = await chosen(delivery, [...free, ...oldestFirst.slice(0, room)]);
  const seconds = await sendAll(delivery, toSend);
  if (seconds !== undefined) {
    return seconds;
  }
  if (toSend.length + dropped > 0) {
    return 'again';
  }
  if (waiting.length === 0) {
    return undefined;
  }
  return capped.length > 0 && room === 0 ? hold(delivery) : notYetSeconds;
}

/** Seconds for which a target that failed is not to be asked. */
function restSeconds({ retryAt }: Pick<TargetState, 'retryAt'>, now: Date): number {
  return retryAt === undefined ? 0 : Math.ceil((Date.parse(retryAt) - now.getTime()) / 1000);
}

/** A message that is so late was lost. */
const lostMs = 600_000;

/** Ends the turn. Has a message go on, unless one is on its way that comes before then. */
async function endTurn({ ports, turn }: Delivery, seconds: GoOn): Promise<void> {
  if (seconds === undefined) {
    return turn.end({});
  }
  const now = ports.clock().getTime();
  const at = now + seconds * 1000;
  const comesAt = Date.parse(turn.state().wakeAt ?? '');
  if (comesAt > now - lostMs && comesAt <= at) {
    return turn.end({});
  }
  const wakeAt = new Date(at).toISOString();
  await ports.queues.notify({ target: turn.target, wakeAt }, seconds);
  return turn.end({ wakeAt });
}

/** Everything that can be sent now. Answers when to go on. */
async function deliverAll(delivery: Delivery, { wakeAt }: NotifyMessage): Promise<GoOn> {
  const { ports, turn } = delivery;
  const { wakeAt: expected, ...state } = turn.state();
  if (expected !== undefined && expected === wakeAt) {
    await turn.keep({ wakeAt: '' });
  }
  const rest = restSeconds(state, ports.clock());
  if (rest > 0) {
    return rest;
  }
  await closeDraft(ports, turn.target);
  let next: GoOn | 'again' = 'again';
  while (next === 'again') {
    next = await round(delivery);
  }
  return next;
}

/**
 * Sends to a target what waits for it. Each notification is sent under its id, remembered right after, and never again: only
 * somebody who is killed in between sends it a second time. What a target does not take waits for it alone.
 */
export async function deliver(ports: NotifierPorts, settings: DeliverySettings, message: NotifyMessage): Promise<void> {
  const { target } = message;
  const send = ports.targets.get(target);
  if (!send) {
    ports.log('warn', 'A notification is for a target that is not set; it stays where it is.', { target });
    return;
  }
  const turn = await takeTurn(ports, target);
  if ('busySeconds' in turn) {
    await ports.queues.notify(message, turn.busySeconds);
    return;
  }
  const delivery = { ports, settings, turn, send };
  try {
    await endTurn(delivery, await deliverAll(delivery, message));
  } catch (error) {
    // The message comes again: it is not to find the turn taken.
    await turn.end({}).catch(() => undefined);
    throw error;
  }
}

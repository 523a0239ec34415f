import type { CloudEvent } from '../domain/cloud-event.ts';
import type { Notice, NotificationKind, NotificationTarget } from '../domain/notification.ts';
import type { Ports, Stored } from './ports.ts';
import type { Protections } from './protector-ports.ts';

/** What is announced, and where. */
export interface NotificationSettings {
  /** Address of the custom Event Grid topic. */
  readonly topic?: string;
  /** Address of the webhook, and the secrets that its requests are signed with; none in the protector, which sends nothing. */
  readonly webhook?: { readonly url: string; readonly secrets: readonly string[] };
  readonly kinds: readonly NotificationKind[];
  /** Whether the owner tag is told. */
  readonly withOwner: boolean;
  /** `source` of the CloudEvents. */
  readonly source: string;
  /** When the digest is due: six fields, in UTC. */
  readonly digestSchedule: string;
}

/** A notification that waits to be sent. */
export interface Waiting {
  readonly notice: Notice;
  /** When it was noted last (ISO 8601). */
  readonly notedAt: string;
}

/** What became of a notification that no longer waits. What is `dropped` may be noted again, the rest is remembered. */
export type Settlement = 'sent' | 'given-up' | 'dropped';

/** Notifications that were too many to be sent one by one, counted so far. */
export interface SummaryDraft {
  readonly id: string;
  /** When it was begun (ISO 8601). */
  readonly openedAt: string;
  readonly kinds: Readonly<Partial<Record<Notice['kind'], number>>>;
  /** The times of the first and the last change (ISO 8601). */
  readonly since: string;
  readonly until: string;
}

/** How things stand with a target. Instants are ISO 8601 UTC. */
export interface TargetState {
  /** Since when the target is known: what became so before is history, and not sent. */
  readonly since: string;
  /** Who is sending, and until when nobody else does. */
  readonly holder?: string;
  readonly heldUntil?: string;
  /** Attempts in a row that failed, and when the next one is due. */
  readonly failures: number;
  readonly retryAt?: string;
  /** Since when notifications are counted against the cap, and how many were sent since. */
  readonly windowAt: string;
  readonly windowSent: number;
  /** More came than the cap allows: what waits is held until the window ends. */
  readonly isHolding: boolean;
  /** Which message is on its way that goes on: when it comes. */
  readonly wakeAt?: string;
}

/** Notifications that wait to be sent and those that were, per target. */
export interface Outbox {
  /** Stores what is to be sent; the same again replaces itself. `once`: what waits stays as it is. */
  note(target: NotificationTarget, notices: readonly Waiting[], once?: 'once'): Promise<void>;
  /** Some that wait, in no particular order. */
  waiting(target: NotificationTarget, limit: number): Promise<readonly Waiting[]>;
  /** Those of some ids that were sent, summarised or given up before. */
  settled(target: NotificationTarget, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** They no longer wait, in one step for each fifty. */
  settle(target: NotificationTarget, waiting: readonly Waiting[], how: Settlement): Promise<void>;
  /** Those that were given up wait again. Answers how many. */
  bringBack(target: NotificationTarget, ids: readonly string[], now: string): Promise<number>;
  /** The summary that is being counted. */
  draft(target: NotificationTarget): Promise<Stored<SummaryDraft> | undefined>;
  /** Counts up to 49 in a draft, which they no longer wait beside: in one step. False if somebody else changed the draft. */
  addToDraft(target: NotificationTarget, draft: Stored<SummaryDraft>, counted: readonly Waiting[]): Promise<boolean>;
  /** A draft becomes a notification that waits: in one step. */
  closeDraft(target: NotificationTarget, summary: Waiting): Promise<void>;
  state(target: NotificationTarget): Promise<Stored<TargetState> | undefined>;
  /** Stores the state under its version; `undefined` if somebody else changed it. */
  saveState(target: NotificationTarget, state: Stored<TargetState>): Promise<Stored<TargetState> | undefined>;
  /** Forgets what was sent long ago. */
  forget(target: NotificationTarget, now: string): Promise<void>;
}

/** What a target answered; it never throws. */
export type SendAnswer =
  | { readonly kind: 'taken' }
  /** `why` is for the log: never a body, an address with its query, or a secret. */
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfterSeconds?: number };

/** Sends events to one target: all of them, or none as far as it can be told. */
export type Send = (events: readonly CloudEvent[]) => Promise<SendAnswer>;

/** Notes that something is to be announced, before it is stored. */
export type Announce = (notices: readonly Notice[]) => Promise<void>;

/** Message of the queue `notify`: a target has something waiting. */
export interface NotifyMessage {
  readonly target: NotificationTarget;
  /** Ids of notifications that were given up and are to be tried again: from a message that was put aside. */
  readonly again?: readonly string[] | undefined;
  /** Of a message that goes on: when it was to come (ISO 8601), by which it is known. */
  readonly wakeAt?: string | undefined;
}

/** The queue `notify`. */
export interface NotifyQueue {
  notify(message: NotifyMessage, delaySeconds: number): Promise<void>;
  /** Has what was just noted for a target sent within seconds: one message for all that this process notes until it is due. */
  wakeNotifier(target: NotificationTarget): Promise<void>;
}

/** What sending needs from outside. */
export interface NotifierPorts
  extends Pick<Ports, 'evaluations' | 'transitions' | 'postures' | 'runs' | 'clock' | 'log'> {
  readonly queues: Pick<Ports['queues'], 'putAside'> & NotifyQueue;
  readonly protections: Pick<Protections, 'of'>;
  readonly exemptions: Pick<Ports['exemptions'], 'all'>;
  readonly outbox: Outbox;
  /** The targets that are set. */
  readonly targets: ReadonlyMap<NotificationTarget, Send>;
}

import type { Verdict } from './verdict.ts';

/** What is announced. The type of the CloudEvent is `Backstop.` with the kind. */
export const notificationKinds = [
  'VM.Blocked',
  'VM.AtRisk',
  'VM.Undetermined',
  'VM.Protected',
  'VM.ProtectedAgain',
  'Exemption.Expiring',
  'Exemption.Expired',
  'Sweep.Incomplete',
  'Sweep.CompleteAgain',
  'Protection.Done',
  'Protection.Failed',
  'Protection.Refused',
  'Digest',
] as const;

export type NotificationKind = (typeof notificationKinds)[number];

/** Announced unless told otherwise: what somebody has to act on, and its end. */
export const usualKinds: readonly NotificationKind[] = [
  'VM.Blocked',
  'VM.AtRisk',
  'VM.ProtectedAgain',
  'Exemption.Expiring',
  'Exemption.Expired',
  'Sweep.Incomplete',
  'Sweep.CompleteAgain',
  'Protection.Done',
  'Protection.Failed',
  'Digest',
];

/** Where notifications are sent to. */
export const notificationTargets = ['topic', 'webhook'] as const;
export type NotificationTarget = (typeof notificationTargets)[number];

/** What a notification is about, so that it can be told whether it holds when it is sent. */
export type NoticeAbout =
  /** The row of a VM that became so under a revision. */
  | {
      readonly what: 'vm';
      readonly subscriptionId: string;
      readonly vmKey: string;
      readonly revision: number;
      readonly to: Verdict;
    }
  | { readonly what: 'run'; readonly runId: string }
  | { readonly what: 'attempt'; readonly vmKey: string; readonly number: number; readonly state: string }
  /** It holds by itself. */
  | { readonly what: 'itself' };

/** A notification before it is put into an envelope. Instants are ISO 8601 UTC. */
export interface Notice {
  /** The same change has the same id, however often it is noted: lower-case letters, digits and `-`. */
  readonly id: string;
  /** `Summary` takes the place of many, and is always sent. */
  readonly kind: NotificationKind | 'Summary';
  /** When it became so. */
  readonly at: string;
  /** ARM id, id of a run, or a day. */
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly about: NoticeAbout;
  /** Until when it is remembered that it was sent. */
  readonly forgetAt: string;
}

/** For so many days the same change may be noted again: a message of a queue lives for seven. */
const rememberedDays = 14;

/** When a notification of an instant may be forgotten. */
export function forgottenAfter(at: string): string {
  return new Date(Date.parse(at) + rememberedDays * 86_400_000).toISOString();
}

/** What the change of a verdict is announced as; `undefined` for changes that nobody is told. */
export function kindOfChange(from: Verdict | undefined, to: Verdict | 'gone'): NotificationKind | undefined {
  if (from === to) {
    return undefined;
  }
  switch (to) {
    case 'blocked':
      return 'VM.Blocked';
    case 'at-risk':
      return 'VM.AtRisk';
    case 'undetermined':
      return 'VM.Undetermined';
    case 'protected':
      return from === 'at-risk' ? 'VM.ProtectedAgain' : 'VM.Protected';
    default:
      return undefined;
  }
}

/** Whether a kind counts against the cap: those of which one change of the estate can make thousands. */
export function isCapped(kind: Notice['kind']): boolean {
  return kind.startsWith('VM.') || kind.startsWith('Protection.') || kind.startsWith('Exemption.');
}

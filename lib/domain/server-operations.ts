import type { Fact, UnknownBecause } from './fact.ts';
import { spanText } from './instant.ts';

/** What a backup server does, or is asked to do. */
export const serverOperations = ['backupToAzure', 'backupToDisk', 'restoreFromAzure', 'restoreFromDisk'] as const;
export type ServerOperation = (typeof serverOperations)[number];

/** `stopped-points-deleted`: stopped, and the recovery points in Azure are deleted. */
export type Permitted = 'allowed' | 'stopped' | 'stopped-points-deleted';

/** States of a connection, and of a subscription in the words of the documents. */
export type Connectivity = 'connected' | 'lost';
export type SubscriptionStanding = 'active' | 'expired' | 'deprovisioned';

type Row = { readonly connectivity: Connectivity; readonly subscription: SubscriptionStanding } & Readonly<
  Record<ServerOperation, Permitted>
>;

const all = {
  backupToAzure: 'allowed',
  backupToDisk: 'allowed',
  restoreFromAzure: 'allowed',
  restoreFromDisk: 'allowed',
} as const;
const restoreOnly = { ...all, backupToAzure: 'stopped', backupToDisk: 'stopped' } as const;
const nothing = {
  backupToAzure: 'stopped',
  backupToDisk: 'stopped',
  restoreFromAzure: 'stopped-points-deleted',
  restoreFromDisk: 'stopped',
} as const;

/** Connectivity and subscription: what still works (Install and upgrade Azure Backup Server, 2026-01-21; the same in 2016). */
export const operationsMatrix: readonly Row[] = [
  { connectivity: 'connected', subscription: 'active', ...all },
  { connectivity: 'connected', subscription: 'expired', ...restoreOnly },
  { connectivity: 'connected', subscription: 'deprovisioned', ...nothing },
  { connectivity: 'lost', subscription: 'active', ...restoreOnly },
  { connectivity: 'lost', subscription: 'expired', ...restoreOnly },
  { connectivity: 'lost', subscription: 'deprovisioned', ...nothing },
];

/** A connection counts as lost after more than this. */
export const lostAfterDays = 15;
/** From this silence on the end of backups is announced. */
export const silentAfterHours = 24;

const day = 86_400_000;
/** A server's clock, or Azure's, may be a little ahead of ours. */
const clocksMayDiffer = 300_000;

/** The word of the documents for a state of ARM; the mapping is ours. `undefined`: a state that it does not know. */
export function subscriptionStanding(state: string): SubscriptionStanding | undefined {
  switch (state.toLowerCase()) {
    case 'enabled':
    case 'warned':
      return 'active';
    case 'pastdue':
    case 'disabled':
      return 'expired';
    case 'deleted':
      return 'deprovisioned';
    default:
      return undefined;
  }
}

/** Whether a subscription goes the way at whose end recovery points in Azure are deleted for good. */
export function isOnItsWayOut(state: string): boolean {
  return ['warned', 'pastdue', 'disabled'].includes(state.toLowerCase());
}

/** Since when a server is silent, and what follows. Instants are ISO 8601 UTC. */
export interface Silence {
  readonly connectivity: Connectivity;
  readonly milliseconds: number;
  /** After this instant backups are stopped. */
  readonly backupsStopAt: string;
  /** Time to it; absent once it is over. */
  readonly millisecondsLeft?: number;
}

/** What a last contact means at an instant; `undefined` for a contact that is yet to come. */
export function silenceAt(lastContact: string, now: Date): Silence | undefined {
  const since = Date.parse(lastContact);
  const milliseconds = Math.max(0, now.getTime() - since);
  if (since - now.getTime() > clocksMayDiffer) {
    return undefined;
  }
  const end = since + lostAfterDays * day;
  const isLost = now.getTime() > end;
  return {
    connectivity: isLost ? 'lost' : 'connected',
    milliseconds,
    backupsStopAt: new Date(end).toISOString(),
    ...(isLost ? {} : { millisecondsLeft: end - now.getTime() }),
  };
}

/** The row of the matrix that applies to a server at an instant; what cannot be told is `unknown` with the reasons. */
export interface OperationsNow {
  readonly connectivity: Connectivity | 'unknown';
  readonly subscription: SubscriptionStanding | 'unknown';
  readonly operations: Readonly<Record<ServerOperation, Permitted | 'unknown'>>;
  readonly unknown: readonly UnknownBecause[];
  /** ISO 8601 UTC. */
  readonly lastContact?: string;
  /** After this instant (ISO 8601 UTC) backups are stopped, unless the server reports. */
  readonly backupsStopAt?: string;
  /** Whole days to it. */
  readonly daysLeft?: number;
  readonly warnings: readonly string[];
}

function warningOfSilence({ milliseconds, millisecondsLeft, backupsStopAt }: Silence): readonly string[] {
  if (millisecondsLeft === undefined) {
    return [`Backups to Azure and to disk have been stopped since ${backupsStopAt}: the connection to Azure is lost.`];
  }
  return milliseconds >= silentAfterHours * 3_600_000
    ? [
        `Backups to Azure and to disk stop in ${spanText(millisecondsLeft)}, after ${backupsStopAt}: the server is silent.`,
      ]
    : [];
}

/** What is lost, or is going to be, with a subscription in a state. */
export function warningOfState(subscriptionId: string, state: string): readonly string[] {
  if (subscriptionStanding(state) === 'deprovisioned') {
    return [`Subscription ${subscriptionId} is ${state}: its recovery points in Azure are lost for good.`];
  }
  return isOnItsWayOut(state)
    ? [
        `Subscription ${subscriptionId} is ${state}: once it is deprovisioned, its recovery points in Azure are deleted for good.`,
      ]
    : [];
}

/** State of a subscription as ARM tells it. */
export interface SubscriptionState {
  readonly subscriptionId: string;
  readonly state: string;
}

/** A cell is told where all rows agree that may apply. */
function cell(rows: readonly Row[], operation: ServerOperation): Permitted | 'unknown' {
  const [first, ...others] = new Set(rows.map((row) => row[operation]));
  return first === undefined || others.length > 0 ? 'unknown' : first;
}

function notUnderstood(detail: string): Fact<never> {
  return { kind: 'unknown', because: { cause: 'not-reported', detail } };
}

function silenceOf(lastContact: Fact<string>, now: Date): Fact<Silence> {
  if (lastContact.kind === 'unknown') {
    return lastContact;
  }
  const silence = silenceAt(lastContact.value, now);
  return silence
    ? { ...lastContact, value: silence }
    : notUnderstood(`The last contact, ${lastContact.value}, is yet to come.`);
}

function standingOf(subscription: Fact<SubscriptionState>): Fact<SubscriptionStanding> {
  if (subscription.kind === 'unknown') {
    return subscription;
  }
  const standing = subscriptionStanding(subscription.value.state);
  return standing
    ? { ...subscription, value: standing }
    : notUnderstood(`The state of the subscription, '${subscription.value.state}', is not known.`);
}

/** What a server may do at an instant, by its last contact and the state of its vault's subscription. */
export function operationsAt(
  lastContact: Fact<string>,
  subscription: Fact<SubscriptionState>,
  now: Date,
): OperationsNow {
  const silence = silenceOf(lastContact, now);
  const standing = standingOf(subscription);
  const rows = operationsMatrix.filter(
    (row) =>
      (silence.kind === 'unknown' || row.connectivity === silence.value.connectivity) &&
      (standing.kind === 'unknown' || row.subscription === standing.value),
  );
  const { backupsStopAt, millisecondsLeft } = silence.kind === 'known' ? silence.value : {};
  return {
    connectivity: silence.kind === 'known' ? silence.value.connectivity : 'unknown',
    subscription: standing.kind === 'known' ? standing.value : 'unknown',
    operations: {
      backupToAzure: cell(rows, 'backupToAzure'),
      backupToDisk: cell(rows, 'backupToDisk'),
      restoreFromAzure: cell(rows, 'restoreFromAzure'),
      restoreFromDisk: cell(rows, 'restoreFromDisk'),
    },
    unknown: [silence, standing].flatMap((fact) => (fact.kind === 'unknown' ? [fact.because] : [])),
    ...(lastContact.kind === 'known' ? { lastContact: lastContact.value } : {}),
    ...(backupsStopAt ? { backupsStopAt } : {}),
    ...(millisecondsLeft === undefined ? {} : { daysLeft: Math.floor(millisecondsLeft / day) }),
    warnings: [
      ...(silence.kind === 'known' ? warningOfSilence(silence.value) : []),
      ...(subscription.kind === 'known'
        ? warningOfState(subscription.value.subscriptionId, subscription.value.state)
        : []),
    ],
  };
}

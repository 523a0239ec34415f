import { shownInBulkFrom } from './evidence-reach.ts';

/** How a VM that changed is judged: read by itself now, with its whole subscription in bulk, or by itself a little later. */
export type Way = 'singly' | 'in-bulk' | 'later';

/** What is known about the load when the VM of a message would have to be read. */
export interface Load {
  /** Deleted VMs take one read, and a bulk judgement retires only what has been absent for long enough. */
  readonly change: 'written' | 'deleted';
  /** Whether ARM's budget for the subscription has room for one more evaluation. */
  readonly hasBudget: boolean;
  /** Whether messages come much later than they are due, and many of them are. */
  readonly isBehind: boolean;
}

/** The way in which a VM is judged under a load. */
export function wayOf({ change, hasBudget, isBehind }: Load): Way {
  if (change === 'deleted') {
    return hasBudget ? 'singly' : 'later';
  }
  return hasBudget && !isBehind ? 'singly' : 'in-bulk';
}

/** Wishes of so many minutes are one bulk judgement: a subscription under permanent load is not swept without a pause. */
const windowMinutes = 2;

/** When a bulk judgement may start that surely shows a change (ISO 8601): at the next full window in which it does. */
export function bulkTimeOf(changedAt: string, now: Date): string {
  const windowMs = windowMinutes * 60_000;
  const earliest = Math.max(shownInBulkFrom(Date.parse(changedAt)), now.getTime() + 1);
  return new Date(Math.ceil(earliest / windowMs) * windowMs).toISOString();
}

import type { ExemptionCategory } from '../../lib/domain/registered-exemption.ts';
import type { ExemptionWords } from '../api/client.ts';
import type { ExemptionTask } from './task.ts';

/** What stands in the fields of the form. */
export interface Draft {
  readonly scope: string;
  readonly owner: string;
  readonly reason: string;
  readonly ticket: string;
  readonly category: ExemptionCategory;
  /** `YYYY-MM-DD`, the last day; empty: not chosen yet. */
  readonly until: string;
  readonly by: string;
}

/** The last day on which an exemption holds that ends at an instant: the API counts the day as a whole. */
function lastDay(until: string): string {
  return new Date(Date.parse(until) - 1).toISOString().slice(0, 10);
}

/** What the form begins with. */
export function draftOf(task: ExemptionTask, by: string): Draft {
  const empty: Draft = { scope: '', owner: '', reason: '', ticket: '', category: 'waiver', until: '', by };
  if (task.kind === 'create') {
    return { ...empty, scope: task.scope ?? '' };
  }
  const { scope, owner, reason, ticket = '', category, until } = task.exemption;
  return task.kind === 'end'
    ? { ...empty, scope }
    : { scope, owner, reason, ticket, category, until: lastDay(until), by };
}

/** The words of an exemption as the API takes them. */
export function wordsOf({ owner, reason, ticket, category, until }: Draft): ExemptionWords {
  return {
    owner: owner.trim(),
    reason: reason.trim(),
    ...(ticket.trim() ? { ticket: ticket.trim() } : {}),
    category,
    until,
  };
}

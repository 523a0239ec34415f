/**
 * Minutes by which Resource Graph may lag behind ARM. Azure documents seconds to about a minute for resources and up to five
 * minutes for records of changes; a row that rests on it says nothing about what happened in the last of them.
 */
const graphLagMinutes = 5;

/** Evidence of a row: when it was read, and by whom. */
export interface EvidenceOfRow {
  readonly evidenceAt: string;
  readonly trigger: 'event' | 'sweep' | 'request';
}

/** The last change that a bulk read surely shows, for one made at an instant; both in milliseconds since 1970. */
export function bulkReadReaches(readAt: number): number {
  return readAt - graphLagMinutes * 60_000;
}

/** The first instant at which a bulk read surely shows a change; both in milliseconds since 1970. */
export function shownInBulkFrom(changedAt: number): number {
  return changedAt + graphLagMinutes * 60_000;
}

/**
 * The last change that the evidence of a row surely shows, in milliseconds since 1970: events and requests read the VM from
 * ARM as it was at that moment, sweeps read Resource Graph.
 */
export function evidenceReaches({ evidenceAt, trigger }: EvidenceOfRow): number {
  const readAt = Date.parse(evidenceAt);
  return trigger === 'sweep' ? bulkReadReaches(readAt) : readAt;
}

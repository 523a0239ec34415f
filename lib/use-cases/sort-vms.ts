import { verdicts } from '../domain/verdict.ts';
import type { EvaluatedHead } from './evaluated.ts';

/** By what a list of VMs can be sorted; `-` in front: the other way round. */
const sortFields = ['name', 'since', 'verdict', 'lastRecoveryPoint'] as const;
type SortField = (typeof sortFields)[number];
export const sorts = [...sortFields, ...sortFields.map((field) => `-${field}` as const)] as const;
export type Sort = (typeof sorts)[number];

/** Where a sorted page ended: the value of its last row, and its keys, as values repeat. */
export interface SortedPosition {
  readonly value: string;
  readonly subscriptionId: string;
  readonly vmKey: string;
}

function isField(text: string): text is SortField {
  return sortFields.some((field) => field === text);
}

/** A text by which rows are compared; absent values come first. */
function sortValueOf(field: SortField, row: EvaluatedHead): string {
  switch (field) {
    case 'name':
      return row.name.toLowerCase();
    case 'since':
      return row.since;
    case 'verdict':
      // In the order in which verdicts are decided on, as it stands in the contract.
      return String(verdicts.indexOf(row.verdict)).padStart(2, '0');
    case 'lastRecoveryPoint':
      return row.lastRecoveryPoint ?? '';
    default: {
      const never: never = field;
      return never;
    }
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

interface Placed<Row> extends SortedPosition {
  readonly row: Row;
}

/**
 * The rows that come next after a position in an order, with the position of the last one where there are more. All rows are
 * looked at, and no more of them are kept than the page holds.
 */
export async function nextInOrder<Row extends EvaluatedHead>(
  rows: AsyncIterable<Row>,
  sort: Sort,
  size: number,
  after: SortedPosition | undefined,
): Promise<{ readonly rows: readonly Row[]; readonly next?: SortedPosition }> {
  const name = sort.replace(/^-/, '');
  const field = isField(name) ? name : 'name';
  const direction = sort.startsWith('-') ? -1 : 1;
  const compare = (a: SortedPosition, b: SortedPosition) =>
    direction * compareTexts(a.value, b.value) ||
    compareTexts(a.subscriptionId, b.subscriptionId) ||
    compareTexts(a.vmKey, b.vmKey);
  let kept: Placed<Row>[] = [];
  for await (const row of rows) {
    const placed = { row, value: sortValueOf(field, row), subscriptionId: row.subscriptionId, vmKey: row.vmKey };
    if (after === undefined || compare(placed, after) > 0) {
      kept.push(placed);
    }
    if (kept.length > 4 * size + 100) {
      kept = kept.toSorted(compare).slice(0, size + 1);
    }
  }
  const page = kept.toSorted(compare);
  const shown = page.slice(0, size);
  const last = shown.at(-1);
  const { value = '', subscriptionId = '', vmKey = '' } = last ?? {};
  const isMore = page.length > size;
  return { rows: shown.map(({ row }) => row), ...(isMore ? { next: { value, subscriptionId, vmKey } } : {}) };
}

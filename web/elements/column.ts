import type { ReactNode } from 'react';

/** A column: its heading, what it shows of a row, and how it behaves where there is little room. */
export interface Column<Row> {
  readonly name: string;
  readonly show: (row: Row) => ReactNode;
  /**
   * `number`: to the right, and no wider than needed; `narrow`: no wider than needed; `name`: wide enough for a name;
   * `short`: for a word or an instant, in two lines.
   */
  readonly fit?: 'number' | 'narrow' | 'name' | 'short';
  /** Narrowest screen on which it is shown, in pixels. */
  readonly from?: 600 | 900 | 1200;
  /** Under what the API sorts by it; absent: it does not. */
  readonly sort?: string;
}

/** By what the rows are sorted (`-` in front: descending), and the way to another order. */
export interface Sorting {
  readonly by: string;
  readonly onSort: (by: string) => void;
}

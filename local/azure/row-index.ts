import type { Narrowing } from './resource-graph/narrowing.ts';
import type { ResourceGraphRow } from './resource-graph/row.ts';

/** Rows of one type in one subscription. */
interface Cell {
  readonly rows: Set<ResourceGraphRow>;
  version: number;
}

/** The rows of one table, kept by subscription and type: a query costs what it looks at, not what the tenant holds. */
export class RowIndex {
  readonly #byKey = new Map<string, ResourceGraphRow>();
  readonly #cells = new Map<string, Map<string, Cell>>();
  #version = 0;

  put(key: string, row: ResourceGraphRow): void {
    this.delete(key);
    this.#byKey.set(key, row);
    this.#touched(row).rows.add(row);
  }

  delete(key: string): void {
    const row = this.#byKey.get(key);
    if (row === undefined) return;
    this.#byKey.delete(key);
    this.#touched(row).rows.delete(row);
  }

  rows(narrowing: Narrowing): readonly ResourceGraphRow[] {
    return [...this.#within(narrowing)].flatMap(({ rows }) => [...rows]);
  }

  /** Grows with every change of these rows, and with no other. */
  version(narrowing: Narrowing): number {
    let latest = 0;
    for (const { version } of this.#within(narrowing)) latest = Math.max(latest, version);
    return latest;
  }

  *#within({ subscriptions, types }: Narrowing): Iterable<Cell> {
    for (const byType of membersOf(this.#cells, subscriptions)) yield* membersOf(byType, types);
  }

  /** The cell of a row that is about to change. A cell stays when it is empty: its version still counts. */
  #touched({ subscriptionId, type }: ResourceGraphRow): Cell {
    const [subscription, typeKey] = [subscriptionId.toLowerCase(), type.toLowerCase()];
    const byType = this.#cells.get(subscription) ?? new Map<string, Cell>();
    this.#cells.set(subscription, byType);
    const cell = byType.get(typeKey) ?? { rows: new Set(), version: 0 };
    byType.set(typeKey, cell);
    this.#version += 1;
    cell.version = this.#version;
    return cell;
  }
}

/** The members under some keys, or all of them. */
function membersOf<T>(map: ReadonlyMap<string, T>, keys: ReadonlySet<string> | undefined): Iterable<T> {
  return keys === undefined ? map.values() : [...keys].flatMap((key) => map.get(key) ?? []);
}

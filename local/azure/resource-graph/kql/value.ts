/** The scalar types of KQL that Resource Graph queries use; decimal and guid are left out. */
export type ColumnType = 'string' | 'int' | 'long' | 'real' | 'bool' | 'datetime' | 'timespan' | 'dynamic';

/** A named, typed column of a table or of an intermediate result. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * A cell. string: string, never null. int, long and real: number (a long beyond 2^53 loses digits). bool: boolean.
 * datetime and timespan: bigint, in ticks of 100 ns (datetime since 1970). dynamic: JSON. A missing value is null.
 */
export type Value = unknown;

/** The cells of one row, in the order of the columns. */
export type Row = readonly Value[];

/** A JSON object. */
export type Bag = Readonly<Record<string, Value>>;

const numericRank = new Map<ColumnType, number>([
  ['int', 0],
  ['long', 1],
  ['real', 2],
]);

/** Whether a type is int, long or real. */
export function isNumeric(type: ColumnType): boolean {
  return numericRank.has(type);
}

/** The wider of two numeric types. */
export function widerNumber(left: ColumnType, right: ColumnType): ColumnType {
  return (numericRank.get(left) ?? 0) >= (numericRank.get(right) ?? 0) ? left : right;
}

/** Whether a JSON value is an object rather than an array, a primitive or null. */
export function isBag(value: Value): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a JSON value is an array. */
export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** What a cell without a value holds: strings have no null in KQL, they are empty. */
export function missing(type: ColumnType): Value {
  return type === 'string' ? '' : null;
}

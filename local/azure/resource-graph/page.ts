import { formatDatetimeForAnswer, formatTimespan } from './kql/ticks.ts';
import type { Column, ColumnType, Row, Value } from './kql/value.ts';

/** How a page writes its rows: an object each, or one table of columns and cells. */
export type ResultFormat = 'objectArray' | 'table';

/** The names the table format gives the types; that int and long are `integer` follows the SDK's list. */
const wireTypes: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  int: 'integer',
  long: 'integer',
  real: 'number',
  bool: 'boolean',
  datetime: 'datetime',
  timespan: 'string',
  dynamic: 'object',
};

function wireCell(value: Value, type: ColumnType): Value {
  if (typeof value !== 'bigint') return value ?? null;
  return type === 'timespan' ? formatTimespan(value) : formatDatetimeForAnswer(value);
}

/** The rows of a page as they stand in the member `data` of an answer. */
export function writeRows(columns: readonly Column[], rows: readonly Row[], format: ResultFormat): unknown {
  const cells = rows.map((row) => columns.map(({ type }, index) => wireCell(row[index], type)));
  if (format === 'table')
    return { columns: columns.map(({ name, type }) => ({ name, type: wireTypes[type] })), rows: cells };
  return cells.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
}

import { comparable, compareCells } from './comparison.ts';
import { toDynamic } from './conversion.ts';
import { type Expression, requireType } from './expression.ts';
import { distinct } from './functions/dynamic.ts';
import { type Position, semanticError } from './query-error.ts';
import { type ColumnType, missing, type Row, type Value } from './value.ts';

/** Computes one cell from all rows of a group. */
type Reduce = (rows: readonly Row[], now: bigint) => Value;

/** A compiled aggregate; the name of its column is made of a prefix and its argument. */
interface Aggregate {
  readonly type: ColumnType;
  readonly reduce: Reduce;
  readonly prefix: string;
}

/** The arguments of one aggregate in a query. */
interface AggregateCall {
  readonly name: string;
  readonly args: readonly Expression[];
  readonly at: Position;
}

const numeric: readonly ColumnType[] = ['int', 'long', 'real'];
const summable: readonly ColumnType[] = [...numeric, 'timespan'];
const ordered: readonly ColumnType[] = [...summable, 'datetime', 'string', 'bool'];

function argument(call: AggregateCall, index: number, types?: readonly ColumnType[]): Expression {
  const expression = call.args[index];
  if (!expression) throw semanticError(`The function '${call.name}' expects more arguments`, call.at);
  if (types) requireType(expression, types);
  return expression;
}

function limitTo(call: AggregateCall, count: number): void {
  if (call.args.length > count) throw semanticError(`The function '${call.name}' expects ${count} arguments`, call.at);
}

/** The cells of an expression that hold something: aggregates pass nulls over. */
function present({ evaluate }: Expression, rows: readonly Row[], now: bigint): readonly Value[] {
  return rows.map((row) => evaluate(row, now) ?? null).filter((value) => value !== null);
}

function total(values: readonly Value[], type: ColumnType): number | bigint {
  if (type === 'timespan')
    return values.reduce<bigint>((sum, value) => sum + (typeof value === 'bigint' ? value : 0n), 0n);
  return values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
}

/** `sum`; nothing to add up gives 0 (unconfirmed). */
function sum(call: AggregateCall): Aggregate {
  limitTo(call, 1);
  const value = argument(call, 0, summable);
  const type = value.type === 'int' ? 'long' : value.type;
  return { type, prefix: 'sum_', reduce: (rows, now) => total(present(value, rows, now), type) };
}

/** `avg`; nothing to average gives null (unconfirmed, Kusto may say NaN). */
function average(call: AggregateCall): Aggregate {
  limitTo(call, 1);
  const value = argument(call, 0, numeric);
  const reduce: Reduce = (rows, now) => {
    const values = present(value, rows, now);
    return values.length === 0 ? null : Number(total(values, 'real')) / values.length;
  };
  return { type: 'real', prefix: 'avg_', reduce };
}

function extreme(sign: 1 | -1): (call: AggregateCall) => Aggregate {
  return (call) => {
    limitTo(call, 1);
    const value = argument(call, 0, ordered);
    const better = (best: Value, next: Value) => (sign * compareCells(next, best) > 0 ? next : best);
    const reduce: Reduce = (rows, now) => {
      const [first, ...rest] = present(value, rows, now);
      return first === undefined ? missing(value.type) : rest.reduce(better, first);
    };
    return { type: value.type, prefix: `${call.name}_`, reduce };
  };
}

const MAX_LIST = 1_048_576;

/** `make_list` and `make_set`: nulls are left out, empty strings stay. */
function collect(prefix: string, gather: (values: readonly Value[]) => readonly Value[]) {
  return (call: AggregateCall): Aggregate => {
    limitTo(call, 2);
    const value = argument(call, 0);
    const limit =
      call.args.length > 1 ? Number(argument(call, 1, ['int', 'long']).constant?.value ?? MAX_LIST) : MAX_LIST;
    const reduce: Reduce = (rows, now) =>
      gather(present(value, rows, now).map((item) => toDynamic(item, value.type))).slice(0, limit);
    return { type: 'dynamic', prefix, reduce };
  };
}

function condition(call: AggregateCall, index: number): (rows: readonly Row[], now: bigint) => readonly Row[] {
  const { evaluate } = argument(call, index, ['bool']);
  return (rows, now) => rows.filter((row) => evaluate(row, now) === true);
}

function count(call: AggregateCall): Aggregate {
  limitTo(call, 0);
  return { type: 'long', prefix: 'count_', reduce: (rows) => rows.length };
}

function countIf(call: AggregateCall): Aggregate {
  limitTo(call, 1);
  const where = condition(call, 0);
  return { type: 'long', prefix: 'countif_', reduce: (rows, now) => where(rows, now).length };
}

function sumIf(call: AggregateCall): Aggregate {
  limitTo(call, 2);
  const where = condition(call, 1);
  const { type, reduce } = sum({ ...call, args: [argument(call, 0)] });
  return { type, prefix: 'sumif_', reduce: (rows, now) => reduce(where(rows, now), now) };
}

/** `dcount`: exact here, an estimate in the service. */
function distinctCount(call: AggregateCall): Aggregate {
  limitTo(call, 2);
  const value = argument(call, 0);
  const reduce: Reduce = (rows, now) => new Set(present(value, rows, now).map(comparable)).size;
  return { type: 'long', prefix: 'dcount_', reduce };
}

/** The aggregates that give one value; take_any, arg_max and arg_min are in picking-aggregates.ts. */
export const aggregates: ReadonlyMap<string, (call: AggregateCall) => Aggregate> = new Map([
  ['count', count],
  ['countif', countIf],
  ['dcount', distinctCount],
  ['sum', sum],
  ['sumif', sumIf],
  ['avg', average],
  ['min', extreme(-1)],
  ['max', extreme(1)],
  ['make_list', collect('list_', (values) => values)],
  ['make_set', collect('set_', distinct)],
]);

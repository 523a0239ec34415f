import { castDynamic } from './conversion.ts';
import { type Position, semanticError } from './query-error.ts';
import { type ColumnType, isNumeric, type Row, type Value, widerNumber } from './value.ts';

/** Computes one cell of a row. `now` is the time of the query in ticks: the same for all of its rows. */
export type Evaluate = (row: Row, now: bigint) => Value;

/** A compiled expression: its static type, how to compute it, and what is known about it beforehand. */
export interface Expression {
  readonly type: ColumnType;
  readonly evaluate: Evaluate;
  readonly at: Position;
  /** The column name that follows from the expression, where one does. */
  readonly name?: string;
  /** The value, for literals and let-bound literals: lets operators prepare themselves once. */
  readonly constant?: { readonly value: Value };
}

/** An expression that is the same for every row. */
export function constant(type: ColumnType, value: Value, at: Position): Expression {
  return { type, evaluate: () => value, at, constant: { value } };
}

/** Refuses an expression that is not of one of the types. */
export function requireType(expression: Expression, types: readonly ColumnType[]): void {
  if (types.includes(expression.type)) return;
  throw semanticError(`Expected ${types.join(' or ')}, found ${expression.type}`, expression.at);
}

/** The value of an expression read as another type: only dynamic has to be looked into, numbers are all alike. */
export function readAs(expression: Expression, type: ColumnType): Evaluate {
  const { evaluate } = expression;
  if (expression.type !== 'dynamic' || type === 'dynamic') return evaluate;
  return (row, now) => castDynamic(evaluate(row, now), type);
}

/** Reads a string or dynamic expression as text. */
export function readText(expression: Expression): (row: Row, now: bigint) => string {
  requireType(expression, ['string', 'dynamic']);
  const evaluate = readAs(expression, 'string');
  return (row, now) => {
    const value = evaluate(row, now);
    return typeof value === 'string' ? value : '';
  };
}

/** The type two values have in common: dynamic takes the other's, numbers widen; undefined when there is none. */
export function commonType(left: ColumnType, right: ColumnType): ColumnType | undefined {
  if (left === right || right === 'dynamic') return left;
  if (left === 'dynamic') return right;
  return isNumeric(left) && isNumeric(right) ? widerNumber(left, right) : undefined;
}

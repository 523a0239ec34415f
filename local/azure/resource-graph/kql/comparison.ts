import { commonType, type Evaluate, type Expression, readAs } from './expression.ts';
import { type Position, semanticError } from './query-error.ts';
import { type ColumnType, isNumeric, type Value } from './value.ts';

type Order = (left: number | bigint | boolean, right: number | bigint | boolean) => boolean;

const orders: Readonly<Record<string, Order>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** Whether a name is one of the four operators of order. */
export function isOrderOperator(name: string): boolean {
  return name in orders;
}

/**
 * The type in which two operands are compared. The official analyser lets string and long be compared; the service is
 * believed to refuse (unconfirmed), and so do we: a literal of the wrong type is then found in a test and not in production.
 */
function comparedAs(operator: string, left: ColumnType, right: ColumnType, at: Position): ColumnType {
  const type = commonType(left, right);
  if (type === undefined) throw semanticError(`'${operator}' is not defined for ${left} and ${right}`, at);
  return type;
}

/** The value by which two JSON values are equal: arrays and bags by their text. */
export function comparable(value: Value): Value {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null);
}

/** Compiles `==` and `!=`. Two nulls give null; a null and a value are not equal (Kusto reference, null values). */
export function compileEquality(operator: string, left: Expression, right: Expression, at: Position): Evaluate {
  const type = comparedAs(operator, left.type, right.type, at);
  const [first, second] = [readAs(left, type), readAs(right, type)];
  const wanted = operator === '==';
  return (row, now) => {
    const [a, b] = [first(row, now) ?? null, second(row, now) ?? null];
    if (a === null && b === null) return null;
    return (type === 'dynamic' ? comparable(a) === comparable(b) : a === b) === wanted;
  };
}

/** Strings have no order, and dynamic has one only with numbers and with dynamic (official analyser). */
function hasOrder(left: ColumnType, right: ColumnType, type: ColumnType): boolean {
  if (left === 'dynamic' || right === 'dynamic') return type === 'dynamic' || isNumeric(type);
  return type !== 'string';
}

/** Compiles `<`, `<=`, `>` and `>=`. null when an operand is null or not comparable. */
export function compileOrder(operator: string, left: Expression, right: Expression, at: Position): Evaluate {
  const type = comparedAs(operator, left.type, right.type, at);
  const inOrder = orders[operator];
  if (!inOrder || !hasOrder(left.type, right.type, type)) {
    throw semanticError(`'${operator}' is not defined for ${left.type} and ${right.type}`, at);
  }
  const [first, second] = [readAs(left, type), readAs(right, type)];
  return (row, now) => {
    const [a, b] = [first(row, now), second(row, now)];
    return isOrderable(a) && isOrderable(b) && typeof a === typeof b ? inOrder(a, b) : null;
  };
}

function isOrderable(value: Value): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

/** Orders two cells of one type for sorting, min and max; neither is null. Texts by code unit, as Kusto sorts them. */
export function compareCells(left: Value, right: Value): number {
  if (left === right) return 0;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : 1;
  if (isOrderable(left) && isOrderable(right)) return left < right ? -1 : 1;
  return 0;
}

import { compileArithmetic, compileNegation, isArithmeticOperator } from './arithmetic.ts';
import { compileEquality, compileOrder, isOrderOperator } from './comparison.ts';
import { constant, type Evaluate, type Expression } from './expression.ts';
import { functionCatalogue } from './functions/catalogue.ts';
import { compileListOperator } from './list-operators.ts';
import { compileAnd, compileOr } from './logic.ts';
import { semanticError, syntaxError } from './query-error.ts';
import type { Scope } from './scope.ts';
import type { BetweenNode, BinaryNode, CallNode, ExpressionNode } from './syntax.ts';
import { compileMatchesRegex, compileTextOperator, isTextOperator } from './text-operators.ts';
import { type ColumnType, isArray, isBag, type Value } from './value.ts';

/** Compiles an expression against the columns in scope; throws a QueryError for unknown names and wrong types. */
export function compileExpression(node: ExpressionNode, scope: Scope): Expression {
  switch (node.kind) {
    case 'literal':
      return constant(node.type, node.value, node.at);
    case 'name':
      return compileName(node.name, node.at, scope);
    case 'member':
      return compileElement(compileExpression(node.target, scope), constant('string', node.key, node.at), node.at);
    case 'index':
      return compileElement(compileExpression(node.target, scope), compileExpression(node.key, scope), node.at);
    case 'call':
      return compileCall(node, scope);
    case 'negate':
      return { ...compileNegation(compileExpression(node.operand, scope)), at: node.at };
    case 'binary':
      return compileBinary(node, scope);
    case 'list': {
      const items = node.items.map((item) => compileExpression(item, scope));
      const left = compileExpression(node.left, scope);
      return { type: 'bool', evaluate: compileListOperator(node.operator, left, items, node.at), at: node.at };
    }
    case 'between':
      return compileBetween(node, scope);
    case 'star':
      throw syntaxError("'*' is not an expression", node.at);
    case 'type':
      throw syntaxError('A type is not an expression', node.at);
  }
}

function compileName(name: string, at: Expression['at'], scope: Scope): Expression {
  const index = scope.columns.findIndex((column) => column.name === name);
  const column = scope.columns[index];
  if (column) return { type: column.type, evaluate: (row) => row[index], name, at };
  const bound = scope.compilation.scalars.get(name);
  if (bound) return { ...bound, at };
  throw semanticError(`Failed to resolve column or scalar expression named '${name}'`, at);
}

function compileElement(target: Expression, key: Expression, at: Expression['at']): Expression {
  if (target.type !== 'dynamic') throw semanticError(`A ${target.type} has no elements`, at);
  const fixed = key.constant?.value;
  const { evaluate } = target;
  const find: Evaluate = key.constant
    ? (row, now) => elementOf(evaluate(row, now), fixed)
    : (row, now) => elementOf(evaluate(row, now), key.evaluate(row, now));
  const name = target.name !== undefined && key.constant ? { name: `${target.name}_${fixed}` } : {};
  return { type: 'dynamic', evaluate: find, at, ...name };
}

/** An element of a JSON value: by name (case matters) or by index, counted from the end when negative. null if absent. */
function elementOf(target: Value, key: Value): Value {
  if (typeof key === 'string') return isBag(target) && Object.hasOwn(target, key) ? (target[key] ?? null) : null;
  return typeof key === 'number' && isArray(target) ? (target.at(key) ?? null) : null;
}

function compileCall(node: CallNode, scope: Scope): Expression {
  const bind = functionCatalogue.get(node.name);
  if (!bind) {
    if (scope.aggregate) return scope.aggregate(node);
    throw semanticError(`Unknown function '${node.name}'`, node.at);
  }
  const types = node.args.flatMap((arg) => (arg.kind === 'type' ? [arg.type] : []));
  const args = node.args.filter((arg) => arg.kind !== 'type').map((arg) => compileExpression(arg, scope));
  return { ...bind({ name: node.name, args, typeArgument: types[0], at: node.at, scope }), at: node.at };
}

function compileBinary(node: BinaryNode, scope: Scope): Expression {
  const { operator, at } = node;
  const left = compileExpression(node.left, scope);
  const right = compileExpression(node.right, scope);
  if (isArithmeticOperator(operator)) return { ...compileArithmetic(operator, left, right, at), at };
  const type: ColumnType = 'bool';
  if (operator === 'and') return { type, evaluate: compileAnd(left, right), at };
  if (operator === 'or') return { type, evaluate: compileOr(left, right), at };
  if (isOrderOperator(operator)) return { type, evaluate: compileOrder(operator, left, right, at), at };
  if (isTextOperator(operator)) return { type, evaluate: compileTextOperator(operator, left, right), at };
  if (operator === 'matches') return { type, evaluate: compileMatchesRegex(left, right), at };
  return { type, evaluate: compileEquality(operator, left, right, at), at };
}

/** `a between (low .. high)`, both ends included; a time span as upper end is counted from the lower one. */
function compileBetween(node: BetweenNode, scope: Scope): Expression {
  const { at } = node;
  const [left, low, upper] = [node.left, node.low, node.high].map((part) => compileExpression(part, scope));
  if (!left || !low || !upper) throw syntaxError('Expected two bounds', at);
  const isOffset = left.type === 'datetime' && upper.type === 'timespan';
  const high: Expression = isOffset ? { ...compileArithmetic('+', low, upper, at), at } : upper;
  const above = compileOrder('>=', left, low, at);
  const below = compileOrder('<=', left, high, at);
  const evaluate = compileAnd({ type: 'bool', evaluate: above, at }, { type: 'bool', evaluate: below, at });
  if (!node.negated) return { type: 'bool', evaluate, at };
  const negated: Evaluate = (row, now) => {
    const value = evaluate(row, now);
    return typeof value === 'boolean' ? !value : null;
  };
  return { type: 'bool', evaluate: negated, at };
}

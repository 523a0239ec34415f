import { compareCells } from './comparison.ts';
import { compileExpression } from './expression-compiler.ts';
import { semanticError } from './query-error.ts';
import type { Execution, Relation } from './relation.ts';
import type { Compilation } from './scope.ts';
import type { ExpressionNode, SortNode } from './syntax.ts';
import type { Row, Value } from './value.ts';

interface Key {
  readonly evaluate: (row: Row, now: bigint) => Value;
  readonly sign: 1 | -1;
  /** Where a null goes relative to a value: -1 before, 1 behind. */
  readonly nulls: 1 | -1;
}

function compileKey(input: Relation, node: SortNode, compilation: Compilation): Key {
  const { type, evaluate, at } = compileExpression(node.expression, { columns: input.columns, compilation });
  if (type === 'dynamic') {
    throw semanticError("The order by key is of a 'dynamic' type. Please use an explicit cast", at);
  }
  const nullsFirst = node.nullsFirst ?? !node.descending;
  return { evaluate, sign: node.descending ? -1 : 1, nulls: nullsFirst ? -1 : 1 };
}

function compareBy(key: Key, left: Value, right: Value): number {
  if (left === right) return 0;
  if (left === null) return key.nulls;
  if (right === null) return -key.nulls;
  return key.sign * compareCells(left, right);
}

/** `order by`: descending unless told otherwise; nulls first when ascending and last when descending. */
export function orderBy(input: Relation, nodes: readonly SortNode[], compilation: Compilation): Relation {
  const keys = nodes.map((node) => compileKey(input, node, compilation));
  const sort = (execution: Execution): readonly Row[] => {
    const keyed = input.rows(execution).map((row) => ({
      row,
      cells: keys.map((key) => key.evaluate(row, execution.now) ?? null),
    }));
    keyed.sort((left, right) => {
      for (const [index, key] of keys.entries()) {
        const order = compareBy(key, left.cells[index], right.cells[index]);
        if (order !== 0) return order;
      }
      return 0;
    });
    return keyed.map(({ row }) => row);
  };
  return { columns: input.columns, sorted: true, rows: sort };
}

/** `take` and `limit`: the first rows, whichever they are. */
export function take(input: Relation, node: ExpressionNode, compilation: Compilation): Relation {
  const expression = compileExpression(node, { columns: [], compilation });
  if (expression.type !== 'int' && expression.type !== 'long') {
    throw semanticError('The expression value must be an integer', expression.at);
  }
  return {
    ...input,
    rows: (execution) =>
      input.rows(execution).slice(0, Math.max(0, Number(expression.evaluate([], execution.now) ?? 0))),
  };
}

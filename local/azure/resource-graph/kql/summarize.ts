import { aggregates } from './aggregates.ts';
import { ColumnNames } from './column-names.ts';
import type { Evaluate, Expression } from './expression.ts';
import { compileExpression } from './expression-compiler.ts';
import { keyOf } from './grouping.ts';
import { compilePicking, isPicking } from './picking-aggregates.ts';
import { semanticError } from './query-error.ts';
import type { Execution, Relation } from './relation.ts';
import type { Compilation, Scope } from './scope.ts';
import type { CallNode, NamedNode, SummarizeNode } from './syntax.ts';
import type { Column, Row, Value } from './value.ts';

type GroupCells = (rows: readonly Row[], now: bigint) => readonly Value[];

interface Output {
  readonly columns: readonly Column[];
  readonly cells: GroupCells;
}

/** Compiles the key of a group; a dynamic one is refused, as Resource Graph does. */
function compileKey(node: NamedNode, scope: Scope): Expression {
  const key = compileExpression(node.expression, scope);
  if (key.type !== 'dynamic') return key;
  const name = key.name ?? 'expression';
  throw semanticError(`Summarize group key '${name}' is of a 'dynamic' type. Please use an explicit cast`, key.at);
}

/** An aggregate, or a scalar expression of aggregates such as `1 + count()`. */
function compileOutput(node: NamedNode, scope: Scope, keys: readonly string[], names: ColumnNames): Output {
  const { expression } = node;
  if (expression.kind === 'call' && isPicking(expression.name)) {
    const { columns, pick } = compilePicking(expression, scope, keys);
    const named = columns.map(({ name, type }, index) => ({ name: names.unique(node.names[index] ?? name), type }));
    return { columns: named, cells: pick };
  }
  const reducers: GroupCells[] = [];
  const result = compileExpression(expression, {
    columns: [],
    compilation: scope.compilation,
    aggregate: (call) => compileAggregate(call, scope, reducers),
  });
  const [written] = node.names;
  const name = written ?? result.name;
  const column = { name: name === undefined ? names.of([], result) : names.unique(name), type: result.type };
  return {
    columns: [column],
    cells: (rows, now) => {
      const reduced = reducers.flatMap((reduce) => reduce(rows, now));
      return [result.evaluate(reduced, now)];
    },
  };
}

/** Compiles one aggregate inside an expression to a read of its slot in the row of reduced cells. */
function compileAggregate(call: CallNode, scope: Scope, reducers: GroupCells[]): Expression {
  const bind = aggregates.get(call.name);
  if (!bind) throw semanticError(`Unknown function '${call.name}'`, call.at);
  const args = call.args.map((arg) => compileExpression(arg, scope));
  const { type, reduce, prefix } = bind({ name: call.name, args, at: call.at });
  const slot = reducers.push((rows, now) => [reduce(rows, now)]) - 1;
  const evaluate: Evaluate = (row) => row[slot];
  const subject = call.name === 'countif' ? undefined : args[0]?.name;
  return { type, evaluate, at: call.at, name: `${prefix}${subject ?? ''}` };
}

/** `summarize aggregates by keys`. Without keys there is always one row, even of nothing. */
export function summarize(input: Relation, node: SummarizeNode, compilation: Compilation): Relation {
  const scope: Scope = { columns: input.columns, compilation };
  const names = new ColumnNames();
  const keys = node.keys.map((key) => ({ ...compileKey(key, scope), written: key.names }));
  const keyColumns = keys.map((key) => ({ name: names.of(key.written, key), type: key.type }));
  const keyNames = keys.flatMap(({ name }) => name ?? []);
  const outputs = node.aggregates.map((aggregate) => compileOutput(aggregate, scope, keyNames, names));
  const cellsOf = (rows: readonly Row[], now: bigint) => outputs.flatMap((output) => output.cells(rows, now));
  return {
    columns: [...keyColumns, ...outputs.flatMap(({ columns }) => columns)],
    sorted: false,
    rows: (execution) => {
      if (keys.length === 0) return [cellsOf(input.rows(execution), execution.now)];
      const groups = groupRows(input, keys, execution);
      return groups.map(({ cells, rows }) => [...cells, ...cellsOf(rows, execution.now)]);
    },
  };
}

interface Group {
  readonly cells: readonly Value[];
  readonly rows: Row[];
}

function groupRows(input: Relation, keys: readonly Expression[], execution: Execution): readonly Group[] {
  const groups = new Map<Value, Group>();
  for (const row of input.rows(execution)) {
    const cells = keys.map((key) => key.evaluate(row, execution.now) ?? null);
    const key = keyOf(cells);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { cells, rows: [row] });
  }
  return [...groups.values()];
}

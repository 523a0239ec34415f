import { compareCells } from './comparison.ts';
import type { Expression } from './expression.ts';
import { compileExpression } from './expression-compiler.ts';
import { semanticError } from './query-error.ts';
import type { Scope } from './scope.ts';
import type { CallNode } from './syntax.ts';
import { type ColumnType, missing, type Row, type Value } from './value.ts';

/** One column an aggregate yields. */
interface PickedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** An aggregate that picks rows of a group and yields several of their cells. */
export interface Picking {
  readonly columns: readonly PickedColumn[];
  readonly pick: (rows: readonly Row[], now: bigint) => readonly Value[];
}

/** Whether a call is an aggregate that may yield several columns. */
export function isPicking(name: string): boolean {
  return pickers.has(name);
}

/** Compiles take_any, any, arg_max or arg_min; `keys` are the columns the rows are grouped by, which `*` leaves out. */
export function compilePicking(node: CallNode, scope: Scope, keys: readonly string[]): Picking {
  const compile = pickers.get(node.name);
  if (!compile || node.args.length === 0) throw semanticError(`The function '${node.name}' expects arguments`, node.at);
  return compile(node, scope, keys);
}

type Compile = (node: CallNode, scope: Scope, keys: readonly string[]) => Picking;

function compileArguments(nodes: CallNode['args'], scope: Scope, except: readonly string[]): readonly Expression[] {
  return nodes.flatMap((node) => {
    if (node.kind !== 'star') return [compileExpression(node, scope)];
    const names = scope.columns.map(({ name }) => name).filter((name) => !except.includes(name));
    return names.map((name) => compileExpression({ kind: 'name', name, at: node.at }, scope));
  });
}

function describe(expression: Expression, prefix = ''): PickedColumn {
  return { name: `${prefix}${expression.name ?? ''}`, type: expression.type };
}

function isEmpty(value: Value): boolean {
  return value === null || value === undefined || value === '';
}

/** The first value of each column that holds something: Kusto prefers those, and says no more about which. */
const takeAny: Compile = (node, scope, keys) => {
  const values = compileArguments(node.args, scope, keys);
  const prefix = node.name === 'any' ? 'any_' : '';
  return {
    columns: values.map((value) => describe(value, prefix)),
    pick: (rows, now) =>
      values.map(({ evaluate, type }) => {
        const row = rows.find((candidate) => !isEmpty(evaluate(candidate, now)));
        return row ? evaluate(row, now) : missing(type);
      }),
  };
};

/** The row with the greatest (least) value, the first of equals; a null never wins. */
function argExtreme(sign: 1 | -1): Compile {
  return (node, scope, keys) => {
    const [firstNode, ...otherNodes] = node.args;
    if (!firstNode || firstNode.kind === 'star') throw semanticError(`'${node.name}' expects a value`, node.at);
    const extreme = compileExpression(firstNode, scope);
    if (extreme.type === 'dynamic') throw semanticError('The argument value must be orderable', extreme.at);
    const except = extreme.name === undefined ? keys : [...keys, extreme.name];
    const values = [extreme, ...compileArguments(otherNodes, scope, except)];
    const prefix = extreme.name === undefined ? `${node.name.slice('arg_'.length)}_` : '';
    return {
      columns: values.map((value, index) => describe(value, index === 0 ? prefix : '')),
      pick: (rows, now) => {
        const winner = findExtreme(rows, (row) => extreme.evaluate(row, now), sign);
        return values.map(({ evaluate, type }) => (winner ? evaluate(winner, now) : missing(type)));
      },
    };
  };
}

function findExtreme(rows: readonly Row[], extremeOf: (row: Row) => Value, sign: 1 | -1): Row | undefined {
  let [winner] = rows;
  let best: Value = null;
  for (const row of rows) {
    const value = extremeOf(row) ?? null;
    if (value === null || (best !== null && sign * compareCells(value, best) <= 0)) continue;
    winner = row;
    best = value;
  }
  return winner;
}

const pickers: ReadonlyMap<string, Compile> = new Map([
  ['take_any', takeAny],
  ['any', takeAny],
  ['arg_max', argExtreme(1)],
  ['arg_min', argExtreme(-1)],
]);

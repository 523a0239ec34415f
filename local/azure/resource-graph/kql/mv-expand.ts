import { castDynamic } from './conversion.ts';
import { type Evaluate, requireType } from './expression.ts';
import { compileExpression } from './expression-compiler.ts';
import { QueryError, semanticError } from './query-error.ts';
import type { Relation } from './relation.ts';
import type { Compilation } from './scope.ts';
import type { ExpansionNode, MvExpandNode } from './syntax.ts';
import { type Column, type ColumnType, isArray, isBag, missing, type Row, type Value } from './value.ts';

/** Rows kept of each input row: Resource Graph's default and maximum (2021 page; a later text says 2,000, unconfirmed). */
const DEFAULT_ROWS = 128;
const MAX_ROWS = 400;
const MAX_EXPANSIONS = 3;

interface Expansion {
  readonly name: string;
  readonly type: ColumnType;
  readonly evaluate: Evaluate;
}

/** `mv-expand`: a row for each element. A null gives one row with null, an empty array none (Kusto reference). */
export function mvExpand(input: Relation, node: MvExpandNode, compilation: Compilation): Relation {
  const limit = rowLimit(node, compilation);
  const expansions = node.columns.map((column) => compileExpansion(input, column, compilation));
  const added = expansions.filter(({ name }) => !input.columns.some((column) => column.name === name));
  const index: readonly Column[] = node.indexName === undefined ? [] : [{ name: node.indexName, type: 'long' }];
  const columns = [
    ...input.columns.map((column) => expansions.find(({ name }) => name === column.name) ?? column),
    ...added,
  ].map(({ name, type }) => ({ name, type }));
  const places = columns.map(({ name }) => expansions.findIndex((expansion) => expansion.name === name));
  const expandRow = (row: Row, now: bigint): readonly Row[] => {
    const lists = expansions.map(({ evaluate }) => elementsOf(evaluate(row, now), node.bagsAsArrays));
    const length = Math.min(limit, Math.max(...lists.map((list) => list.length)));
    return Array.from({ length }, (_, position) => {
      const cells = places.map((place, at) =>
        place < 0 ? (row[at] ?? null) : element(lists, expansions, place, position),
      );
      return index.length > 0 ? [...cells, position] : cells;
    });
  };
  return {
    columns: [...columns, ...index],
    sorted: input.sorted,
    rows: (execution) => input.rows(execution).flatMap((row) => expandRow(row, execution.now)),
  };
}

function rowLimit({ limit = DEFAULT_ROWS, at }: MvExpandNode, compilation: Compilation): number {
  compilation.expansions += 1;
  if (compilation.expansions > MAX_EXPANSIONS) {
    throw new QueryError('DisallowedLogicalOperator', `At most ${MAX_EXPANSIONS} mv-expands are allowed`, at);
  }
  if (limit <= MAX_ROWS) return limit;
  throw new QueryError('DisallowedLogicalOperator', `mv-expand keeps at most ${MAX_ROWS} rows`, at);
}

function compileExpansion(input: Relation, node: ExpansionNode, compilation: Compilation): Expansion {
  const expression = compileExpression(node.expression, { columns: input.columns, compilation });
  requireType(expression, ['dynamic']);
  const name = node.names[0] ?? expression.name;
  if (name === undefined) throw semanticError('An expanded expression needs a name', expression.at);
  return { name, type: node.type ?? 'dynamic', evaluate: expression.evaluate };
}

/** A bag falls into bags of one property each, or into pairs of name and value; anything single stands for itself. */
function elementsOf(value: Value, bagsAsArrays: boolean): readonly Value[] {
  if (isArray(value)) return value;
  if (!isBag(value)) return [value ?? null];
  return Object.entries(value).map(([key, item]) => (bagsAsArrays ? [key, item] : { [key]: item }));
}

/** Columns expand side by side: the shorter lists are filled up with nulls. */
function element(
  lists: readonly (readonly Value[])[],
  expansions: readonly Expansion[],
  place: number,
  position: number,
): Value {
  const value = lists[place]?.[position] ?? null;
  const type = expansions[place]?.type ?? 'dynamic';
  return type === 'dynamic' ? value : (castDynamic(value, type) ?? missing(type));
}

import { ColumnNames } from './column-names.ts';
import { commonType, type Expression } from './expression.ts';
import { compileExpression } from './expression-compiler.ts';
import { keyOf } from './grouping.ts';
import { QueryError, semanticError } from './query-error.ts';
import type { Execution, Relation } from './relation.ts';
import type { Compilation } from './scope.ts';
import type { ExpressionNode, JoinNode } from './syntax.ts';
import { missing, type Row, type Value } from './value.ts';

/** Resource Graph allows three joins a query (reference: query-language); whether it counts unions in is unconfirmed. */
const MAX_JOINS = 3;

const flavours = new Set(['innerunique', 'inner', 'leftouter', 'fullouter']);

interface Side {
  readonly relation: Relation;
  readonly keys: readonly Expression[];
  readonly empty: Row;
}

interface Keyed {
  readonly row: Row;
  /** undefined when one of the cells is null: null equals nothing. */
  readonly key: Value | undefined;
}

function compileSide(relation: Relation, nodes: readonly ExpressionNode[], compilation: Compilation): Side {
  const keys = nodes.map((node) => compileExpression(node, { columns: relation.columns, compilation }));
  for (const key of keys) {
    if (key.type !== 'dynamic') continue;
    throw semanticError(`Join key '${key.name}' is of a 'dynamic' type. Please use an explicit cast`, key.at);
  }
  return { relation, keys, empty: relation.columns.map(({ type }) => missing(type)) };
}

function readSide({ relation, keys }: Side, execution: Execution): readonly Keyed[] {
  return relation.rows(execution).map((row) => {
    const cells = keys.map((key) => key.evaluate(row, execution.now) ?? null);
    return { row, key: cells.includes(null) ? undefined : keyOf(cells) };
  });
}

/** innerunique keeps one left row for each key. Which one is not defined; here the first. */
function uniqueByKey(rows: readonly Keyed[]): readonly Keyed[] {
  const seen = new Set<Value>();
  return rows.filter(({ key }) => {
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function groupByKey(rows: readonly Keyed[]): ReadonlyMap<Value, readonly Row[]> {
  const groups = new Map<Value, Row[]>();
  for (const { key, row } of rows) {
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** `join`: all columns of both sides; a right column whose name the left has gets a number at its end. */
export function join(left: Relation, right: Relation, node: JoinNode, compilation: Compilation): Relation {
  const { flavour, at } = node;
  if (!flavours.has(flavour)) throw semanticError(`The join kind '${flavour}' is not supported`, at);
  compilation.joins += 1;
  if (compilation.joins > MAX_JOINS) {
    throw new QueryError('DisallowedLogicalOperator', `At most ${MAX_JOINS} joins are allowed in a query`, at);
  }
  const leftSide = compileSide(
    left,
    node.conditions.map((condition) => condition.left),
    compilation,
  );
  const rightSide = compileSide(
    right,
    node.conditions.map((condition) => condition.right),
    compilation,
  );
  requireSameTypes(leftSide, rightSide);
  const names = new ColumnNames();
  const columns = [...left.columns, ...right.columns].map(({ name, type }) => ({ name: names.unique(name), type }));
  return { columns, sorted: false, rows: (execution) => joinRows(leftSide, rightSide, flavour, execution) };
}

function requireSameTypes(left: Side, right: Side): void {
  for (const [index, key] of left.keys.entries()) {
    const other = right.keys[index];
    if (other && commonType(key.type, other.type) === undefined) {
      throw semanticError(`Inconsistent data types for join keys: (${key.type}, ${other.type})`, key.at);
    }
  }
}

function joinRows(left: Side, right: Side, flavour: string, execution: Execution): readonly Row[] {
  const read = readSide(left, execution);
  const leftRows = flavour === 'innerunique' ? uniqueByKey(read) : read;
  const rightRows = readSide(right, execution);
  const rightByKey = groupByKey(rightRows);
  const result: Row[] = [];
  for (const { row, key } of leftRows) {
    const matches = key === undefined ? undefined : rightByKey.get(key);
    if (matches) for (const match of matches) result.push([...row, ...match]);
    else if (flavour === 'leftouter' || flavour === 'fullouter') result.push([...row, ...right.empty]);
  }
  if (flavour !== 'fullouter') return result;
  const leftKeys = new Set(leftRows.map(({ key }) => key));
  const unmatched = rightRows.filter(({ key }) => key === undefined || !leftKeys.has(key));
  return [...result, ...unmatched.map(({ row }) => [...left.empty, ...row])];
}

import { ColumnNames } from './column-names.ts';
import type { Evaluate } from './expression.ts';
import { compileExpression } from './expression-compiler.ts';
import { semanticError, syntaxError } from './query-error.ts';
import type { Relation } from './relation.ts';
import type { Compilation } from './scope.ts';
import type { NamedNode, PatternNode } from './syntax.ts';
import type { Column } from './value.ts';

interface Made {
  readonly column: Column;
  readonly evaluate: Evaluate;
}

function compileColumns(input: Relation, nodes: readonly NamedNode[], compilation: Compilation): readonly Made[] {
  const names = new ColumnNames();
  return nodes.map((node) => {
    const expression = compileExpression(node.expression, { columns: input.columns, compilation });
    if (node.names.length > 1) throw syntaxError('A scalar expression has one name', expression.at);
    const name = names.of(node.names, expression);
    return { column: { name, type: expression.type }, evaluate: expression.evaluate };
  });
}

function computed(input: Relation, made: readonly Made[]): Relation {
  const cells = made.map(({ evaluate }) => evaluate);
  return {
    columns: made.map(({ column }) => column),
    sorted: input.sorted,
    rows: (execution) => input.rows(execution).map((row) => cells.map((cell) => cell(row, execution.now) ?? null)),
  };
}

function kept(input: Relation, column: Column): Made {
  const index = input.columns.indexOf(column);
  return { column, evaluate: (row) => row[index] };
}

/** `project`: exactly these columns. */
export function project(input: Relation, nodes: readonly NamedNode[], compilation: Compilation): Relation {
  return computed(input, compileColumns(input, nodes, compilation));
}

/** `extend`: adds columns; one of the same name is replaced in its place. */
export function extend(input: Relation, nodes: readonly NamedNode[], compilation: Compilation): Relation {
  const made = compileColumns(input, nodes, compilation);
  const byName = new Map(made.map((item) => [item.column.name, item]));
  const existing = input.columns.map((column) => byName.get(column.name) ?? kept(input, column));
  const added = made.filter((item) => !input.columns.some(({ name }) => name === item.column.name));
  return computed(input, [...existing, ...added]);
}

/** The columns a pattern names; there must be at least one. */
function matching(input: Relation, { pattern, at }: PatternNode): readonly Column[] {
  const literal = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const form = new RegExp(`^${literal.join('.*')}$`);
  const found = input.columns.filter(({ name }) => form.test(name));
  if (found.length === 0) throw semanticError(`The name '${pattern}' does not refer to any known column`, at);
  return found;
}

/** `project-away`, `project-keep` and `project-reorder`: the same cells in fewer or differently ordered columns. */
export function choose(
  input: Relation,
  kind: 'project-away' | 'project-keep' | 'project-reorder',
  patterns: readonly PatternNode[],
): Relation {
  const named = [...new Set(patterns.flatMap((pattern) => matching(input, pattern)))];
  const others = input.columns.filter((column) => !named.includes(column));
  const inPlace = input.columns.filter((column) => named.includes(column));
  const columns = { 'project-away': others, 'project-keep': inPlace, 'project-reorder': [...named, ...others] }[kind];
  return computed(
    input,
    columns.map((column) => kept(input, column)),
  );
}

/** `project-rename new = old`. */
export function rename(input: Relation, nodes: readonly NamedNode[]): Relation {
  const renamed = new Map<string, string>();
  for (const { names, expression } of nodes) {
    const [name] = names;
    if (name === undefined || expression.kind !== 'name') throw syntaxError('Expected new = old', expression.at);
    if (!input.columns.some((column) => column.name === expression.name)) {
      throw semanticError(`The name '${expression.name}' does not refer to any known column`, expression.at);
    }
    renamed.set(expression.name, name);
  }
  return { ...input, columns: input.columns.map(({ name, type }) => ({ name: renamed.get(name) ?? name, type })) };
}

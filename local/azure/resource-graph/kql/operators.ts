import { distinctColumns, distinctRows } from './distinct.ts';
import { requireType } from './expression.ts';
import { compileExpression } from './expression-compiler.ts';
import { join } from './join.ts';
import { mvExpand } from './mv-expand.ts';
import { choose, extend, project, rename } from './projection.ts';
import type { Relation } from './relation.ts';
import { orderBy, take } from './row-order.ts';
import type { Compilation } from './scope.ts';
import { summarize } from './summarize.ts';
import type { ExpressionNode, OperatorNode, PipelineNode } from './syntax.ts';
import { table } from './table.ts';
import { typesKept } from './type-filter.ts';
import { union } from './union.ts';

/** Compiles a source and the operators after it. */
export function compilePipeline(pipeline: PipelineNode, compilation: Compilation): Relation {
  const source = compileSource(pipeline, compilation);
  return pipeline.operators.reduce((input, operator) => compileOperator(input, operator, compilation), source);
}

function compileSource({ source, operators }: PipelineNode, compilation: Compilation): Relation {
  if (!('kind' in source)) return compilePipeline(source, compilation);
  if (source.kind === 'table') {
    return compilation.relations.get(source.name) ?? table(source.name, source.at, typesKept(operators));
  }
  const legs = source.legs.map((leg) => compilePipeline(leg, compilation));
  return union(legs, source.inner, source.at, compilation);
}

function compileOperator(input: Relation, node: OperatorNode, compilation: Compilation): Relation {
  switch (node.kind) {
    case 'where':
      return where(input, node.predicate, compilation);
    case 'extend':
      return extend(input, node.columns, compilation);
    case 'project':
      return project(input, node.columns, compilation);
    case 'distinct':
      return distinctColumns(input, node.columns, compilation);
    case 'distinct-all':
      return distinctRows(input, node.at);
    case 'project-away':
    case 'project-keep':
    case 'project-reorder':
      return choose(input, node.kind, node.patterns);
    case 'project-rename':
      return rename(input, node.columns);
    case 'summarize':
      return summarize(input, node, compilation);
    case 'order':
      return orderBy(input, node.keys, compilation);
    case 'top':
      return take(orderBy(input, [node.key], compilation), node.count, compilation);
    case 'take':
      return take(input, node.count, compilation);
    case 'count':
      return count(input, node.name);
    case 'mv-expand':
      return mvExpand(input, node, compilation);
    case 'join':
      return join(input, compilePipeline(node.right, compilation), node, compilation);
    case 'union':
      return union(
        [input, ...node.legs.map((leg) => compilePipeline(leg, compilation))],
        node.inner,
        node.at,
        compilation,
      );
  }
}

/** `where`: a predicate that is null keeps nothing. */
function where(input: Relation, node: ExpressionNode, compilation: Compilation): Relation {
  const predicate = compileExpression(node, { columns: input.columns, compilation });
  requireType(predicate, ['bool']);
  const { evaluate } = predicate;
  return {
    ...input,
    rows: (execution) => input.rows(execution).filter((row) => evaluate(row, execution.now) === true),
  };
}

function count(input: Relation, name: string): Relation {
  return { columns: [{ name, type: 'long' }], sorted: true, rows: (execution) => [[input.rows(execution).length]] };
}

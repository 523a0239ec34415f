import type { Position } from './query-error.ts';
import type { ColumnType, Value } from './value.ts';

/** A scalar expression as written. */
export type ExpressionNode =
  | { readonly kind: 'literal'; readonly type: ColumnType; readonly value: Value; readonly at: Position }
  | { readonly kind: 'type'; readonly type: ColumnType; readonly at: Position }
  | { readonly kind: 'star'; readonly at: Position }
  | { readonly kind: 'name'; readonly name: string; readonly at: Position }
  | { readonly kind: 'member'; readonly target: ExpressionNode; readonly key: string; readonly at: Position }
  | { readonly kind: 'index'; readonly target: ExpressionNode; readonly key: ExpressionNode; readonly at: Position }
  | CallNode
  | { readonly kind: 'negate'; readonly operand: ExpressionNode; readonly at: Position }
  | BinaryNode
  | ListNode
  | BetweenNode;

/** `name(arguments)`. */
export interface CallNode {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly ExpressionNode[];
  readonly at: Position;
}

/** `left operator right`; the operator stands at `at`. */
export interface BinaryNode {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly at: Position;
}

/** `left in (items)` and its relatives, has_any and has_all. */
export interface ListNode {
  readonly kind: 'list';
  readonly operator: string;
  readonly left: ExpressionNode;
  readonly items: readonly ExpressionNode[];
  readonly at: Position;
}

/** `left between (low .. high)`. */
export interface BetweenNode {
  readonly kind: 'between';
  readonly negated: boolean;
  readonly left: ExpressionNode;
  readonly low: ExpressionNode;
  readonly high: ExpressionNode;
  readonly at: Position;
}

/** `name = expression`, `(a, b) = expression`, or an expression whose name follows from it (no names). */
export interface NamedNode {
  readonly names: readonly string[];
  readonly expression: ExpressionNode;
}

/** A key of order by or top; nulls first or last when the text says so. */
export interface SortNode {
  readonly expression: ExpressionNode;
  readonly descending: boolean;
  readonly nullsFirst: boolean | undefined;
}

/** A column name or a pattern with `*`. */
export interface PatternNode {
  readonly pattern: string;
  readonly at: Position;
}

/** One expanded column of mv-expand. */
export interface ExpansionNode extends NamedNode {
  readonly type: ColumnType | undefined;
}

/** One condition of a join: two columns that must be equal. */
export interface JoinConditionNode {
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

/** An operator after a pipe. */
export type OperatorNode =
  | { readonly kind: 'where'; readonly predicate: ExpressionNode }
  | { readonly kind: 'extend' | 'project' | 'distinct'; readonly columns: readonly NamedNode[] }
  | { readonly kind: 'distinct-all'; readonly at: Position }
  | { readonly kind: 'project-away' | 'project-keep' | 'project-reorder'; readonly patterns: readonly PatternNode[] }
  | { readonly kind: 'project-rename'; readonly columns: readonly NamedNode[] }
  | SummarizeNode
  | { readonly kind: 'order'; readonly keys: readonly SortNode[] }
  | { readonly kind: 'top'; readonly count: ExpressionNode; readonly key: SortNode }
  | { readonly kind: 'take'; readonly count: ExpressionNode }
  | { readonly kind: 'count'; readonly name: string }
  | MvExpandNode
  | JoinNode
  | UnionNode;

/** `summarize aggregates by keys`. */
export interface SummarizeNode {
  readonly kind: 'summarize';
  readonly aggregates: readonly NamedNode[];
  readonly keys: readonly NamedNode[];
}

/** `mv-expand columns limit n`. */
export interface MvExpandNode {
  readonly kind: 'mv-expand';
  readonly columns: readonly ExpansionNode[];
  readonly bagsAsArrays: boolean;
  readonly indexName: string | undefined;
  readonly limit: number | undefined;
  readonly at: Position;
}

/** `join kind=... (right) on conditions`. */
export interface JoinNode {
  readonly kind: 'join';
  readonly flavour: string;
  readonly right: PipelineNode;
  readonly conditions: readonly JoinConditionNode[];
  readonly at: Position;
}

/** `union kind=... legs`, as source or after a pipe. */
export interface UnionNode {
  readonly kind: 'union';
  readonly inner: boolean;
  readonly legs: readonly PipelineNode[];
  readonly at: Position;
}

/** A source and the operators its rows go through. */
export interface PipelineNode {
  readonly source: { readonly kind: 'table'; readonly name: string; readonly at: Position } | PipelineNode | UnionNode;
  readonly operators: readonly OperatorNode[];
}

/** `let name = value;` where the value is a scalar or a pipeline. */
export type LetNode =
  | { readonly kind: 'scalar'; readonly name: string; readonly expression: ExpressionNode }
  | { readonly kind: 'relation'; readonly name: string; readonly pipeline: PipelineNode };

/** A whole query text. */
export interface QueryNode {
  readonly lets: readonly LetNode[];
  readonly pipeline: PipelineNode;
}

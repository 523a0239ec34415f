import type { ExpressionNode, OperatorNode } from './syntax.ts';

/**
 * The lower-cased types outside of which the first `where` operators of a pipeline keep no row; undefined if they say
 * nothing of it that can be read off their text. Case is left to the operators themselves.
 */
export function typesKept(operators: readonly OperatorNode[]): ReadonlySet<string> | undefined {
  const [first, ...others] = operators;
  if (first?.kind !== 'where') return undefined;
  return both(typesOf(first.predicate), typesKept(others));
}

type Types = ReadonlySet<string> | undefined;

function both(left: Types, right: Types): Types {
  if (left === undefined || right === undefined) return left ?? right;
  return new Set([...left].filter((type) => right.has(type)));
}

function typesOf(node: ExpressionNode): Types {
  if (node.kind === 'list') return /^in~?$/.test(node.operator) && isType(node.left) ? texts(node.items) : undefined;
  if (node.kind !== 'binary') return undefined;
  if (node.operator === 'and') return both(typesOf(node.left), typesOf(node.right));
  return /^=[=~]$/.test(node.operator) && isType(node.left) ? texts([node.right]) : undefined;
}

const isType = (node: ExpressionNode): boolean => node.kind === 'name' && node.name === 'type';

/** The literals of a list in lower case; undefined as soon as one is something else. */
function texts(nodes: readonly ExpressionNode[]): Types {
  const values = nodes.map((node) => (node.kind === 'literal' ? node.value : undefined));
  return values.every((value) => typeof value === 'string')
    ? new Set(values.map((value) => value.toLowerCase()))
    : undefined;
}

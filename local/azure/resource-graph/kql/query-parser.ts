import { Cursor } from './cursor.ts';
import { parseExpression } from './expression-parser.ts';
import { operatorParsers } from './operator-parser.ts';
import { type Position, QueryError, syntaxError } from './query-error.ts';
import type {
  JoinConditionNode,
  JoinNode,
  LetNode,
  OperatorNode,
  PipelineNode,
  QueryNode,
  UnionNode,
} from './syntax.ts';

/** Parses a whole query text: let statements, then one pipeline. A text that starts with an operator reads `Resources`. */
export function parseQuery(text: string): QueryNode {
  const cursor = new Cursor(text);
  const lets: LetNode[] = [];
  while (cursor.accept('let')) lets.push(parseLet(cursor, lets));
  const pipeline = parsePipeline(cursor);
  cursor.accept(';');
  if (cursor.peek().kind !== 'end') throw syntaxError('Expected a pipe or the end of the query', cursor.at);
  return { lets, pipeline };
}

function parseLet(cursor: Cursor, earlier: readonly LetNode[]): LetNode {
  const name = cursor.expectName().text;
  cursor.expect('=');
  const statement: LetNode = startsRelation(cursor, earlier)
    ? { kind: 'relation', name, pipeline: parsePipeline(cursor) }
    : { kind: 'scalar', name, expression: parseExpression(cursor) };
  cursor.expect(';');
  return statement;
}

/** A bare name is a table unless it is an earlier scalar; anything that goes on like a pipeline is one. */
function startsRelation(cursor: Cursor, earlier: readonly LetNode[]): boolean {
  const start = cursor.sees('(') ? 1 : 0;
  const { kind, text } = cursor.peek(start);
  if (kind !== 'name') return false;
  if (cursor.sees('|', start + 1) || text === 'union') return true;
  const ends = cursor.sees(';', start + 1) || cursor.sees(')', start + 1);
  return ends && !earlier.some((statement) => statement.kind === 'scalar' && statement.name === text);
}

function parsePipeline(cursor: Cursor): PipelineNode {
  const startsWithOperator = isOperator(cursor.peek().text) && cursor.peek().kind === 'name' && !cursor.sees('|', 1);
  if (startsWithOperator && !cursor.sees('union')) {
    const source: PipelineNode['source'] = { kind: 'table', name: 'resources', at: cursor.at };
    return { source, operators: [parseOperator(cursor), ...parseOperators(cursor)] };
  }
  return { source: parseSource(cursor), operators: parseOperators(cursor) };
}

function parseSource(cursor: Cursor): PipelineNode['source'] {
  const at = cursor.at;
  if (cursor.accept('union')) return parseUnion(cursor, at);
  return parseLeg(cursor).source;
}

function parseOperators(cursor: Cursor): readonly OperatorNode[] {
  const operators: OperatorNode[] = [];
  while (cursor.accept('|')) operators.push(parseOperator(cursor));
  return operators;
}

function isOperator(name: string): boolean {
  return name === 'join' || name === 'union' || operatorParsers.has(name);
}

function parseOperator(cursor: Cursor): OperatorNode {
  const { text, at } = cursor.expectName();
  if (text === 'join') return parseJoin(cursor, at);
  if (text === 'union') return parseUnion(cursor, at);
  const parse = operatorParsers.get(text);
  // The real service answers this one without a position: line -1, character -1 (seen for parse).
  if (!parse) {
    const nowhere = { line: -1, character: -1, token: text };
    throw new QueryError('InvalidQueryLanguage', `The operator '${text}' is not supported`, nowhere);
  }
  return parse(cursor, at);
}

/** A table, or a pipeline in parentheses. */
function parseLeg(cursor: Cursor): PipelineNode {
  if (cursor.accept('(')) {
    const pipeline = parsePipeline(cursor);
    cursor.expect(')');
    return { source: pipeline, operators: [] };
  }
  const { text: name, at } = cursor.expectName();
  return { source: { kind: 'table', name, at }, operators: [] };
}

function parseUnion(cursor: Cursor, at: Position): UnionNode {
  let inner = false;
  if (cursor.sees('kind') && cursor.sees('=', 1)) {
    cursor.next();
    cursor.next();
    inner = cursor.accept('inner');
    if (!inner) cursor.expect('outer');
  }
  return { kind: 'union', inner, legs: cursor.list(() => parseLeg(cursor)), at };
}

function parseJoin(cursor: Cursor, at: Position): JoinNode {
  let flavour = 'innerunique';
  if (cursor.accept('kind')) {
    cursor.expect('=');
    flavour = cursor.expectName().text;
  }
  const right = parseLeg(cursor);
  cursor.expect('on');
  const conditions = cursor.list(() => parseJoinCondition(cursor));
  return { kind: 'join', flavour, right, conditions, at };
}

function parseJoinCondition(cursor: Cursor): JoinConditionNode {
  const at = cursor.at;
  const condition = parseExpression(cursor);
  if (condition.kind === 'name') return { left: condition, right: condition };
  if (condition.kind !== 'binary' || condition.operator !== '==') {
    throw syntaxError('Expected a column, or $left.column == $right.column', at);
  }
  const sides = [joinSide(condition.left), joinSide(condition.right)] as const;
  const [first, second] = sides;
  if (first?.side === '$left' && second?.side === '$right') return { left: first.column, right: second.column };
  if (first?.side === '$right' && second?.side === '$left') return { left: second.column, right: first.column };
  throw syntaxError('Expected $left.column == $right.column', at);
}

function joinSide(node: JoinConditionNode['left']) {
  if (node.kind !== 'member' || node.target.kind !== 'name') return undefined;
  return { side: node.target.name, column: { kind: 'name', name: node.key, at: node.at } as const };
}

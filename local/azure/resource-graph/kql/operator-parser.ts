import type { Cursor } from './cursor.ts';
import { parseExpression, parseNamed, parseTypeName } from './expression-parser.ts';
import { type Position, syntaxError } from './query-error.ts';
import type { ExpansionNode, MvExpandNode, OperatorNode, PatternNode, SortNode, SummarizeNode } from './syntax.ts';

/** Parses the rest of an operator, after its name; `at` is where the name stands. */
type OperatorParser = (cursor: Cursor, at: Position) => OperatorNode;

const patternList = (kind: 'project-away' | 'project-keep' | 'project-reorder'): OperatorParser => {
  return (cursor) => ({ kind, patterns: cursor.list(() => parsePattern(cursor)) });
};

const parseWhere: OperatorParser = (cursor) => ({ kind: 'where', predicate: parseExpression(cursor) });
const parseTake: OperatorParser = (cursor) => ({ kind: 'take', count: parseExpression(cursor) });

const parseOrder: OperatorParser = (cursor) => {
  cursor.expect('by');
  return { kind: 'order', keys: cursor.list(() => parseSortKey(cursor)) };
};

const parseTop: OperatorParser = (cursor) => {
  const count = parseExpression(cursor);
  cursor.expect('by');
  return { kind: 'top', count, key: parseSortKey(cursor) };
};

const parseDistinct: OperatorParser = (cursor, at) => {
  if (cursor.accept('*')) return { kind: 'distinct-all', at };
  return { kind: 'distinct', columns: cursor.list(() => parseNamed(cursor)) };
};

const parseCount: OperatorParser = (cursor) => {
  return { kind: 'count', name: cursor.accept('as') ? cursor.expectName().text : 'Count' };
};

/** The operators Resource Graph documents, but for join and union, which hold pipelines of their own. */
export const operatorParsers: ReadonlyMap<string, OperatorParser> = new Map([
  ['where', parseWhere],
  ['filter', parseWhere],
  ['extend', (cursor) => ({ kind: 'extend', columns: cursor.list(() => parseNamed(cursor)) })],
  ['project', (cursor) => ({ kind: 'project', columns: cursor.list(() => parseNamed(cursor)) })],
  ['project-away', patternList('project-away')],
  ['project-keep', patternList('project-keep')],
  ['project-reorder', patternList('project-reorder')],
  ['project-rename', (cursor) => ({ kind: 'project-rename', columns: cursor.list(() => parseNamed(cursor)) })],
  ['summarize', parseSummarize],
  ['order', parseOrder],
  ['sort', parseOrder],
  ['top', parseTop],
  ['take', parseTake],
  ['limit', parseTake],
  ['count', parseCount],
  ['distinct', parseDistinct],
  ['mv-expand', parseMvExpand],
  ['mvexpand', parseMvExpand],
]);

function parsePattern(cursor: Cursor): PatternNode {
  const at = cursor.at;
  let pattern = '';
  while (cursor.sees('*') || (pattern === '' || pattern.endsWith('*') ? isName(cursor) : false)) {
    const { kind, text } = cursor.next();
    pattern += kind === 'symbol' ? '*' : text;
  }
  if (pattern === '') throw syntaxError('Expected a column', at);
  return { pattern, at };
}

function isName(cursor: Cursor): boolean {
  const { kind } = cursor.peek();
  return kind === 'name' || kind === 'quoted-name';
}

function parseSortKey(cursor: Cursor): SortNode {
  const expression = parseExpression(cursor);
  const descending = !cursor.accept('asc');
  if (descending) cursor.accept('desc');
  if (!cursor.accept('nulls')) return { expression, descending, nullsFirst: undefined };
  const nullsFirst = cursor.accept('first');
  if (!nullsFirst) cursor.expect('last');
  return { expression, descending, nullsFirst };
}

function parseSummarize(cursor: Cursor): SummarizeNode {
  const aggregates = cursor.sees('by') ? [] : cursor.list(() => parseNamed(cursor));
  const keys = cursor.accept('by') ? cursor.list(() => parseNamed(cursor)) : [];
  return { kind: 'summarize', aggregates, keys };
}

function parseMvExpand(cursor: Cursor, at: Position): MvExpandNode {
  let bagsAsArrays = false;
  let indexName: string | undefined;
  while (cursor.sees('=', 1) && (cursor.sees('kind') || cursor.sees('bagexpansion') || cursor.sees('with_itemindex'))) {
    const option = cursor.next().text;
    cursor.expect('=');
    const value = cursor.expectName();
    if (option === 'with_itemindex') indexName = value.text;
    else if (value.text === 'bag' || value.text === 'array') bagsAsArrays = value.text === 'array';
    else throw syntaxError("Expected 'bag' or 'array'", value.at);
  }
  const columns = cursor.list(() => parseExpansion(cursor));
  return { kind: 'mv-expand', columns, bagsAsArrays, indexName, limit: parseRowLimit(cursor), at };
}

function parseExpansion(cursor: Cursor): ExpansionNode {
  const named = parseNamed(cursor);
  if (!cursor.accept('to')) return { ...named, type: undefined };
  cursor.expect('typeof');
  cursor.expect('(');
  const type = parseTypeName(cursor);
  cursor.expect(')');
  return { ...named, type };
}

function parseRowLimit(cursor: Cursor): number | undefined {
  if (!cursor.accept('limit')) return undefined;
  const { value, at } = cursor.next();
  if (typeof value !== 'number') throw syntaxError('Expected a number of rows', at);
  return value;
}

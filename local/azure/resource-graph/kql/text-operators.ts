import { type Evaluate, type Expression, readText } from './expression.ts';
import { semanticError } from './query-error.ts';

/** Decides one text operator on operands that are already folded to one case where the operator ignores case. */
type Match = (text: string, needle: string) => boolean;

interface TextOperator {
  readonly matches: Match;
  readonly sensitive: boolean;
}

const alphanumeric = /[\p{L}\p{N}]/u;

function isTermCharacter(text: string, index: number): boolean {
  return alphanumeric.test(text.charAt(index));
}

/** Whether a term boundary lies before `index`: the ends of the text and every change from or to alphanumeric are one. */
function isBoundary(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return true;
  return !(isTermCharacter(text, index - 1) && isTermCharacter(text, index));
}

function findsTerm(text: string, needle: string, start: boolean, end: boolean): boolean {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    if ((!start || isBoundary(text, at)) && (!end || isBoundary(text, at + needle.length))) return true;
  }
  return false;
}

const has: Match = (text, needle) => findsTerm(text, needle, true, true);
const contains: Match = (text, needle) => text.includes(needle);
const startsWith: Match = (text, needle) => text.startsWith(needle);
const endsWith: Match = (text, needle) => text.endsWith(needle);
const equals: Match = (text, needle) => text === needle;

const operators: Readonly<Record<string, TextOperator>> = {
  '=~': { matches: equals, sensitive: false },
  has: { matches: has, sensitive: false },
  has_cs: { matches: has, sensitive: true },
  hasprefix: { matches: (text, needle) => findsTerm(text, needle, true, false), sensitive: false },
  hassuffix: { matches: (text, needle) => findsTerm(text, needle, false, true), sensitive: false },
  contains: { matches: contains, sensitive: false },
  contains_cs: { matches: contains, sensitive: true },
  startswith: { matches: startsWith, sensitive: false },
  startswith_cs: { matches: startsWith, sensitive: true },
  endswith: { matches: endsWith, sensitive: false },
  endswith_cs: { matches: endsWith, sensitive: true },
};

/** Whether a name is an operator between texts, possibly negated (`!has`, `!~`). */
export function isTextOperator(name: string): boolean {
  return name === '!~' || bareName(name) in operators;
}

function bareName(name: string): string {
  if (name === '!~') return '=~';
  return name.startsWith('!') ? name.slice(1) : name;
}

/** Compiles `left operator right` for texts. */
export function compileTextOperator(name: string, left: Expression, right: Expression): Evaluate {
  const operator = operators[bareName(name)];
  if (!operator) throw semanticError(`Unknown operator '${name}'`, left.at);
  const { matches, sensitive } = operator;
  const wanted = !name.startsWith('!');
  const text = readText(left);
  const needle = readText(right);
  if (right.constant) {
    const fixed = fold(needle([], 0n), sensitive);
    return (row, now) => matches(fold(text(row, now), sensitive), fixed) === wanted;
  }
  return (row, now) => matches(fold(text(row, now), sensitive), fold(needle(row, now), sensitive)) === wanted;
}

function fold(text: string, sensitive: boolean): string {
  return sensitive ? text : text.toLowerCase();
}

/** Whether a text holds a whole term, in any case: what has_any and has_all ask of each of their items. */
export function hasTerm(text: string, needle: string): boolean {
  return has(text.toLowerCase(), needle.toLowerCase());
}

/** Compiles `left matches regex right`. RE2 syntax is read as JavaScript's; only a leading `(?i)` is translated. */
export function compileMatchesRegex(left: Expression, right: Expression): Evaluate {
  const text = readText(left);
  const pattern = readText(right);
  const fixed = right.constant ? regularExpression(pattern([], 0n), right) : undefined;
  return (row, now) => (fixed ?? regularExpression(pattern(row, now), right)).test(text(row, now));
}

/** The regular expression of a pattern; a pattern that is none is an error at its place in the query. */
export function regularExpression(pattern: string, from: Pick<Expression, 'at'>, flags = ''): RegExp {
  const ignoresCase = pattern.startsWith('(?i)');
  try {
    return new RegExp(ignoresCase ? pattern.slice(4) : pattern, `${flags}${ignoresCase ? 'i' : ''}u`);
  } catch {
    throw semanticError(`'${pattern}' is not a regular expression`, from.at);
  }
}

import { type Position, syntaxError } from './query-error.ts';
import { parseDatetime, parseTimespan } from './ticks.ts';
import type { ColumnType, Value } from './value.ts';

/** What a token is; a `literal` carries its type and value, an `unknown` one fits nothing and is for the parser to refuse. */
export type TokenKind = 'name' | 'quoted-name' | 'literal' | 'symbol' | 'unknown' | 'end';

/** One token of a query text. `text` is what it means (a name without its brackets), `at.token` what stands there. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: Position;
  readonly type?: ColumnType;
  readonly value?: Value;
}

type Reading = Omit<Token, 'at'>;
interface Rule {
  readonly form: RegExp;
  readonly read: (match: RegExpExecArray, at: Position) => Reading | undefined;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

function readEscapes(body: string): string {
  return body.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) =>
    code.length === 5 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? code),
  );
}

function literal(type: ColumnType, value: Value): Reading {
  return { kind: 'literal', text: '', type, value };
}

const numberTypes: Readonly<Record<string, ColumnType>> = { int: 'int', long: 'long', real: 'real', double: 'real' };

/** `datetime(...)`, `int(...)` and the like hold raw text rather than an expression. */
function typedLiteral(kind: string, body: string, at: Position): Reading {
  const text = body.trim().replace(/^(['"])(.*)\1$/, '$2');
  const [type, value] = readTyped(kind.toLowerCase(), text);
  if (text === 'null') return literal(type, null);
  if (value === null) throw syntaxError(`'${text}' is not a ${kind}`, at);
  return literal(type, value);
}

function readTyped(kind: string, text: string): readonly [ColumnType, Value] {
  if (kind === 'datetime' || kind === 'date') return ['datetime', parseDatetime(text)];
  if (kind === 'timespan' || kind === 'time') return ['timespan', parseTimespan(text)];
  if (kind === 'bool' || kind === 'boolean') return ['bool', /^(true|false)$/i.test(text) ? /^t/i.test(text) : null];
  const type = numberTypes[kind] ?? 'long';
  const form = type === 'real' ? /^[+-]?\d+(\.\d*)?(e[+-]?\d+)?$/i : /^[+-]?\d+$/;
  return [type, form.test(text) ? Number(text) : null];
}

const rules: readonly Rule[] = [
  { form: /(?:\s|\/\/[^\n]*)+/y, read: () => undefined },
  { form: /@"((?:[^"]|"")*)"|@'((?:[^']|'')*)'/y, read: ([, a, b]) => literal('string', verbatim(a, b)) },
  {
    form: /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y,
    read: ([, a, b]) => literal('string', readEscapes(a ?? b ?? '')),
  },
  {
    form: /(datetime|date|timespan|time|boolean|bool|int|long|real|double)[ \t]*\(([^()]*)\)/y,
    read: ([, kind = '', body = ''], at) => typedLiteral(kind, body, at),
  },
  {
    form: /\d+(?:\.\d+)?(?:days?|d|hrs?|hours?|h|minutes?|min|milliseconds?|millis|milli|ms|microseconds?|micros?|ticks?|m|seconds?|sec|s)\b/y,
    read: ([text]) => literal('timespan', parseTimespan(text)),
  },
  { form: /\d+\.\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+/iy, read: ([text]) => literal('real', Number(text)) },
  { form: /\d+(?![\w])/y, read: ([text]) => literal('long', Number(text)) },
  { form: /(?:true|false)\b/y, read: ([text]) => literal('bool', text === 'true') },
  {
    form: /\[\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)')\s*\]/y,
    read: ([, a, b]) => ({ kind: 'quoted-name', text: a ?? b ?? '' }),
  },
  {
    form: /(?:project|mv|make|top|parse|sample|graph)-[a-z]+(?:-[a-z]+)*/y,
    read: ([text]) => ({ kind: 'name', text }),
  },
  { form: /![a-z][a-z_]*~?|in~/y, read: ([text]) => ({ kind: 'symbol', text }) },
  { form: /[A-Za-z_$][\w]*/y, read: ([text]) => ({ kind: 'name', text }) },
  { form: /!=|!~|<>|==|=~|<=|>=|\.\.|[-+*/%<>=(),|.;:[\]{}]/y, read: ([text]) => ({ kind: 'symbol', text }) },
  { form: /\S+/y, read: ([text]) => ({ kind: 'unknown', text }) },
];

function verbatim(double: string | undefined, single: string | undefined): string {
  return double === undefined ? (single ?? '').replaceAll("''", "'") : double.replaceAll('""', '"');
}

/** Cuts a query text into tokens, the last of kind `end`. Throws a ParserFailure for a typed literal that is none. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  while (offset < text.length) {
    const [rule, match] = nextMatch(text, offset);
    const raw = match[0];
    const at = { line, character: offset - lineStart, token: raw };
    const reading = rule.read(match, at);
    if (reading) tokens.push({ ...reading, at });
    for (let end = raw.indexOf('\n'); end >= 0; end = raw.indexOf('\n', end + 1)) {
      line += 1;
      lineStart = offset + end + 1;
    }
    offset += raw.length;
  }
  tokens.push({ kind: 'end', text: '', at: { line, character: offset - lineStart, token: '<EOF>' } });
  return tokens;
}

function nextMatch(text: string, offset: number): readonly [Rule, RegExpExecArray] {
  for (const rule of rules) {
    rule.form.lastIndex = offset;
    const match = rule.form.exec(text);
    if (match) return [rule, match];
  }
  throw new Error('every character is space or fits the last rule');
}

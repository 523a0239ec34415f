import { StartError } from '../start-error.ts';
import { type Constraint, parseConstraint } from './route-constraints.ts';

/** A compiled ASP.NET route template. */
export interface RouteTemplate {
  /** One digit per segment; of two templates that match, the one that sorts first wins. */
  readonly precedence: string;
  /** The route values, absent optional ones left out; undefined when the path does not match. */
  match(path: string): Readonly<Record<string, string>> | undefined;
}

interface Parameter {
  readonly name: string;
  readonly isRest: boolean;
  readonly isOptional: boolean;
  readonly fallback: string | undefined;
  readonly constraints: readonly Constraint[];
}

interface Segment {
  readonly pattern: string;
  readonly digit: number;
  readonly parameters: readonly Parameter[];
}

/**
 * Compiles literals, `{p}`, `{p?}`, `{p=default}`, `{*rest}`, constraints, and several parts in one segment. Case is
 * ignored, and so is a slash at the end. Throws a StartError for a template this host cannot read.
 */
export function compileRoute(template: string): RouteTemplate {
  const segments = splitPath(template).map((text) => parseSegment(text, template));
  const parameters = segments.flatMap((segment) => segment.parameters);
  const pattern = new RegExp(`^${segments.map((segment) => segment.pattern).join('')}$`, 'is');
  return {
    precedence: segments.map(({ digit }) => digit).join(''),
    match(path) {
      const values = pattern.exec(splitPath(path).map(decodeSegment).map(prefixSlash).join(''))?.slice(1);
      return values === undefined ? undefined : toRouteValues(parameters, values);
    },
  };
}

function splitPath(path: string): readonly string[] {
  const trimmed = path.replace(/^\//, '').replace(/\/$/, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

const prefixSlash = (segment: string) => `/${segment}`;

/** ASP.NET leaves an encoded slash encoded, so that it does not become a separator. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment.replaceAll(/%2f/gi, '%252F'));
  } catch {
    return segment;
  }
}

function parseSegment(text: string, template: string): Segment {
  const parts = text.split(/(\{[^}]*\})/).filter((part) => part !== '');
  const parameters: Parameter[] = [];
  const patterns = parts.map((part) => {
    if (!part.startsWith('{')) return escapeLiteral(part, template);
    const parameter = parseParameter(part.slice(1, -1), template);
    parameters.push(parameter);
    return parameter.isRest ? '(.*)' : '([^/]+?)';
  });
  const [only] = parts.length === 1 ? parameters : [];
  const canBeAbsent = only !== undefined && (only.isRest || only.isOptional || only.fallback !== undefined);
  const joined = `/${patterns.join('')}`;
  return { pattern: canBeAbsent ? `(?:${joined})?` : joined, digit: digitOf(parts, only), parameters };
}

function escapeLiteral(text: string, template: string): string {
  if (/[{}]/.test(text)) throw new StartError(`The route template '${template}' has an unbalanced brace.`);
  return text.replaceAll(/[\\^$.*+?()[\]|/-]/g, '\\$&');
}

/** ASP.NET's inbound precedence: literal, mixed, constrained parameter, parameter, catch-all. */
function digitOf(parts: readonly string[], only: Parameter | undefined): number {
  if (only === undefined) return parts.length > 1 ? 2 : 1;
  return (only.isRest ? 5 : 3) - (only.constraints.length > 0 ? 1 : 0);
}

function parseParameter(text: string, template: string): Parameter {
  const match = /^(\*{0,2})(\w+)((?::\w+(?:\([^)]*\))?)*)(?:=([^?]*))?(\?)?$/.exec(text);
  if (match === null) throw new StartError(`The route template '${template}' has an unreadable part '{${text}}'.`);
  const [, stars = '', name = '', constraints = '', fallback, question] = match;
  return {
    name,
    isRest: stars !== '',
    isOptional: question !== undefined,
    fallback,
    constraints: (constraints.match(/\w+(?:\([^)]*\))?/g) ?? []).map((constraint) => {
      const parsed = parseConstraint(constraint);
      if (parsed !== undefined) return parsed;
      throw new StartError(
        `The route template '${template}' uses '${constraint}', which the local host does not know.`,
      );
    }),
  };
}

function toRouteValues(
  parameters: readonly Parameter[],
  values: readonly (string | undefined)[],
): Readonly<Record<string, string>> | undefined {
  const found: Record<string, string> = {};
  for (const [index, { name, fallback, constraints }] of parameters.entries()) {
    const value = values[index] ?? fallback;
    if (value === undefined) continue;
    if (!constraints.every((accepts) => accepts(value))) return undefined;
    found[name] = value;
  }
  return found;
}

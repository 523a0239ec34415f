import { dropped, type Path, pathsOf, replaced } from '../mutations.ts';
import type { RecordedAnswer } from './tampered-azure.ts';

/** One place of one answer of Azure with a value in it that Azure does not document there. */
export interface Breakage {
  /** The request whose answer is broken. */
  readonly request: string;
  readonly path: Path;
  readonly by: unknown;
}

/** What is documented in a place of an answer, so that it breaks nothing there: leaving it out, or another text. */
export interface Documented {
  readonly request: RegExp;
  readonly place: RegExp;
  readonly may: 'be absent' | 'be any text';
  /** What Azure says by it. */
  readonly meaning: string;
}

type Answer = Pick<RecordedAnswer, 'request' | 'text'>;

const instant = /^\d{4}-\d\d-\d\dT/;

const otherTexts: readonly unknown[] = ['Unheard-of', 'constructor'];

/** Values of the wrong type, words that Azure does not have, numbers that are none, and times that cannot be. */
function brokenValues(value: unknown, mayBeAnyText: boolean): readonly unknown[] {
  switch (typeof value) {
    case 'string': {
      const times = instant.test(value) ? ['2999-01-01T00:00:00Z', 'not a time'] : [];
      return [5, true, [], {}, [null], ...times, ...(mayBeAnyText ? [] : otherTexts)];
    }
    case 'number':
      return ['Unheard-of', true, [], {}, -1, 1e300];
    case 'boolean':
      return ['Unheard-of', 5, [], {}];
    case 'object':
      return Array.isArray(value) ? ['Unheard-of', 5, {}, [null], [{}]] : ['Unheard-of', 5, true, []];
    default:
      return [];
  }
}

/** Forms in which something can be missing. A list that is shorter is a whole list: nobody can see what it lacks. */
function absencesAt(path: Path): readonly unknown[] {
  return isIndex(path.at(-1)) ? [null, ''] : [dropped, null, ''];
}

function isIndex(key: string | number | undefined): boolean {
  return /^\d+$/.test(String(key));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((each, key) => Object(each)[key], value);
}

/** The path of a place, whichever element of a list it is in: `data.#.name`. */
function placeOf(path: Path): string {
  return path.map((key) => (isIndex(key) ? '#' : key)).join('.');
}

/** Every way to break an answer in one place. */
export function breakagesOf({ request, text }: Answer, documented: readonly Documented[]): readonly Breakage[] {
  const body: unknown = JSON.parse(text);
  const own = documented.filter((each) => each.request.test(request));
  return pathsOf(body).flatMap((path) => {
    const value = valueAt(body, path);
    const here = own.filter(({ place }) => place.test(placeOf(path))).map(({ may }) => may);
    return [
      ...brokenValues(value, here.includes('be any text')),
      ...(here.includes('be absent') ? [] : absencesAt(path)),
    ]
      .filter((by) => by !== value)
      .map((by) => ({ request, path, by }));
  });
}

/** The text of an answer with everything broken in it that concerns it. */
export function brokenText({ request, text }: Answer, breakages: readonly Breakage[]): string {
  const own = breakages.filter((each) => each.request === request);
  if (own.length === 0) {
    return text;
  }
  const broken = own.reduce<unknown>((body, { path, by }) => replaced(body, path, by), JSON.parse(text));
  return broken === dropped ? '' : JSON.stringify(broken);
}

/** A breakage in words, for whoever has to find its cause. */
export function describeBreakage({ request, path, by }: Breakage): string {
  const [method = '', url = '', ...body] = request.split(' ');
  const table = /type (?:=~|in~) \(?'([^']+)'/.exec(body.join(' '))?.[1];
  return `${method} ${table ?? url}, ${placeOf(path) || 'all of it'}: ${by === dropped ? 'missing' : JSON.stringify(by)}`;
}

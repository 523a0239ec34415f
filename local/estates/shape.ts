import type * as z from 'zod';

import { describeValue, type Problem, pathText } from './problem.ts';

/** What zod found wrong with the shape of a document, one problem each. */
export function shapeProblems(error: z.ZodError, document: unknown): Problem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key));
    const found = describeValue(valueAt(document, issue.path));
    return { path: pathText(issue.path), expected: expectation(issue), found };
  });
}

function unknownKey(path: readonly PropertyKey[], key: string): Problem {
  return { path: pathText(path), expected: 'only keys that the format has', found: JSON.stringify(key) };
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    document,
  );
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'text',
  number: 'a number',
};

const formats: Readonly<Record<string, string>> = {
  guid: 'a guid',
  datetime: 'an instant like 2026-11-20T06:00:00Z',
  starts_with: 'text that starts with "/"',
  includes: 'text with a "/"',
};

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'invalid_format':
      return formats[issue.format] ?? issue.message;
    case 'too_small':
      return 'something that is not empty';
    default:
      return issue.message;
  }
}

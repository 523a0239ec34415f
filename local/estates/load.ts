import { readFile } from 'node:fs/promises';

import * as z from 'zod';

import { coherenceProblems } from './coherence.ts';
import { Estate } from './estate.ts';
import { jsonErrorPlace } from './json-place.ts';
import type { Problem } from './problem.ts';
import { shapeProblems } from './shape.ts';

const mostLines = 10;

/** An estate file that cannot be used. The message names the file and, one a line, what is wrong where. */
export class EstateFileError extends Error {
  override readonly name = 'EstateFileError';

  constructor(file: string, problems: readonly string[], options?: ErrorOptions) {
    const rest = problems.length - mostLines;
    const lines = problems.slice(0, mostLines).map((problem) => `  ${problem}`);
    if (rest > 0) lines.push(`  and ${rest} more`);
    super(`${file} is no usable estate:\n${lines.join('\n')}`, options);
  }
}

/**
 * Reads an estate file (`backstop-estate/1`). Throws an EstateFileError when it cannot be read or its content is wrong.
 */
export async function loadEstate(file: string): Promise<Estate> {
  const document = parseJson(file, await read(file));
  const { success, data, error } = Estate.safeParse(withoutNulls(document));
  if (!success) throw new EstateFileError(file, shapeProblems(error, document).map(problemLine), { cause: error });
  const problems = coherenceProblems(data);
  if (problems.length > 0) throw new EstateFileError(file, problems.map(problemLine));
  return data;
}

const Records = z.array(z.looseObject({}));
const Lists = z.looseObject({ subscriptions: Records, resources: Records });

/** Tools of Azure write a region, plan or view that a resource lacks as null; here it is simply not there. */
function withoutNulls(document: unknown): unknown {
  const { success, data } = Lists.safeParse(document);
  if (!success) return document;
  const present = (record: object) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
  return { ...data, subscriptions: data.subscriptions.map(present), resources: data.resources.map(present) };
}

function problemLine({ path, expected, found }: Problem): string {
  return `${path}: expected ${expected}, found ${found}`;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new EstateFileError(file, [`(file): expected a readable file, found ${code}`], { cause });
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new EstateFileError(file, [`${jsonErrorPlace(message, text)}: expected JSON, found: ${message}`], { cause });
  }
}

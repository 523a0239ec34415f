import { parseArgs } from 'node:util';

/** What can be measured: by `--only` some of it. */
export const parts = ['sweeps', 'events', 'reads', 'start', 'judging'] as const;
export type Part = (typeof parts)[number];

/** What `npm run bench -- ...` was asked for. */
export interface BenchOptions {
  /** Numbers of VMs, each an estate of its own. */
  readonly sizes: readonly number[];
  readonly parts: readonly Part[];
  /** Where the figures are written to. */
  readonly json: string;
}

/** The command line is wrong; the message says how, and what there is. */
export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

const usage = `npm run bench [-- OPTIONS]
  --sizes N,N       numbers of VMs (default 1000,10000,100000)
  --only PART,PART  some of ${parts.join(', ')} (default all)
  --json FILE       where the figures go (default dist/bench.json)`;

function wrong(what: string): WrongOption {
  return new WrongOption(`${what}\n\n${usage}`);
}

function isPart(text: string): text is Part {
  return parts.some((part) => part === text);
}

function partOf(text: string): Part {
  if (!isPart(text)) {
    throw wrong(`--only ${text}: expected some of ${parts.join(', ')}.`);
  }
  return text;
}

function sizeOf(text: string): number {
  const size = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(size) || size === 0) {
    throw wrong(`--sizes ${text}: expected whole numbers of VMs from 1, separated by commas.`);
  }
  return size;
}

function valuesOf(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ args: [...args], options: { sizes: text, only: text, json: text } }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

/** Reads the command line; throws `WrongOption`. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { sizes = '1000,10000,100000', only = parts.join(','), json = 'dist/bench.json' } = valuesOf(args);
  if (json === '') {
    throw wrong('--json: expected the name of a file.');
  }
  return {
    sizes: [...new Set(sizes.split(',').map(sizeOf))],
    parts: [...new Set(only.split(',').map(partOf))],
    json,
  };
}

import { parseArgs } from 'node:util';

/** What `npm run score -- ...` was asked for. */
export interface ScoreOptions {
  readonly vms: number;
  readonly seed: number;
  readonly form: 'text' | 'json' | 'markdown';
}

/** The command line is wrong; the message says how, and what there is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const usage = `npm run score [-- OPTIONS]
  --vms N        VMs of the generated estate (default 5000)
  --seed S       of the generator (default 7)
  --json         print the result as one JSON object
  --markdown     print the result as Markdown`;

/** Reads the command line; throws `UsageError`. */
export function readOptions(args: readonly string[]): ScoreOptions {
  const { vms = '5000', seed = '7', json = false, markdown = false } = parsed(args);
  if (json && markdown) {
    throw new UsageError(`--json and --markdown: one of the two.\n\n${usage}`);
  }
  const form = json ? 'json' : 'text';
  return { vms: wholeNumber('vms', vms, 1), seed: wholeNumber('seed', seed, 0), form: markdown ? 'markdown' : form };
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      vms: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean' },
      markdown: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < least) {
    throw new UsageError(`--${name} ${text}: expected a whole number from ${least}.\n\n${usage}`);
  }
  return number;
}

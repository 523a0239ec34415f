import { parseArgs } from 'node:util';

/** What `npm start -- ...` was asked for. */
export interface StartOptions {
  readonly estateFile?: string;
  readonly vms: number;
  readonly seed: number;
  readonly closedVault: boolean;
  readonly once: boolean;
  readonly json: boolean;
  readonly port: number;
}

/** The command line is wrong; the message says how, and what there is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm start [-- OPTIONS]
  --estate FILE     load a backstop-estate/1 file
  --vms N           generate an estate of N VMs (default 300)
  --seed S          of the generator (default 7)
  --closed-vault    generate one with a vault that may not be read
  --once            one sweep and one new VM, then end
  --json            with --once: the last line is one JSON object
  --port P          of the Functions host (default 7071)`;

const greatestPort = 65_535;

function wholeNumber(name: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least || number > most) {
    const range = most < Number.MAX_SAFE_INTEGER ? `${least} to ${most}` : `${least}`;
    throw new UsageError(`--${name} ${text}: expected a whole number from ${range}.\n\n${usage}`);
  }
  return number;
}

/** Reads the command line; throws `UsageError`. */
export function readOptions(args: readonly string[]): StartOptions {
  const { values } = parsed(args);
  if (
    values.estate !== undefined &&
    (values.vms !== undefined || values.seed !== undefined || values['closed-vault'])
  ) {
    throw new UsageError(
      `--estate loads an estate, --vms, --seed and --closed-vault generate one: use one of the two.\n\n${usage}`,
    );
  }
  if (values.json && !values.once) {
    throw new UsageError(`--json goes with --once.\n\n${usage}`);
  }
  return {
    ...(values.estate === undefined ? {} : { estateFile: values.estate }),
    vms: wholeNumber('vms', values.vms ?? '300', 1),
    seed: wholeNumber('seed', values.seed ?? '7', 0),
    closedVault: values['closed-vault'] ?? false,
    once: values.once ?? false,
    json: values.json ?? false,
    port: wholeNumber('port', values.port ?? '7071', 0, greatestPort),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        estate: { type: 'string' },
        vms: { type: 'string' },
        seed: { type: 'string' },
        'closed-vault': { type: 'boolean' },
        once: { type: 'boolean' },
        json: { type: 'boolean' },
        port: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** Where the demonstration speaks to: a terminal, a file, a pipe. */
export interface Terminal {
  readonly isInteractive: boolean;
  say(line?: string): void;
}

export function standardOutput(): Terminal {
  return {
    isInteractive: process.stdout.isTTY === true,
    say: (line = '') => console.log(line),
  };
}

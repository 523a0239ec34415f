import { resourceGroupOf, subscriptionOf } from '../../domain/ids.ts';
import { shellQuote } from '../../domain/shell.ts';

/** Options of an `az` command in their order; a list becomes several values of one option. */
export type AzOptions = Readonly<Record<string, string | readonly string[]>>;

/** An `az` command on the resource group of an ARM id, ready for a POSIX shell. */
export function azCommand(words: string, id: string, options: AzOptions): string {
  const scope = { '--subscription': subscriptionOf(id) ?? '', '-g': resourceGroupOf(id) ?? '' };
  const rest = Object.entries({ ...scope, ...options }).flatMap(([name, value]) =>
    [name, value].flat().map(shellQuote),
  );
  return ['az', words, ...rest].join(' ');
}

/** The part of an ARM id after a word, in the case in which it was read; empty if it is not there. */
export function idPart(id: string, word: string): string {
  const [, part = ''] = new RegExp(`/${word}/([^/]+)`, 'i').exec(id) ?? [];
  return part;
}

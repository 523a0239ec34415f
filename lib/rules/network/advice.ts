import type { NetworkInput, NicRows } from '../../domain/network-rows.ts';
import type { Judgeable } from './configuration.ts';
import type { Destination } from './destination.ts';
import { tagOf } from './service-tag.ts';

/** What to tell the owner of a path that is not open: a sentence and the commands that would open it. */
export interface Advice {
  readonly message: string;
  readonly commands: readonly string[];
}

/** Everything that advice on one path is made of. */
export interface AdviceContext {
  readonly input: NetworkInput;
  readonly rows: NicRows;
  readonly judgeable: Judgeable;
  readonly destination: Destination;
  /** How many rules the advice on earlier destinations proposes: each rule of a group needs a priority of its own. */
  readonly rulesProposed: number;
}

/** The destination as a rule or a route names it. */
export function ownTag({ judgeable, destination }: AdviceContext): string {
  return tagOf(destination, judgeable.configuration.region);
}

/** Advice without a command. */
export function inWords(message: string): Advice {
  return { message, commands: [] };
}

import type { Expression } from './expression.ts';
import { semanticError } from './query-error.ts';

/** Gives columns names the way Kusto does: as written, as follows from the expression, or Column1, Column2, ... */
export class ColumnNames {
  readonly #taken = new Set<string>();
  #unnamed = 0;

  /** The name of a column made of an expression. Throws when the statement has already made a column of that name. */
  of(names: readonly string[], expression: Expression): string {
    const name = names[0] ?? expression.name;
    if (name === undefined) {
      this.#unnamed += 1;
      return this.unique(`Column${this.#unnamed}`);
    }
    if (this.#taken.has(name)) {
      throw semanticError(`A column with the name '${name}' is already declared`, expression.at);
    }
    this.#taken.add(name);
    return name;
  }

  /** The name itself, or with the first number that makes it unused: for join and summarize, which never refuse. */
  unique(name: string): string {
    let candidate = name;
    for (let suffix = 1; this.#taken.has(candidate); suffix += 1) candidate = `${name}${suffix}`;
    this.#taken.add(candidate);
    return candidate;
  }
}

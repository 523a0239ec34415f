import type { Estate } from '../../local/estates/estate.ts';

/** What is said of a rule: it fails, it fails as mere information, it cannot be told, or nothing is said. */
export type Statement = 'fail' | 'info' | 'unknown' | 'nothing';

/** The label of one VM: the right answer, given by a person. */
export interface Expectation {
  readonly file: string;
  /** ARM id as the estate writes it. */
  readonly vm: string;
  readonly verdict: string;
  /** Rules of which the label says something. Of the others nothing may be said, but that they fail as information. */
  readonly statements: ReadonlyMap<string, Exclude<Statement, 'nothing'>>;
  readonly why: string;
}

/** The labels of an estate file (verdicts.md, section 3). Throws where a label says two things of one rule. */
export function expectationsOf(file: string, estate: Pick<Estate, 'expect'>): readonly Expectation[] {
  return Object.entries(estate.expect?.vms ?? {}).map(([vm, { verdict, fail, unknown, info = [], why }]) => {
    const said = [
      ...fail.map((rule) => [rule, 'fail'] as const),
      ...unknown.map((rule) => [rule, 'unknown'] as const),
      ...info.map((rule) => [rule, 'info'] as const),
    ];
    const statements = new Map(said);
    if (statements.size < said.length) {
      const twice = said.map(([rule]) => rule).filter((rule, at, rules) => rules.indexOf(rule) !== at);
      throw new Error(`${file}: the label of ${vm} lists ${twice.join(', ')} twice.`);
    }
    return { file, vm, verdict, statements, why };
  });
}

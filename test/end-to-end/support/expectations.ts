import type { Finding } from '../../../lib/domain/finding.ts';
import { catalogue } from '../../../lib/rules/catalogue.ts';
import type { Estate } from '../../../local/estates/estate.ts';

/** What an estate file says about one of its VMs, as far as the rules that are built can say it. */
export interface Expectation {
  readonly vmId: string;
  readonly name: string;
  readonly verdict: string;
  /** Expected failing and unknown rules among those that are built. */
  readonly fail: readonly string[];
  readonly unknown: readonly string[];
  /** Expected rules that are not built: the verdict may depend on them. */
  readonly needs: readonly string[];
}

const built: ReadonlySet<string> = new Set(catalogue.map(({ id }) => id));

/** The right answers of an estate file (verdicts.md, section 3). */
export function expectationsOf(estate: Estate | undefined): readonly Expectation[] {
  return Object.entries(estate?.expect?.vms ?? {}).map(([vmId, { verdict, fail = [], unknown = [] }]) => ({
    vmId,
    name: vmId.split('/').at(-1) ?? vmId,
    verdict,
    fail: fail.filter((rule) => built.has(rule)).toSorted(),
    unknown: unknown.filter((rule) => built.has(rule)).toSorted(),
    needs: [...fail, ...unknown].filter((rule) => !built.has(rule)),
  }));
}

/** Failing and unknown rules as estate files list them: severity blocker or warning, without the cause `not-exposed`. */
export function judgedLists(findings: readonly Finding[]): { fail: readonly string[]; unknown: readonly string[] } {
  const listed = findings.filter(({ severity }) => severity !== 'info');
  const rules = (those: readonly Finding[]) => those.map(({ rule }) => rule).toSorted();
  return {
    fail: rules(listed.filter(({ outcome }) => outcome === 'fail')),
    unknown: rules(listed.filter((each) => each.outcome === 'unknown' && each.cause !== 'not-exposed')),
  };
}

import type { Fact } from './fact.ts';
import type { FactName, FactSheet, Facts } from './fact-sheet.ts';
import { onceFor } from './memo.ts';
import type { JudgementContext, Outcome, Rule, Settles } from './rule.ts';

/** A rule with what it said about one VM. */
export interface Judged {
  readonly rule: Rule;
  readonly outcome: Outcome;
}

/** The facts that a rule needs. */
export const factsNeeded = onceFor((rule: Rule) => Object.keys(rule.needs) as readonly FactName[]);

/** Rules in the form in which they are put to one VM after the other, and the facts that they need. */
interface Plan {
  readonly steps: readonly Step[];
  readonly facts: readonly FactName[];
  /** Which steps lack a fact, by place, for each set of facts that were unknown together (a bit for each of `facts`). */
  readonly lacking: Map<number, readonly boolean[]>;
}

/** What of a rule is asked about every VM; all steps have one shape, which the rules do not. */
interface Step {
  readonly rule: Rule;
  readonly concerns: Rule['concerns'];
  readonly check: Rule['check'];
}

const planOf = onceFor(
  (rules: readonly Rule[]): Plan => ({
    steps: rules.map((rule) => ({ rule, concerns: rule.concerns, check: rule.check })),
    facts: [...new Set(rules.flatMap(factsNeeded))],
    lacking: new Map(),
  }),
);

/** Which rules lack a fact, by place; the same facts are unknown of nearly all VMs of a sweep. */
function lacking({ steps, facts, lacking: known }: Plan, sheet: FactSheet): readonly boolean[] {
  let unknown = 0;
  for (let place = 0; place < facts.length; place += 1) {
    const name = facts[place];
    unknown = unknown * 2 + (name && sheet[name].kind === 'unknown' ? 1 : 0);
  }
  const before = known.get(unknown);
  if (before) {
    return before;
  }
  const places = steps.map(({ rule }) => factsNeeded(rule).some((name) => sheet[name].kind === 'unknown'));
  known.set(unknown, places);
  return places;
}

function valueIn<T>(fact: Fact<T>): T | undefined {
  return fact.kind === 'known' ? fact.value : undefined;
}

/** The values of the facts that are known; made once per VM, name by name because that is fastest, and shared by all rules. */
function knownValues(sheet: FactSheet): { readonly [Name in FactName]: Facts[Name] | undefined } {
  return {
    vm: valueIn(sheet.vm),
    tags: valueIn(sheet.tags),
    inheritedTags: valueIn(sheet.inheritedTags),
    disks: valueIn(sheet.disks),
    diskResources: valueIn(sheet.diskResources),
    extensions: valueIn(sheet.extensions),
    nics: valueIn(sheet.nics),
    network: valueIn(sheet.network),
    guestOs: valueIn(sheet.guestOs),
    power: valueIn(sheet.power),
    agent: valueIn(sheet.agent),
    scaleSetMode: valueIn(sheet.scaleSetMode),
    vmSizes: valueIn(sheet.vmSizes),
    keyVaults: valueIn(sheet.keyVaults),
    vaults: valueIn(sheet.vaults),
    items: valueIn(sheet.items),
    policy: valueIn(sheet.policy),
    policies: valueIn(sheet.policies),
    loads: valueIn(sheet.loads),
    newVaultName: valueIn(sheet.newVaultName),
    jobs: valueIn(sheet.jobs),
    protectedSince: valueIn(sheet.protectedSince),
    restorePoints: valueIn(sheet.restorePoints),
    locks: valueIn(sheet.locks),
    provider: valueIn(sheet.provider),
    azurePolicy: valueIn(sheet.azurePolicy),
    exemptions: valueIn(sheet.exemptions),
    permissions: valueIn(sheet.permissions),
  };
}

/** The first fact that a rule lacks makes its outcome `unknown`; the rule itself never sees it. */
function unknownFor(rule: Rule, sheet: FactSheet): Outcome | undefined {
  for (const name of factsNeeded(rule)) {
    const fact = sheet[name];
    if (fact.kind === 'unknown') {
      return { kind: 'unknown', because: fact.because };
    }
  }
  return undefined;
}

/** What all rules say about one VM, in the order of the rules. */
export function judgeAll(rules: readonly Rule[], sheet: FactSheet, context: JudgementContext): readonly Outcome[] {
  const plan = planOf(rules);
  const values = knownValues(sheet) as Facts;
  const unable = lacking(plan, sheet);
  return plan.steps.map((step, place) => {
    const concern = step.concerns === undefined || step.concerns(sheet);
    if (concern !== true) {
      return { kind: 'notApplicable', why: concern };
    }
    return (unable[place] && unknownFor(step.rule, sheet)) || step.check(values, context, sheet);
  });
}

/** Whether an outcome settles the verdict at once. */
export function settles(outcome: Outcome): Settles | undefined {
  return outcome.kind === 'pass' || outcome.kind === 'fail' ? outcome.settles : undefined;
}

import type { Fact } from './fact.ts';
import type { FactName, FactSheet, Facts } from './fact-sheet.ts';
import type { Evidence, Finding, Fix } from './finding.ts';
import type { VmAddress } from './ids.ts';
import { fill } from './message.ts';
import { judgedItem } from './protection.ts';
import type { JudgementContext, Outcome, Rule } from './rule.ts';
import { shellQuote } from './shell.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** All rules on one VM at one time. Findings stand in the order in which to look at them. */
export interface Evaluation {
  readonly vm: VmAddress;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** ISO 8601 UTC. */
  readonly evaluatedAt: string;
}

type Names = readonly FactName[];

function factsNeeded(rule: Rule): Names {
  return Object.keys(rule.needs) as FactName[];
}

function firstMissing(rule: Rule, sheet: FactSheet): Fact<unknown> | undefined {
  return factsNeeded(rule)
    .map((name) => sheet[name])
    .find((fact) => fact.kind === 'unknown');
}

/** The values of the facts that are known. */
function valuesOf(rule: Rule, sheet: FactSheet): Partial<Facts> {
  return Object.fromEntries(
    factsNeeded(rule).flatMap((name) => {
      const fact = sheet[name];
      return fact.kind === 'known' ? [[name, fact.value]] : [];
    }),
  );
}

/** One rule on one VM. A missing fact makes the outcome `unknown`; the rule itself never sees it. */
export function judge(rule: Rule, sheet: FactSheet, context: JudgementContext): Outcome {
  const concern = rule.concerns?.(sheet) ?? true;
  if (concern !== true) {
    return { kind: 'notApplicable', why: concern };
  }
  const missing = firstMissing(rule, sheet);
  if (missing?.kind === 'unknown') {
    return { kind: 'unknown', because: missing.because };
  }
  return rule.check(valuesOf(rule, sheet) as Facts, context, sheet);
}

function evidenceOf(rule: Rule, sheet: FactSheet): readonly Evidence[] {
  return factsNeeded(rule).flatMap((name) => {
    const fact = sheet[name];
    if (fact.kind === 'unknown') {
      return [];
    }
    const pick = rule.needs[name] as (value: unknown) => Evidence['values'];
    return [{ fact: name, values: pick(fact.value), ...fact.source }];
  });
}

/** Names that every command may use, read from the VM and the item that is judged. */
function commandNames(vm: VmAddress, sheet: FactSheet, context: JudgementContext): Readonly<Record<string, string>> {
  const item = sheet.items.kind === 'known' ? judgedItem(sheet.items.value) : undefined;
  return {
    vmId: vm.id,
    vmName: vm.name,
    vmResourceGroup: vm.resourceGroup,
    vmSubscription: vm.subscriptionId,
    policy: item?.policyName ?? context.settings.defaultPolicyName,
    ...(item
      ? {
          vault: item.vaultName,
          vaultSubscription: item.vaultId.split('/')[2] ?? '',
          vaultResourceGroup: item.vaultResourceGroup,
          container: item.containerName,
          item: item.itemName,
        }
      : {}),
  };
}

function fixOf(rule: Rule, outcome: Outcome, names: Readonly<Record<string, string>>): Fix | undefined {
  const remedy = outcome.kind === 'fail' ? rule.remedies[outcome.reason] : undefined;
  if (outcome.kind !== 'fail' || !remedy) {
    return undefined;
  }
  const values = { ...names, ...outcome.details, ...outcome.commandDetails };
  return {
    text: fill(remedy.text, values),
    commands: remedy.commands.map((command) => fill(command, values, shellQuote)),
  };
}

function explain(rule: Rule, outcome: Outcome, sheet: FactSheet, names: Readonly<Record<string, string>>): Finding {
  const head = { rule: rule.id, category: rule.category, severity: rule.severity, evidence: evidenceOf(rule, sheet) };
  switch (outcome.kind) {
    case 'notApplicable':
      return { ...head, outcome: 'notApplicable', message: outcome.why };
    case 'unknown': {
      const { cause, detail, action } = outcome.because;
      return { ...head, outcome: 'unknown', cause, message: detail, ...(action ? { action } : {}) };
    }
    case 'pass':
    case 'fail': {
      const template = (outcome.kind === 'pass' ? rule.pass : rule.fail)[outcome.reason] ?? outcome.reason;
      const fix = fixOf(rule, outcome, names);
      return {
        ...head,
        outcome: outcome.kind,
        severity: outcome.severity ?? rule.severity,
        reason: outcome.reason,
        message: fill(template, outcome.details),
        ...(fix ? { fix } : {}),
      };
    }
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

const outcomeOrder: readonly Finding['outcome'][] = ['fail', 'unknown', 'pass', 'notApplicable'];
const severityOrder: readonly Finding['severity'][] = ['blocker', 'warning', 'info'];
/** What to fix first among equals: a way to protect at all before what protection needs. */
const categoryOrder: readonly Finding['category'][] = [
  'vault',
  'limitation',
  'policy',
  'governance',
  'backup-health',
  'agent',
  'network',
  'restore-readiness',
];

function byUrgency(a: Finding, b: Finding): number {
  return (
    outcomeOrder.indexOf(a.outcome) - outcomeOrder.indexOf(b.outcome) ||
    severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) ||
    categoryOrder.indexOf(a.category) - categoryOrder.indexOf(b.category) ||
    a.rule.localeCompare(b.rule)
  );
}

/**
 * Judges one VM: the only place where that is done, whichever way it was asked for. A rule that settles the verdict
 * (exempt, excluded) ends the judgement; then only such rules are listed.
 */
export function evaluate(
  vm: VmAddress,
  sheet: FactSheet,
  rules: readonly Rule[],
  context: JudgementContext,
): Evaluation {
  const names = commandNames(vm, sheet, context);
  const judged = rules.map((rule) => ({ rule, outcome: judge(rule, sheet, context) }));
  const settling =
    judged.find(({ outcome }) => settles(outcome) === 'excluded') ?? judged.find(({ outcome }) => settles(outcome));
  const listed = settling ? judged.filter(({ outcome }) => settles(outcome)) : judged;
  const findings = listed.map(({ rule, outcome }) => explain(rule, outcome, sheet, names)).toSorted(byUrgency);
  const item = sheet.items.kind === 'known' ? judgedItem(sheet.items.value) : undefined;
  const verdict = (settling && settles(settling.outcome)) || verdictOf(findings, item?.lastRecoveryPoint !== undefined);
  return { vm, verdict, findings, evaluatedAt: context.now.toISOString() };
}

function settles(outcome: Outcome): 'exempt' | 'excluded' | undefined {
  return outcome.kind === 'pass' || outcome.kind === 'fail' ? outcome.settles : undefined;
}

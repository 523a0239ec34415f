import type { FactSheet } from './fact-sheet.ts';
import type { Evidence, Finding, Fix } from './finding.ts';
import type { VmAddress } from './ids.ts';
import { factsNeeded, type Judged } from './judge.ts';
import { fill } from './message.ts';
import { judgedItem } from './protection.ts';
import type { JudgementContext, Outcome, Rule } from './rule.ts';
import { shellQuote } from './shell.ts';

type Names = Readonly<Record<string, string>>;

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
function commandNames(vm: VmAddress, sheet: FactSheet, { settings }: JudgementContext): Names {
  const item = sheet.items.kind === 'known' ? judgedItem(sheet.items.value) : undefined;
  return {
    vmId: vm.id,
    vmName: vm.name,
    vmResourceGroup: vm.resourceGroup,
    vmSubscription: vm.subscriptionId,
    policy: item?.policyName ?? settings.defaultPolicyName,
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

function fixOf(rule: Rule, outcome: Outcome, names: Names): Fix | undefined {
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

function explainOne({ rule, outcome }: Judged, sheet: FactSheet, names: Names): Finding {
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

/** Puts findings in the order in which to look at them. */
export function byUrgency(a: Finding, b: Finding): number {
  return (
    outcomeOrder.indexOf(a.outcome) - outcomeOrder.indexOf(b.outcome) ||
    severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) ||
    categoryOrder.indexOf(a.category) - categoryOrder.indexOf(b.category) ||
    a.rule.localeCompare(b.rule)
  );
}

/** Outcomes in words, with evidence and fixes; the one to look at first comes first. */
export function explain(
  vm: VmAddress,
  judged: readonly Judged[],
  sheet: FactSheet,
  context: JudgementContext,
): readonly Finding[] {
  const names = commandNames(vm, sheet, context);
  return judged.map((each) => explainOne(each, sheet, names)).toSorted(byUrgency);
}

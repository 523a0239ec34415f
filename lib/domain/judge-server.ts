import { validConfirmation } from './confirmation.ts';
import { byUrgency } from './explain.ts';
import type { Evidence, Finding, Fix } from './finding.ts';
import { fill } from './message.ts';
import type { Outcome } from './rule.ts';
import type { ServerContext, ServerRule } from './server-rule.ts';
import type { ServerFactName, ServerFacts, ServerSheet } from './server-sheet.ts';
import { type ServerVerdict, serverVerdictOf } from './server-verdict.ts';
import { shellQuote } from './shell.ts';

/** All rules on one server at one time. */
export interface ServerEvaluation {
  readonly verdict: ServerVerdict;
  /** ISO 8601 UTC. */
  readonly evaluatedAt: string;
  /** Every rule's finding, in the order in which to look at them. */
  readonly findings: readonly Finding[];
  /** Questions for the owner that nobody has answered, by rule. */
  readonly checklist: readonly { readonly rule: string; readonly question: string }[];
}

type Names = Readonly<Record<string, string>>;

const factsOf = (rule: ServerRule) => Object.keys(rule.needs) as readonly ServerFactName[];

function evidenceOf(rule: ServerRule, sheet: ServerSheet): readonly Evidence[] {
  return factsOf(rule).flatMap((name) => {
    const fact = sheet[name];
    if (fact.kind === 'unknown') {
      return [];
    }
    const pick = rule.needs[name] as (value: unknown) => Evidence['values'];
    return [{ fact: name, values: pick(fact.value), ...fact.source }];
  });
}

/** Names that every text and command may use, from what is known of the server and its vault. */
function namesOf({ engine, vault, subscription }: ServerSheet): Names {
  const server = engine.kind === 'known' && engine.value !== 'planned' ? engine.value : undefined;
  const { id: vaultId = '', name, resourceGroup = '', subscriptionId = '' } = vault.kind === 'known' ? vault.value : {};
  return {
    ...(name ? { vault: name, vaultResourceGroup: resourceGroup, vaultSubscription: subscriptionId } : {}),
    ...(subscription.kind === 'known' ? { subscription: subscription.value.subscriptionId } : {}),
    ...(server ? { server: server.hostName, engineUrl: `${server.id}?api-version=2025-08-01` } : {}),
    itemsUrl: `${vaultId}/backupProtectedItems?api-version=2025-08-01`,
  };
}

function judgeOne(rule: ServerRule, sheet: ServerSheet, context: ServerContext): Outcome {
  const concern = rule.concerns?.(sheet) ?? true;
  if (concern !== true) {
    return { kind: 'notApplicable', why: concern };
  }
  for (const name of factsOf(rule)) {
    const fact = sheet[name];
    if (fact.kind === 'unknown') {
      return { kind: 'unknown', because: fact.because };
    }
  }
  const values = Object.fromEntries(
    Object.entries(sheet).flatMap(([name, fact]) => (fact.kind === 'known' ? [[name, fact.value]] : [])),
  );
  return rule.check(values as unknown as ServerFacts, context, sheet);
}

function isForTheOwner(rule: ServerRule, outcome: Outcome): boolean {
  return rule.checklist !== undefined && outcome.kind === 'unknown' && outcome.because.cause === 'not-exposed';
}

/** What Azure does not show passes while the owner's word for it counts. */
function withConfirmation(rule: ServerRule, outcome: Outcome, { confirmations, now }: ServerContext): Outcome {
  const confirmed = isForTheOwner(rule, outcome) ? validConfirmation(confirmations, rule.id, now) : undefined;
  if (!confirmed) {
    return outcome;
  }
  const { by, at, until } = confirmed;
  return { kind: 'pass', reason: 'Confirmed', details: { by, at, until } };
}

function fixOf(rule: ServerRule, outcome: Outcome, names: Names): Fix | undefined {
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

function inWords(rule: ServerRule, outcome: Outcome, sheet: ServerSheet): Finding {
  const head = { rule: rule.id, category: rule.category, severity: rule.severity, evidence: evidenceOf(rule, sheet) };
  if (outcome.kind === 'notApplicable') {
    return { ...head, outcome: 'notApplicable', message: outcome.why };
  }
  if (outcome.kind === 'unknown') {
    const { cause, detail, action } = outcome.because;
    return { ...head, outcome: 'unknown', cause, message: detail, ...(action ? { action } : {}) };
  }
  const template = (outcome.kind === 'pass' ? rule.pass : rule.fail)[outcome.reason] ?? outcome.reason;
  const fix = fixOf(rule, outcome, namesOf(sheet));
  return {
    ...head,
    outcome: outcome.kind,
    severity: outcome.severity ?? rule.severity,
    reason: outcome.reason,
    message: fill(template, outcome.details),
    ...(fix ? { fix } : {}),
  };
}

/** Judges one backup server, registered or planned: the only place where that is done. */
export function judgeServer(
  rules: readonly ServerRule[],
  sheet: ServerSheet,
  context: ServerContext,
): ServerEvaluation {
  const judged = rules.map((rule) => ({
    rule,
    outcome: withConfirmation(rule, judgeOne(rule, sheet, context), context),
  }));
  const findings = judged.map(({ rule, outcome }) => inWords(rule, outcome, sheet)).toSorted(byUrgency);
  return {
    verdict: serverVerdictOf(findings),
    evaluatedAt: context.now.toISOString(),
    findings,
    checklist: judged
      .filter(({ rule, outcome }) => isForTheOwner(rule, outcome))
      .map(({ rule }) => ({ rule: rule.id, question: rule.checklist ?? '' })),
  };
}

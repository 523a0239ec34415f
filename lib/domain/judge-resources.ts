import type { Finding } from './finding.ts';
import { fill } from './message.ts';
import type { Resource, ResourceKind, ResourceSheet, Resources } from './resource.ts';
import type { FoundResource, ResourceRule } from './resource-rule.ts';
import type { Outcome } from './rule.ts';
import { shellQuote } from './shell.ts';

/** What a rule said about one resource, or, without a resource, why a whole kind could not be judged. */
export interface ResourceFinding {
  readonly resource?: FoundResource;
  readonly finding: Finding;
}

/** The text values of a resource, as names for messages and commands. */
function namesOf(resource: Resource): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(resource).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function foundResource({ id, name, type, resourceGroup, subscriptionId, region }: Resource): FoundResource {
  return { id, name, type, resourceGroup, subscriptionId, region };
}

function inWords(rule: ResourceRule, resource: Resource, outcome: Outcome, evidence: Finding['evidence']): Finding {
  const head = { rule: rule.id, category: rule.category, severity: rule.severity, evidence };
  if (outcome.kind === 'notApplicable') {
    return { ...head, outcome: 'notApplicable', message: outcome.why };
  }
  if (outcome.kind === 'unknown') {
    return { ...head, outcome: 'unknown', cause: outcome.because.cause, message: outcome.because.detail };
  }
  const names = { ...namesOf(resource), ...outcome.details, ...outcome.commandDetails };
  const template = (outcome.kind === 'pass' ? rule.pass : rule.fail)[outcome.reason] ?? outcome.reason;
  const remedy = outcome.kind === 'fail' ? rule.remedies[outcome.reason] : undefined;
  return {
    ...head,
    outcome: outcome.kind,
    severity: outcome.severity ?? rule.severity,
    reason: outcome.reason,
    message: fill(template, outcome.details),
    ...(remedy
      ? {
          fix: {
            text: fill(remedy.text, names),
            commands: remedy.commands.map((command) => fill(command, names, shellQuote)),
          },
        }
      : {}),
  };
}

function judgeKind<K extends ResourceKind>(rule: ResourceRule<K>, sheet: ResourceSheet): readonly ResourceFinding[] {
  const fact = sheet[rule.about];
  if (fact.kind === 'unknown') {
    const { cause, detail, action } = fact.because;
    const { id, category, severity } = rule;
    const head = { rule: id, category, severity, evidence: [] };
    return [{ finding: { ...head, outcome: 'unknown', cause, message: detail, ...(action ? { action } : {}) } }];
  }
  const { source } = fact;
  return fact.value.map((resource: Resources[K][number]) => ({
    resource: foundResource(resource),
    finding: inWords(rule, resource, rule.check(resource), [
      { fact: rule.about, values: rule.evidence(resource), ...source },
    ]),
  }));
}

/** Everything that asks for something: what failed, and what could not be told. */
export function judgeResources(rules: readonly ResourceRule[], sheet: ResourceSheet): readonly ResourceFinding[] {
  return rules
    .flatMap((rule) => judgeKind(rule, sheet))
    .filter(({ finding }) => finding.outcome === 'fail' || finding.outcome === 'unknown');
}

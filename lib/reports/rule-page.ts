import { type FactDeclaration, factDeclarations } from '../domain/fact-declarations.ts';
import type { FactName } from '../domain/fact-sheet.ts';
import { resourceDeclarations } from '../domain/resource-declarations.ts';
import type { ResourceRule } from '../domain/resource-rule.ts';
import type { Remedy, Rule, RuleText } from '../domain/rule.ts';
import { serverDeclarations } from '../domain/server-declarations.ts';
import type { ServerRule } from '../domain/server-rule.ts';
import type { ServerFactName } from '../domain/server-sheet.ts';
import { type EvidenceFor, evidenceFor } from './controls.ts';
import { familyOfRule, findingFamilies } from './finding-family.ts';
import { table } from './markdown.ts';

function section(heading: string, ...paragraphs: readonly string[]): string {
  return [`## ${heading}`, ...paragraphs].join('\n\n');
}

function reasonRows(reasons: Rule['pass'], outcome: string): readonly (readonly string[])[] {
  return Object.entries(reasons).map(([reason, message]) => [`\`${reason}\``, outcome, message]);
}

function renderRemedy(reason: string, { text, commands }: Remedy): string {
  const script = commands.length > 0 ? ['', '```sh', ...commands, '```'] : [];
  return [`### ${reason}`, '', text, ...script].join('\n');
}

type Declared = readonly [name: string, declaration: FactDeclaration];

/** A rule of any kind. */
type AnyRule = Rule | ResourceRule | ServerRule;

function factsOf(rule: AnyRule): readonly Declared[] {
  if ('judges' in rule) {
    return (Object.keys(rule.needs) as ServerFactName[]).map((name) => [name, serverDeclarations[name]]);
  }
  return 'about' in rule
    ? [[rule.about, resourceDeclarations[rule.about]]]
    : (Object.keys(rule.needs) as FactName[]).map((name) => [name, factDeclarations[name]]);
}

function factRow([name, { meaning, tier, actions }]: Declared): readonly string[] {
  return [`\`${name}\``, meaning, tier, actions.map((action) => `\`${action}\``).join(', ')];
}

function controlRow({ framework, version, control, title, relation }: EvidenceFor): readonly string[] {
  return [`${framework} ${version}`, control, title, relation];
}

/** The controls for which a failure is evidence; nothing where no control asks about it. */
function controlSections({ id }: RuleText): readonly string[] {
  const family = familyOfRule(id);
  return family
    ? [
        section(
          'Evidence for',
          `A failure is evidence (${findingFamilies[family]}) for these controls; it says of none that it is met.`,
          table(['framework', 'control', 'title', 'relation'], evidenceFor(family).map(controlRow)),
        ),
      ]
    : [];
}

/** What can be fixed; nothing for a rule that cannot fail. */
function remedySections({ remedies }: RuleText): readonly string[] {
  const rendered = Object.entries(remedies).map(([reason, remedy]) => renderRemedy(reason, remedy));
  return rendered.length > 0 ? [section('How to fix it', ...rendered)] : [];
}

/** What the owner of a server is asked, where Azure does not show the answer. */
function questionSections(rule: AnyRule): readonly string[] {
  const question = 'judges' in rule ? rule.checklist : undefined;
  return question
    ? [
        section(
          'What the owner may confirm',
          `${question} Azure does not show it; a confirmation counts until its end.`,
        ),
      ]
    : [];
}

/** The reference page of a rule as Markdown. Names in braces stand for values of what is judged. */
export function renderRule(rule: AnyRule): string {
  const { title, id, category, severity, reviewed, rationale, pass, fail, sources } = rule;
  const reasons = [...reasonRows(pass, 'pass'), ...reasonRows(fail, 'fail')];
  const sections = [
    `# ${title}`,
    `\`${id}\` · ${category} · severity ${severity} · reviewed on ${reviewed}`,
    section('Why', rationale),
    section(
      'What it says',
      reasons.length > 0
        ? table(['reason', 'outcome', 'message'], reasons)
        : 'It cannot be told from outside the guest: the answer is always unknown.',
    ),
    ...remedySections(rule),
    ...questionSections(rule),
    section('What it reads', table(['fact', 'what it is', 'tier', 'permissions'], factsOf(rule).map(factRow))),
    section('Sources', sources.map((source) => `- ${source}`).join('\n')),
    ...controlSections(rule),
  ];
  return `${sections.join('\n\n')}\n`;
}

function indexRow({ id, title, category, severity }: RuleText): readonly string[] {
  return [`[${id}](${id}.md)`, category, severity, title];
}

/** The index of all rules as Markdown, in the order in which they are given. */
export function renderRuleIndex(
  ofVms: readonly RuleText[],
  ofResources: readonly RuleText[],
  ofServers: readonly RuleText[],
): string {
  const head = ['rule', 'category', 'severity', 'passes when'];
  return `${[
    '# Rules',
    '## About VMs',
    table(head, ofVms.map(indexRow)),
    '## About other resources',
    table(head, ofResources.map(indexRow)),
    '## About backup servers',
    table(head, ofServers.map(indexRow)),
  ].join('\n\n')}\n`;
}

import type { FactName } from '../domain/fact-sheet.ts';
import type { Remedy, Rule } from '../domain/rule.ts';

/** What each fact is, and the ARM action without which it cannot be read. */
const facts: Readonly<Record<FactName, { readonly meaning: string; readonly action: string }>> = {
  vm: { meaning: 'The model of the VM', action: 'Microsoft.Compute/virtualMachines/read' },
  tags: { meaning: 'Tags of the VM', action: 'Microsoft.Compute/virtualMachines/read' },
  inheritedTags: {
    meaning: 'Tags of resource group and subscription',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
  },
  disks: { meaning: 'Disks of the VM', action: 'Microsoft.Compute/virtualMachines/read' },
  guestOs: { meaning: 'Operating system of guest and image', action: 'Microsoft.Compute/virtualMachines/read' },
  power: { meaning: 'Power state', action: 'Microsoft.Compute/virtualMachines/read' },
  agent: { meaning: 'What the VM agent reports', action: 'Microsoft.Compute/virtualMachines/read' },
  vaults: { meaning: 'Recovery Services vaults', action: 'Microsoft.RecoveryServices/Vaults/read' },
  items: {
    meaning: 'Protected items of the VM',
    action: 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read',
  },
  policy: {
    meaning: 'Backup policy of the protected item',
    action: 'Microsoft.RecoveryServices/Vaults/backupPolicies/read',
  },
  jobs: {
    meaning: 'Backup jobs of the item that run or did not complete',
    action: 'Microsoft.RecoveryServices/Vaults/backupJobs/read',
  },
  protectedSince: {
    meaning: 'When protection was configured',
    action: 'Microsoft.RecoveryServices/Vaults/backupJobs/read',
  },
};

/** A table of Markdown; pipes and line breaks in a cell would end it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

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

function factRows(rule: Rule): readonly (readonly string[])[] {
  return (Object.keys(rule.needs) as FactName[]).map((name) => [
    `\`${name}\``,
    facts[name].meaning,
    `\`${facts[name].action}\``,
  ]);
}

/** The reference page of a rule as Markdown. Names in braces stand for values of the VM that is judged. */
export function renderRule(rule: Rule): string {
  const remedies = Object.entries(rule.remedies).map(([reason, remedy]) => renderRemedy(reason, remedy));
  const sections = [
    `# ${rule.title}`,
    `\`${rule.id}\` · ${rule.category} · severity ${rule.severity} · reviewed on ${rule.reviewed}`,
    section('Why', rule.rationale),
    section(
      'What it says',
      table(['reason', 'outcome', 'message'], [...reasonRows(rule.pass, 'pass'), ...reasonRows(rule.fail, 'fail')]),
    ),
    section('How to fix it', ...remedies),
    section('What it reads', table(['fact', 'what it is', 'permission'], factRows(rule))),
    section('Sources', rule.sources.map((source) => `- ${source}`).join('\n')),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The index of all rules as Markdown, in the order in which they are given. */
export function renderRuleIndex(rules: readonly Rule[]): string {
  const rows = rules.map(({ id, title, category, severity }) => [`[${id}](${id}.md)`, category, severity, title]);
  return `# Rules\n\n${table(['rule', 'category', 'severity', 'passes when'], rows)}\n`;
}

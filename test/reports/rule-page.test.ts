import { describe, expect, it } from 'vitest';

import { defineRule } from '../../lib/domain/rule.ts';
import { renderRule, renderRuleIndex } from '../../lib/reports/rule-page.ts';
import { healthRpo } from '../../lib/rules/health-rpo.ts';
import { classicGuestAgentFlag } from '../../lib/rules/resources/classic-guest-agent-flag.ts';
import { mabsSqlLocal } from '../../lib/rules/servers/mabs-sql-local.ts';

const rule = defineRule({
  id: 'door-closed',
  title: 'The door is closed',
  category: 'limitation',
  severity: 'warning',
  rationale: 'An open door lets the cold in.',
  sources: ['Doors, 2026', 'Winter, 2025'],
  reviewed: '2026-11-20',
  needs: { vm: () => ({}), items: () => ({}) },
  pass: { Closed: 'Door {name} is closed.' },
  fail: { Open: 'Door {name} is open | ajar.', Gone: 'There is no door.' },
  remedies: {
    Open: { text: 'Close it.', commands: ['close {name}', 'lock {name}'] },
    Gone: { text: 'Buy one.', commands: [] },
  },
  check: () => ({ kind: 'fail', reason: 'Gone', details: {} }),
});

describe('renderRule', () => {
  it('writes title, head, why, reasons, remedies, facts with permissions, and sources in this order', () => {
    expect(renderRule(rule)).toBe(`# The door is closed

\`door-closed\` · limitation · severity warning · reviewed on 2026-11-20

## Why

An open door lets the cold in.

## What it says

| reason | outcome | message |
| --- | --- | --- |
| \`Closed\` | pass | Door {name} is closed. |
| \`Open\` | fail | Door {name} is open \\| ajar. |
| \`Gone\` | fail | There is no door. |

## How to fix it

### Open

Close it.

\`\`\`sh
close {name}
lock {name}
\`\`\`

### Gone

Buy one.

## What it reads

| fact | what it is | tier | permissions |
| --- | --- | --- | --- |
| \`vm\` | The model of the VM | A+C | \`Microsoft.Compute/virtualMachines/read\` |
| \`items\` | Protected items of the VM | A+C | \`Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read\`, \`Microsoft.RecoveryServices/Vaults/usages/read\`, \`Microsoft.RecoveryServices/Vaults/backupUsageSummaries/read\`, \`Microsoft.RecoveryServices/locations/backupStatus/action\` |

## Sources

- Doors, 2026
- Winter, 2025
`);
  });
});

describe('renderRule of a rule about other resources', () => {
  it('names the kind of resource and says when nothing can be told', () => {
    const page = renderRule(classicGuestAgentFlag);

    expect(page).toContain('| `classicVms` | Classic VMs | A | `Microsoft.ClassicCompute/virtualMachines/read` |');
    expect(page).toContain('the answer is always unknown');
    expect(page).not.toContain('How to fix it');
  });
});

describe('renderRule of a rule about backup servers', () => {
  it('asks the owner what Azure does not show', () => {
    const page = renderRule(mabsSqlLocal);

    expect(page).toContain('## What the owner may confirm');
    expect(page).toContain('| `engine` | The server as its vault shows it | B |');
  });
});

describe('renderRule of a rule that controls ask about', () => {
  it('lists the controls as evidence and claims nothing', () => {
    const page = renderRule(healthRpo);

    expect(page).toContain('| NIST SP 800-53 Rev 5 | CP-9 | System Backup | direct |');
    expect(page).toContain('says of none that it is met');
    expect(page).not.toMatch(/compliant/i);
  });
});

describe('renderRuleIndex', () => {
  it('keeps a rule on one line of its table', () => {
    expect(renderRuleIndex([{ ...rule, title: 'Closed\n  or locked' }], [], [])).toContain(
      '| [door-closed](door-closed.md) | limitation | warning | Closed or locked |\n\n## About other resources',
    );
  });
});

import { describe, expect, it } from 'vitest';

import { defineRule } from '../../lib/domain/rule.ts';
import { renderRule, renderRuleIndex } from '../../lib/reports/rule-page.ts';

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

| fact | what it is | permission |
| --- | --- | --- |
| \`vm\` | The model of the VM | \`Microsoft.Compute/virtualMachines/read\` |
| \`items\` | Protected items of the VM | \`Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read\` |

## Sources

- Doors, 2026
- Winter, 2025
`);
  });
});

describe('renderRuleIndex', () => {
  it('keeps a rule on one line of the table', () => {
    expect(renderRuleIndex([{ ...rule, title: 'Closed\n  or locked' }])).toBe(`# Rules

| rule | category | severity | passes when |
| --- | --- | --- | --- |
| [door-closed](door-closed.md) | limitation | warning | Closed or locked |
`);
  });
});

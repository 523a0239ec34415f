import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';

export const healthPrecheck = defineRule({
  id: 'health-precheck',
  title: "Azure's own pre-check is clean",
  category: 'backup-health',
  severity: 'warning',
  rationale:
    'Azure Backup checks the prerequisites of the next backup itself and says what is wrong. ActionRequired makes backups fail; ActionSuggested is advice. Its recommendations are shown as they are.',
  sources: ['ARM type definitions of recoveryservicesbackup, 2026-07-01'],
  reviewed: '2026-11-20',
  needs: {
    items: (items) => ({
      healthStatus: judgedItem(items)?.healthStatus,
      healthDetails: judgedItem(items)
        ?.healthDetails?.map(({ code }) => code)
        .join(', '),
    }),
  },
  pass: { Clean: 'The pre-check found nothing.' },
  fail: {
    ActionRequired: 'The pre-check asks for action: {findings}.',
    ActionSuggested: 'The pre-check suggests: {findings}.',
  },
  remedies: {
    ActionRequired: { text: 'Azure recommends: {recommendations}', commands: [] },
    ActionSuggested: { text: 'Azure recommends: {recommendations}', commands: [] },
  },
  check({ items }) {
    const item = judgedItem(items);
    if (!item) {
      return notApplicable('No item exists.');
    }
    const status = item.healthStatus ?? '';
    if (status === 'Passed') {
      return { kind: 'pass', reason: 'Clean', details: {} };
    }
    if (status !== 'ActionRequired' && status !== 'ActionSuggested') {
      return cannotTell('not-reported', `Azure reports the result of its pre-check as ${status || 'nothing'}.`);
    }
    const details = item.healthDetails ?? [];
    const findings = details.map(({ code, title, message }) => `${title || message} (${code})`).join('; ');
    const recommendations = details.flatMap((each) => each.recommendations).join(' ');
    return {
      kind: 'fail',
      reason: status,
      details: { findings: findings || 'without saying why' },
      commandDetails: { recommendations: recommendations || 'nothing; see the health of the item in the vault.' },
      ...(status === 'ActionSuggested' ? { severity: 'info' as const } : {}),
    };
  },
});

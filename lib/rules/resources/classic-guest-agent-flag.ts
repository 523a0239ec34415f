import { defineResourceRule } from '../../domain/resource-rule.ts';
import { cannotTell } from '../../domain/rule.ts';

export const classicGuestAgentFlag = defineResourceRule({
  id: 'classic-guest-agent-flag',
  title: 'A classic VM says that it has the guest agent',
  category: 'agent',
  severity: 'info',
  rationale:
    'After installing the agent by hand the property ProvisionGuestAgent of a classic VM had to be set. It stands only in the retired service management API, so nobody can tell it today.',
  sources: ['Troubleshoot failures caused by agent or extension issues, copy of 2018'],
  reviewed: '2026-11-21',
  about: 'classicVms',
  pass: {},
  fail: {},
  remedies: {},
  evidence: ({ id }) => ({ id }),
  check: ({ name }) =>
    cannotTell('not-exposed', `Azure no longer shows whether classic VM ${name} has ProvisionGuestAgent set.`),
});

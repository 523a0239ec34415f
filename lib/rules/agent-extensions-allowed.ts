import { defineRule } from '../domain/rule.ts';

export const agentExtensionsAllowed = defineRule({
  id: 'agent-extensions-allowed',
  title: 'Extension operations are allowed on the VM',
  category: 'agent',
  severity: 'warning',
  rationale:
    'With osProfile.allowExtensionOperations=false the backup extension cannot be installed (for backup this is inferred, unconfirmed). It can be false only while no extension is present. Crash-consistent backup works without it.',
  sources: ['ARM type definitions of Microsoft.Compute'],
  reviewed: '2026-11-20',
  needs: { vm: (vm) => ({ allowExtensionOperations: vm.allowExtensionOperations }) },
  pass: { Allowed: 'Extension operations are allowed on this VM.' },
  fail: { SwitchedOff: 'Extension operations are switched off on this VM.' },
  remedies: {
    SwitchedOff: {
      text: 'Set allowExtensionOperations to true, or use an Enhanced policy with snapshotConsistencyType OnlyCrashConsistent.',
      commands: [
        'az vm update --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName} --set osProfile.allowExtensionOperations=true',
      ],
    },
  },
  check({ vm }) {
    return vm.allowExtensionOperations === false
      ? { kind: 'fail', reason: 'SwitchedOff', details: {} }
      : { kind: 'pass', reason: 'Allowed', details: {} };
  },
});

import { cannotTell, defineRule } from '../domain/rule.ts';

const transitions = ['starting', 'stopping', 'deallocating'];

export const vmPowerState = defineRule({
  id: 'vm-power-state',
  title: 'The power state of the VM tells how consistent its backups are',
  category: 'agent',
  severity: 'info',
  rationale:
    'Of a running VM backups are application-consistent (Windows, VSS) or file-system-consistent (Linux; with scripts application-consistent). A stopped or deallocated VM is backed up too, crash-consistent: that is no failure. What its agent would say is unknown then.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'An overview of Azure VM backup, 2026-01-28',
    'Azure Resource Graph sample queries',
  ],
  reviewed: '2026-11-21',
  needs: { power: (power) => ({ 'powerState.code': power }) },
  pass: {
    Running: 'The VM is running: backups can be application-consistent (Windows) or file-system-consistent (Linux).',
    Offline:
      'The VM is {state}: backups are crash-consistent. Where application consistency matters it has to run during the backup window.',
  },
  fail: {},
  remedies: {},
  check({ power }) {
    const state = power.toLowerCase();
    if (state === 'running') {
      return { kind: 'pass', reason: 'Running', details: {} };
    }
    if (state === 'stopped' || state === 'deallocated') {
      return { kind: 'pass', reason: 'Offline', details: { state } };
    }
    return transitions.includes(state)
      ? cannotTell('in-transition', `The VM is ${state}.`)
      : cannotTell('not-reported', `The power state of the VM is reported as ${power || 'nothing'}.`);
  },
});

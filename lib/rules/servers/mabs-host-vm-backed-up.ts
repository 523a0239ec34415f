import { notApplicable } from '../../domain/rule.ts';
import { defineServerRule } from '../../domain/server-rule.ts';
import { isOneOf } from '../../domain/word.ts';

/** Verdicts of a VM that has backups. */
const backedUp = ['protected', 'pending'];

export const mabsHostVmBackedUp = defineServerRule({
  id: 'mabs-host-vm-backed-up',
  title: 'The VM on which the server runs is backed up itself',
  category: 'restore-readiness',
  severity: 'info',
  rationale:
    'Moving to another machine takes the old name, its storage pool and a copy of the database DPMDB (Modern Backup Storage only). A backup of the VM has them. Azure does not say on which VM a server runs; its owner does.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21'],
  reviewed: '2026-11-22',
  needs: { hostVm: (vm) => (vm === 'none' ? { vm: 'none' } : { vm: vm.vmId, verdict: vm.verdict }) },
  pass: { BackedUp: 'VM {vmName}, on which the server runs, is {verdict}.' },
  fail: {
    NotBackedUp: 'VM {vmName}, on which the server runs, is {verdict}: its database DPMDB is in no backup of it.',
  },
  remedies: {
    NotBackedUp: {
      text: 'Enable VM backup for the host as its own findings say, and back up DPMDB.',
      commands: ['az backup protection check-vm --vm {vmId}'],
    },
  },
  check({ hostVm }) {
    if (hostVm === 'none') {
      return notApplicable('The server runs on no VM of Azure.');
    }
    const { name: vmName, verdict, vmId } = hostVm;
    const details = { vmName, verdict };
    return isOneOf(verdict, backedUp)
      ? { kind: 'pass', reason: 'BackedUp', details }
      : { kind: 'fail', reason: 'NotBackedUp', details, commandDetails: { vmId } };
  },
});

import type { Machine } from '../domain/machine.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';

function planName({ plan }: Machine): string {
  return [plan?.publisher, plan?.product, plan?.name].filter((part) => part !== undefined).join(' ');
}

/** Why a restore by "create new" fails or puts the VM elsewhere. */
function limits(vm: Machine): readonly string[] {
  const nameOf = (id: string) => id.split('/').at(-1) ?? id;
  return [
    ...(vm.availabilitySetId ? [`it is in availability set ${nameOf(vm.availabilitySetId)}`] : []),
    ...(vm.hostId ? [`it is on dedicated host ${nameOf(vm.hostId)}`] : []),
    ...(vm.hostGroupId ? [`it is in dedicated host group ${nameOf(vm.hostGroupId)}`] : []),
    ...(vm.plan?.isOffered === false ? [`its Marketplace plan ${planName(vm)} was withdrawn`] : []),
  ];
}

export const restorePlacement = defineRule({
  id: 'restore-placement',
  title: 'A restored VM can stand where the VM stands',
  category: 'restore-readiness',
  severity: 'info',
  rationale:
    'A restore by "create new" does not put a VM into an availability set or on a dedicated host, and fails if the publisher has withdrawn its Marketplace plan or the VM has diagnostic settings (not read here). How a withdrawn plan shows is unconfirmed. Restoring the disks works in each case.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Troubleshooting backup failures on Azure VMs, 2025-11-12',
    'Restore Azure VM data in the portal, 2026',
  ],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({
      availabilitySet: vm.availabilitySetId,
      host: vm.hostId,
      hostGroup: vm.hostGroupId,
      plan: vm.plan ? planName(vm) : undefined,
    }),
  },
  pass: {
    NothingSpecial: 'Neither an availability set, a dedicated host nor a withdrawn Marketplace plan is in the way.',
  },
  fail: { Limited: 'A restore by "create new" is limited: {limits}.' },
  remedies: {
    Limited: {
      text: 'Write into the runbook: restore the disks, then create the VM from the template in its place.',
      commands: [],
    },
  },
  check({ vm }) {
    const found = limits(vm);
    if (found.length > 0) {
      return { kind: 'fail', reason: 'Limited', details: { limits: found.join(', ') } };
    }
    return vm.plan && vm.plan.isOffered === undefined
      ? cannotTell('not-reported', `Whether Marketplace plan ${planName(vm)} is still offered was not read.`)
      : { kind: 'pass', reason: 'NothingSpecial', details: {} };
  },
});

import { cannotTell, defineRule } from '../domain/rule.ts';

export const vmssMembership = defineRule({
  id: 'vmss-membership',
  title: 'The VM is no instance of a Uniform scale set',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Instances of Uniform scale sets are no VMs of their own and cannot be backed up. A VM that is attached to a Flexible scale set is an ordinary VM; it may be scaled in at any time.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26; the matrix of 2019 had no scale sets at all'],
  reviewed: '2026-11-21',
  needs: { scaleSetMode: (mode) => ({ orchestrationMode: mode }) },
  pass: {
    NoScaleSet: 'The VM belongs to no scale set.',
    Flexible:
      'The VM belongs to a Flexible scale set: it is backed up like any other, and may be scaled in at any time.',
  },
  fail: { Uniform: 'The VM is an instance of a Uniform scale set, which VM backup does not take.' },
  remedies: {
    Uniform: {
      text: 'Keep the state outside of the instances, and take them out of what is to be backed up.',
      commands: [],
    },
  },
  check({ scaleSetMode }) {
    switch (scaleSetMode.toLowerCase()) {
      case 'none':
        return { kind: 'pass', reason: 'NoScaleSet', details: {} };
      case 'flexible':
        return { kind: 'pass', reason: 'Flexible', details: {} };
      case 'uniform':
        return { kind: 'fail', reason: 'Uniform', details: {} };
      default:
        return cannotTell(
          'not-reported',
          `The orchestration mode of the scale set is reported as ${scaleSetMode || 'nothing'}.`,
        );
    }
  },
});

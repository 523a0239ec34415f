import { cannotTell, defineRule } from '../domain/rule.ts';
import { isOneOf, isWord } from '../domain/word.ts';

export const spotVm = defineRule({
  id: 'spot-vm',
  title: 'The VM is no Spot VM',
  category: 'limitation',
  severity: 'info',
  rationale:
    'Spot VMs are backed up, but a restore makes a VM of regular priority. An evicted one is offline, so its points are crash-consistent; one that Azure deletes when it evicts it seldom holds anything that is worth a backup.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26'],
  reviewed: '2026-11-21',
  needs: { vm: (vm) => ({ priority: vm.priority, evictionPolicy: vm.evictionPolicy }) },
  pass: {},
  fail: {
    Spot: 'Spot VM (when evicted: {eviction}): a restore produces a pay-as-you-go VM.',
    DeletedOnEviction:
      'Spot VM that Azure deletes when it evicts it: a restore produces a pay-as-you-go VM. It is a candidate for an exemption.',
  },
  remedies: {
    Spot: { text: 'Nothing has to change; know that a restore costs the regular price.', commands: [] },
    DeletedOnEviction: {
      text: 'If the VM is stateless, exempt it by the tag {tag}.',
      commands: ['az tag update --resource-id {vmId} --operation Merge --tags {tag}={value}'],
    },
  },
  concerns({ vm }) {
    const isRegular = vm.kind === 'known' && isWord(vm.value.priority ?? 'Regular', 'Regular');
    return !isRegular || 'The VM has regular priority.';
  },
  check({ vm }, { settings }) {
    const priority = vm.priority ?? '';
    if (!isOneOf(priority, ['Spot', 'Low'])) {
      return cannotTell('not-reported', `The priority of the VM is reported as ${priority || 'nothing'}.`);
    }
    const tag = settings.exclusionTagName;
    const [value] = settings.exclusionTagValues;
    // Where no tag exempts, none is advised.
    return isWord(vm.evictionPolicy, 'Delete') && tag !== '' && value !== undefined
      ? { kind: 'fail', reason: 'DeletedOnEviction', details: {}, commandDetails: { tag, value } }
      : { kind: 'fail', reason: 'Spot', details: { eviction: vm.evictionPolicy ?? 'not told' } };
  },
});

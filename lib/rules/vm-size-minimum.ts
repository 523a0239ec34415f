import { cannotTell, defineRule } from '../domain/rule.ts';
import { smallestVm } from '../domain/support-list.ts';
import type { VmSize } from '../domain/vm-size.ts';
import { isWord } from '../domain/word.ts';

/** Whether a number of Azure reaches a minimum; `undefined` where Azure does not tell the number. */
function reaches(minimum: number, value: number | undefined): boolean | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value >= minimum;
}

/** One number below the minimum is enough; that the size is large enough takes both. */
function isLargeEnough({ vCpus, memoryGiB }: VmSize): boolean | undefined {
  const parts = [reaches(smallestVm.vCpus, vCpus), reaches(smallestVm.memoryGiB, memoryGiB)];
  return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
}

export const vmSizeMinimum = defineRule({
  id: 'vm-size-minimum',
  title: 'The VM has at least 2 vCPUs and 1 GB of memory',
  category: 'limitation',
  severity: 'info',
  rationale:
    'The support matrix speaks of any VM with at least two CPU cores and 1 GB of memory. Sizes with one core (B1) are below it, but are not known to be refused; where Azure Backup itself calls a size supported, that counts.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'ARM type definitions of recoveryservicesbackup, 2026-07-01',
  ],
  reviewed: '2026-11-21',
  needs: { vm: (vm) => ({ 'hardwareProfile.vmSize': vm.vmSize }), vmSizes: () => ({}) },
  pass: {
    LargeEnough: '{vmSize} has {vCpus} vCPUs and {memory} GiB of memory.',
    Supported: 'Azure Backup calls {vmSize} supported.',
  },
  fail: {
    BelowMinimum:
      '{vmSize} has {vCpus} vCPUs and {memory} GiB of memory; the documented minimum for backup is {minimum}.',
  },
  remedies: {
    BelowMinimum: {
      text: 'Resize the VM, or accept it: smaller sizes are not known to be refused.',
      commands: ['az vm resize --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName} --size Standard_B2s'],
    },
  },
  check({ vm, vmSizes }) {
    const vmSize = vm.vmSize;
    if (vmSize === undefined) {
      return cannotTell('not-reported', 'Azure does not tell the size of the VM.');
    }
    const size = vmSizes.get(vmSize.toLowerCase());
    if (!size) {
      return cannotTell('not-reported', `Size ${vmSize} is not in Azure's list of sizes for this region.`);
    }
    const numbers = { vmSize, vCpus: String(size.vCpus ?? 'unknown'), memory: String(size.memoryGiB ?? 'unknown') };
    const isEnough = isLargeEnough(size);
    if (isEnough) {
      return { kind: 'pass', reason: 'LargeEnough', details: numbers };
    }
    if (isWord(size.backupSupport, 'Supported')) {
      return { kind: 'pass', reason: 'Supported', details: { vmSize } };
    }
    return isEnough === undefined
      ? cannotTell('not-reported', `Azure's list of sizes does not tell cores and memory of ${vmSize}.`)
      : {
          kind: 'fail',
          reason: 'BelowMinimum',
          details: { ...numbers, minimum: `${smallestVm.vCpus} vCPUs and ${smallestVm.memoryGiB} GB` },
        };
  },
});

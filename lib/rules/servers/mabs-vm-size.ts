import { isNoDpm, notShown, ofUnknownKind } from '../../domain/server-kind.ts';
import { confirmedMessage, defineServerRule } from '../../domain/server-rule.ts';
import { backupServerNeeds } from '../../domain/support-list.ts';

const { coresInAzure, coresOnPremises, memoryGiB: leastMemory } = backupServerNeeds;

export const mabsVmSize = defineServerRule({
  id: 'mabs-vm-size',
  title: 'The host of Azure Backup Server is large enough',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'In Azure at least Standard_A4_v2, 4 cores and 8 GB; on-premises 2 cores and 8 GB. Below that setup may pass, but jobs starve. A server for Azure VMs must run in Azure, one for on-premises machines on-premises.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21', 'MABS and DPM support matrix, 2025-07-17'],
  reviewed: '2026-11-22',
  checklist: `Has the machine at least ${coresInAzure} cores (on-premises: ${coresOnPremises}) and ${leastMemory} GB of memory?`,
  needs: {
    engine: () => ({}),
    host: ({ where, vmSize, cores, memoryGiB }) => ({ where, 'hardwareProfile.vmSize': vmSize, cores, memoryGiB }),
  },
  pass: {
    LargeEnough: 'The host has {cores} cores and {memory} GiB of memory; {least} are needed.',
    Confirmed: confirmedMessage,
  },
  fail: {
    TooSmallVm: 'The host {host} ({size}) has {cores} cores and {memory} GiB of memory; {least} are needed.',
    TooSmall: 'The host has {cores} cores and {memory} GiB of memory; {least} are needed.',
  },
  remedies: {
    TooSmallVm: { text: 'Resize the VM; it restarts.', commands: ['az vm resize --ids {host} --size Standard_D4s_v5'] },
    TooSmall: { text: 'Give the machine {least}.', commands: [] },
  },
  concerns: isNoDpm,
  check({ engine, host }) {
    const unknownKind = ofUnknownKind(engine);
    if (unknownKind) {
      return unknownKind;
    }
    const leastCores = host.where === 'azure' ? coresInAzure : coresOnPremises;
    const { cores, memoryGiB, vmId, vmSize = 'size not told' } = host;
    const details = {
      cores: String(cores ?? 'unknown'),
      memory: String(memoryGiB ?? 'unknown'),
      least: `${leastCores} cores and ${leastMemory} GB`,
    };
    if ((cores ?? leastCores) < leastCores || (memoryGiB ?? leastMemory) < leastMemory) {
      return vmId === undefined
        ? { kind: 'fail', reason: 'TooSmall', details }
        : { kind: 'fail', reason: 'TooSmallVm', details: { ...details, host: vmId, size: vmSize } };
    }
    return cores === undefined || memoryGiB === undefined
      ? notShown(engine, 'The size of the host')
      : { kind: 'pass', reason: 'LargeEnough', details };
  },
});

import { versionRule } from './guest.ts';
import type { MachinePlan } from './machine-plan.ts';
import { leavesOpen, notes, type Sign, unclear } from './truth.ts';

/** What follows from how every VM is drawn, plants or not: being off, an image of one's own, a second NIC. */
export function standingSigns(plan: MachinePlan): Sign[] {
  return [
    ...(plan.power === 'running' ? [] : [unclear('agent-ready'), unclear(versionRule(plan))]),
    ...(tellsNoSystem(plan) ? unknownSystem(plan) : []),
    ...(plan.osDisk === 'ephemeral' ? [unclear('disk-ephemeral-os')] : []),
    ...(plan.hasSecondNic ? [notes('restore-multiple-nic')] : []),
    // Which disks a file-level restore does without is no part of the decision of this rule.
    ...(plan.dataDiskSku === 'PremiumV2_LRS' && plan.dataDisks > 0 ? [leavesOpen('restore-placement')] : []),
  ];
}

/** The company's own image does not tell the operating system, and only a guest that runs and reports does. */
function tellsNoSystem({ isGalleryImage, power, agent }: MachinePlan): boolean {
  return isGalleryImage && (power !== 'running' || agent === null);
}

function unknownSystem({ image }: MachinePlan): Sign[] {
  return image.osType === 'Windows'
    ? [unclear('os-windows-supported')]
    : [unclear('os-linux-supported'), unclear('os-container-linux')];
}

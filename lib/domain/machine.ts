import type { ArmId, VmAddress } from './ids.ts';
import { isWord } from './word.ts';

/** The model of a VM, as far as the rules read it. */
export interface Machine extends VmAddress {
  readonly tenantId: string;
  readonly region: string;
  /** Azure's own id of this very VM: a VM created again under the same name has another one. */
  readonly vmId: string;
  /** ISO 8601; absent when Azure did not say. */
  readonly timeCreated?: string;
  readonly managedBy?: string;
  readonly osType?: 'Windows' | 'Linux';
  readonly image?: Image;
  readonly securityType?: string;
  /** `undefined` when the VM was made from a specialised disk (no osProfile), which says nothing about the agent. */
  readonly provisionVmAgent?: boolean;
  /** Absent = allowed. */
  readonly allowExtensionOperations?: boolean;
  /** `Succeeded`, `Failed`, `Creating`, `Updating`, `Deleting` ...; the list is open. */
  readonly provisioningState?: string;
  /** For example `Standard_D2s_v5`. */
  readonly vmSize?: string;
  /** Availability zones; empty for a regional VM. */
  readonly zones: readonly string[];
  /** `Regular`, `Spot` or `Low`; absent = regular. */
  readonly priority?: string;
  /** What happens to a Spot VM that is evicted: `Deallocate` or `Delete`. */
  readonly evictionPolicy?: string;
  /** Name of the Azure Extended Zone (edge zone) in which the VM stands. */
  readonly extendedZone?: string;
  readonly availabilitySetId?: ArmId;
  /** Scale set to which the VM is attached. */
  readonly scaleSetId?: ArmId;
  /** Dedicated host or host group. */
  readonly hostId?: ArmId;
  readonly hostGroupId?: ArmId;
  /** Marketplace plan under which the image is bought. */
  readonly plan?: Plan;
  /** How the OS disk of a Confidential VM is encrypted. */
  readonly confidentialEncryption?: string;
}

/** The plan of a paid marketplace image. */
export interface Plan {
  readonly name?: string;
  readonly publisher?: string;
  readonly product?: string;
  /** Whether the publisher still offers an image under it; absent = not asked. */
  readonly isOffered?: boolean;
}

/** Marketplace image reference; `id` instead of the names for gallery and custom images. */
export interface Image {
  readonly publisher?: string;
  readonly offer?: string;
  readonly sku?: string;
  readonly id?: string;
}

/** One disk of the storage profile. `unmanaged`: a page blob in a storage account (`vhd.uri`). */
export interface Disk {
  readonly name: string;
  readonly role: 'os' | 'data';
  readonly unmanaged: boolean;
  /** Of data disks. */
  readonly lun?: number;
  /** The disk resource; absent for unmanaged disks and where Azure does not say. */
  readonly id?: ArmId;
  /** As the VM has it; Azure leaves it out of a deallocated VM. In GiB. */
  readonly sizeGiB?: number;
  /** As the VM has it, for example `Premium_LRS`; Azure leaves it out of a deallocated VM. */
  readonly storageType?: string;
  readonly writeAccelerator?: boolean;
  /** The OS disk lives on the local storage of the host. */
  readonly ephemeral?: boolean;
}

/** What runs in the guest; `name` and `version` as the agent or the platform reported them. */
export interface GuestOs {
  readonly type?: 'Windows' | 'Linux';
  readonly name?: string;
  readonly version?: string;
  readonly image?: Image;
}

/** Power state without the `PowerState/` prefix: `running`, `stopped`, `deallocated`, `starting` ... */
export type PowerState = string;

/** What the VM agent reported in the instance view; `statusCode` absent = no agent section at all. */
export interface AgentReport {
  readonly version?: string;
  readonly statusCode?: string;
  readonly displayStatus?: string;
  readonly message?: string;
  readonly time?: string;
  /** When Azure was asked, if that was at an earlier occasion (ISO 8601). */
  readonly askedAt?: string;
}

export type Tags = Readonly<Record<string, string>>;

/** Value of a tag; Azure compares tag names without regard to case. */
export function tagValue(tags: Tags, name: string): string | undefined {
  // Of names that differ in case only, the first one counts.
  for (const own in tags) {
    if (isWord(own, name)) {
      return tags[own];
    }
  }
  return undefined;
}

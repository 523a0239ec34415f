/** An error of Azure Backup whose cause lies inside of the guest. */
export interface GuestError {
  /** Symbolic names. */
  readonly names: readonly string[];
  /** A clause for the reader. */
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * The errors of prerequisites that Azure does not show ('Troubleshoot failures caused by agent or extension issues' and
 * 'Troubleshooting backup failures on Azure VMs', 2025-11-12).
 */
export const guestErrors: readonly GuestError[] = [
  {
    names: ['GuestAgentSnapshotTaskStatusError'],
    meaning: 'the agent does not tell how the snapshot went',
    remedy:
      'Repair the agent; Linux: Extensions.Enable=y and Provisioning.Agent=auto in waagent.conf; Windows: let AppLocker pass IaaSBcdrExtension.exe.',
  },
  {
    names: ['ExtensionSnapshotFailedNoSecureNetwork'],
    meaning: 'the guest opens no secure channel (TLS)',
    remedy: 'Set SchUseStrongCrypto=1 for every version of .NET.',
  },
  {
    names: ['VMRestorePointInternalError'],
    meaning: 'antivirus blocks IaaSBcdrExtension.exe',
    remedy: 'Exclude the two folders of VMSnapshot from the antivirus.',
  },
  {
    names: ['UserErrorFsFreezeFailed'],
    meaning: 'a file system could not be frozen',
    remedy: 'Run fsck, remove duplicate mounts, or name mounts in MountsToSkip of /etc/azure/vmbackup.conf.',
  },
  {
    names: ['UserErrorUnableToOpenMount'],
    meaning: 'a mount point cannot be opened',
    remedy: 'Repair or unmount it.',
  },
  {
    // The reference writes the third name as `...MDTC`.
    names: ['ExtensionSnapshotFailedCOM', 'ExtensionInstallationFailedCOM', 'ExtensionInstallationFailedMDTC'],
    meaning: 'COM+ or MSDTC is not healthy',
    remedy: 'Restart the service COM+ System Application; let MSDTC run as Network Service.',
  },
  {
    names: ['ExtensionFailedVssWriterInBadState', 'ExtensionFailedVssServiceInBadState'],
    meaning: 'a VSS writer or the VSS service is in a bad state',
    remedy: 'Restart the writers and the service, free disk space, or back up off-peak.',
  },
  {
    names: ['ExtensionConfigParsingFailure'],
    meaning: 'the folder MachineKeys has wrong permissions',
    remedy: 'Reset its permissions and delete the certificates of the fabric (CRP).',
  },
  {
    names: ['ExtensionFailedTimeoutVMNetworkUnresponsive'],
    meaning: 'the VM has too little power for the snapshot',
    remedy: 'Set SnapshotMethod to firstHostThenGuest, back up off-peak, or resize the VM.',
  },
  {
    names: ['ExtensionSnapshotBitlockerError'],
    meaning: 'BitLocker locks a drive',
    remedy: 'Unlock the drive.',
  },
  {
    names: ['ExtensionVCRedistInstallationFailure'],
    meaning: 'the Visual C++ redistributable could not be installed',
    remedy: 'Install it, with Start=3 for the service Msiserver.',
  },
];

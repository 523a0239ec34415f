/**
 * What a workload, MARS or MABS backup must reach on TCP 443, named like its service tag. `Storage` is the storage of
 * the VM's own region. Plain VM backup needs none of them.
 */
export type Destination = 'AzureBackup' | 'Storage' | 'AzureActiveDirectory';

/** All destinations, in the order in which they are reported. */
export const destinations: readonly Destination[] = ['AzureBackup', 'Storage', 'AzureActiveDirectory'];

/** The port of all destinations. 8443, which the guidance of 2019 named, is not in any current page. */
export const backupPort = 443;

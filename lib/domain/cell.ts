/** All VMs of one subscription in one region: Azure's own wall around a VM and its network. */
export interface Cell {
  readonly subscriptionId: string;
  readonly region: string;
}

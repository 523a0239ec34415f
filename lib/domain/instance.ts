/** A VM as Azure tells it from others that had its name before or after it. */
export interface Instance {
  /** Azure's own id of this very VM; empty where it is not known. */
  readonly instanceId: string;
}

/** Whether two VMs of one ARM id are different ones: it was deleted and created again. Unknown ids tell nothing. */
export function isCreatedAgain(former: Instance | undefined, present: Instance): boolean {
  const before = former?.instanceId ?? '';
  return before !== '' && present.instanceId !== '' && before.toLowerCase() !== present.instanceId.toLowerCase();
}

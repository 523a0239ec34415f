/** What an owner says of a server that Azure does not show. Instants are ISO 8601 UTC. */
export interface Confirmation {
  readonly confirmationId: string;
  readonly serverKey: string;
  /** Id of the rule whose requirement holds, or `host`: which machine the server runs on. */
  readonly confirms: string;
  /** A later withdrawal ends what was confirmed before. */
  readonly what: 'confirmed' | 'withdrawn';
  /** Of `host`: the ARM id of the Azure VM, or `on-premises`. */
  readonly host?: string;
  readonly by: string;
  readonly at: string;
  /** From this instant on it no longer counts. */
  readonly until: string;
  readonly note?: string;
}

/** What is confirmed of a host, where it is one of Azure's VMs or none. */
export const hostConfirmation = 'host';

/** Puts confirmations in the order of time, the newest first; of one instant their ids tell the order. */
export function newestFirst(a: Confirmation, b: Confirmation): number {
  return b.at.localeCompare(a.at) || b.confirmationId.localeCompare(a.confirmationId);
}

/** The confirmation of something that counts at an instant: the newest, if it was not withdrawn and still holds. */
export function validConfirmation(
  confirmations: readonly Confirmation[],
  confirms: string,
  now: Date,
): Confirmation | undefined {
  const [newest] = confirmations.filter((each) => each.confirms === confirms).toSorted(newestFirst);
  return newest?.what === 'confirmed' && now.getTime() < Date.parse(newest.until) ? newest : undefined;
}

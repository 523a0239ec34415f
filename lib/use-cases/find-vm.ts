import type { Evaluated } from './evaluated.ts';
import type { Ports } from './ports.ts';

/** Subscriptions that are asked at a time. */
const askedAtOnce = 32;

/** A key as it is given out; anything else is nobody's, and is not looked for. */
const keyForm = /^[0-9a-f]{20}$/;

/**
 * The row of a VM by its key alone. The key does not tell the subscription, so each one that has VMs is asked by a point read: a
 * few hundred of them take less than one scan. A VM of a subscription that counts none any more is looked for in all rows.
 */
export async function findVm(
  { evaluations, postures }: Pick<Ports, 'evaluations' | 'postures'>,
  vmKey: string,
): Promise<Evaluated | undefined> {
  if (!keyForm.test(vmKey)) {
    return undefined;
  }
  const parts = await postures.slices(undefined);
  const subscriptions = [...new Set(parts.flatMap(({ posture }) => Object.keys(posture.subscriptions)))];
  for (let from = 0; from < subscriptions.length; from += askedAtOnce) {
    const asked = subscriptions.slice(from, from + askedAtOnce);
    const rows = await Promise.all(asked.map((subscriptionId) => evaluations.find(subscriptionId, vmKey)));
    const found = rows.find((row) => row !== undefined);
    if (found) {
      return found.value;
    }
  }
  return evaluations.findByKey(vmKey);
}

import type { EvaluatedHead } from './evaluated.ts';
import { inBatches } from './in-batches.ts';
import type { Ports } from './ports.ts';

/** Ends that come before the next sweep has passed; a message may be delayed by seven days at most. */
const hoursAhead = 26;

/**
 * Lets VMs be judged again at the moment at which their exemption ends, whatever it was made by: by a delayed message, which is
 * a no-op if newer evidence is stored by then.
 */
export async function awaitExemptionEnds(
  { queues, clock }: Pick<Ports, 'queues' | 'clock'>,
  vms: readonly Pick<EvaluatedHead, 'vmId' | 'exemption'>[],
): Promise<void> {
  const now = clock().getTime();
  const ending = vms.flatMap(({ vmId, exemption }) => {
    const endsAt = exemption?.endsAt;
    const left = Date.parse(endsAt ?? '') - now;
    return endsAt && left > 0 && left <= hoursAhead * 3_600_000 ? [{ vmId, endsAt, left }] : [];
  });
  await inBatches(ending, ({ vmId, endsAt, left }) =>
    queues.evaluate(
      { vmId, change: 'written', changedAt: endsAt, eventId: `exemption-end-${endsAt}` },
      Math.ceil(left / 1000),
    ),
  );
}

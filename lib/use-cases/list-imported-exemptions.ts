import type { Visible } from '../domain/caller.ts';
import {
  type ExemptionOfVm,
  type ExemptionOrigin,
  type ExemptionState,
  exemptionState,
} from '../domain/registered-exemption.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Evaluated } from './evaluated.ts';
import { vmPosition } from './list-vms.ts';
import type { Ports } from './ports.ts';

/** A VM that is exempt by something that was not made in Backstop. */
export interface ImportedExemption extends ExemptionOfVm {
  readonly vmId: string;
  readonly vmKey: string;
  readonly vmName: string;
  readonly state: ExemptionState;
}

/** Exempt by what, and the subscriptions that may be seen; absent: all. */
export interface ImportedFilter {
  readonly origin: Exclude<ExemptionOrigin, 'register'>;
  readonly visible?: Visible;
}

/** A page of VMs that are exempt so and the cursor of the next one; `null` at the end. */
export interface ImportedPage {
  readonly exemptions: readonly ImportedExemption[];
  readonly next: string | null;
}

const noEnd = '9999-12-31T00:00:00.000Z';

/** VMs that are exempt by a tag or by Azure Policy, as they were last judged, a page at a time. Throws `WrongCursor`. */
export async function listImportedExemptions(
  { evaluations, clock }: Pick<Ports, 'evaluations' | 'clock'>,
  noticeDays: number,
  { origin, visible }: ImportedFilter,
  size: number,
  cursor: string | undefined,
): Promise<ImportedPage> {
  const query = [origin];
  const after = cursor === undefined ? undefined : decodeCursor(query, vmPosition, cursor);
  const now = clock();
  const importedOf = ({ exemption, vmId, vmKey, name }: Evaluated): readonly ImportedExemption[] =>
    exemption
      ? [
          {
            ...exemption,
            vmId,
            vmKey,
            vmName: name,
            state: exemptionState({ until: exemption.endsAt ?? noEnd }, now, noticeDays),
          },
        ]
      : [];
  const { rows, next } = await evaluations.page(
    { verdict: 'exempt', exemptBy: origin, subscriptions: visible },
    size,
    after,
  );
  return { exemptions: rows.flatMap(importedOf), next: next ? encodeCursor(query, { ...next }) : null };
}

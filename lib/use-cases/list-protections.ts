import type { Attempt } from '../domain/attempt.ts';
import type { Visible } from '../domain/caller.ts';
import type { Ports } from './ports.ts';
import type { Protections } from './protector-ports.ts';

/** An attempt, and what became of the VM. */
export interface AttemptOfVm extends Attempt {
  readonly verdict: string | null;
  readonly lastRecoveryPoint: string | null;
  /** Protection works: a recovery point was made after the request. Before that, nothing is done. */
  readonly isProven: boolean;
}

/** The newest attempts to protect VMs that may be seen, with the proof that protection works. */
export async function listProtections(
  { evaluations }: Pick<Ports, 'evaluations'>,
  protections: Pick<Protections, 'newest'>,
  limit: number,
  visible?: Visible,
): Promise<readonly AttemptOfVm[]> {
  const attempts = await protections.newest(limit, visible);
  return Promise.all(
    attempts.map(async (attempt) => {
      const row = (await evaluations.find(attempt.subscriptionId, attempt.vmKey))?.value;
      const point = row?.lastRecoveryPoint;
      const isAfter = point !== undefined && Date.parse(point) > Date.parse(attempt.requestedAt ?? '');
      return {
        ...attempt,
        verdict: row?.verdict ?? null,
        lastRecoveryPoint: point ?? null,
        isProven: attempt.state === 'enabled' && isAfter,
      };
    }),
  );
}

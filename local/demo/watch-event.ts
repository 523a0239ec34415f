import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { Api } from './api.ts';

const pollMs = 50;
const patienceMs = 60_000;

/** What became of a change in Azure, and how long it took until the API told it. */
export interface EventVerdict {
  readonly row: Evaluated;
  readonly ms: number;
}

/** Waits until the API answers with an evaluation of the VM that satisfies `isThat`. */
export async function awaitVerdict(
  api: Api,
  vmId: string,
  isThat: (row: Evaluated) => boolean,
  from = performance.now(),
): Promise<EventVerdict> {
  while (performance.now() - from < patienceMs) {
    const row = await api.vm(vmId);
    if (row && isThat(row)) {
      return { row, ms: Math.round(performance.now() - from) };
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`No verdict on ${vmId} within ${patienceMs / 1000} s.`);
}

import type { Neighbourhood } from '../../local/neighbourhood.ts';
import type { ReadFigures } from './figures.ts';
import { quantile } from './quantile.ts';

const callsToWarmUp = 30;
const calls = 100;

const reads: readonly (readonly [ReadFigures['read'], string])[] = [
  ['posture', 'posture'],
  ['page of 100 vms', 'vms?size=100'],
];

async function msOf({ call }: Neighbourhood, path: string): Promise<number> {
  const from = performance.now();
  const answer = await call(path);
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`GET ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  }
  return performance.now() - from;
}

/** Reads posture and VMs, one call after the other, as somebody at a dashboard does. */
export async function measureReads(neighbourhood: Neighbourhood): Promise<readonly ReadFigures[]> {
  const figures: ReadFigures[] = [];
  for (const [read, path] of reads) {
    const times: number[] = [];
    for (let number = -callsToWarmUp; number < calls; number += 1) {
      const ms = await msOf(neighbourhood, path);
      if (number >= 0) {
        times.push(ms);
      }
    }
    figures.push({ read, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) });
  }
  return figures;
}

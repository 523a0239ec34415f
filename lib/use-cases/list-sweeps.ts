import { summedUp } from './close-run.ts';
import type { Ports } from './ports.ts';
import type { Run } from './run.ts';

/** The newest sweeps; one that is running shows how far its shards are. */
export async function listSweeps({ runs }: Pick<Ports, 'runs'>, limit: number): Promise<readonly Run[]> {
  const newest = await runs.newest(limit);
  return Promise.all(newest.map(async (run) => (run.finishedAt ? run : summedUp(run, await runs.shards(run.runId)))));
}

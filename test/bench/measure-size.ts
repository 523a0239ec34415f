import { generateEstate } from '../../local/estates/generate.ts';
import { type Neighbourhood, type NeighbourhoodOptions, startNeighbourhood } from '../../local/neighbourhood.ts';
import { exempt } from './changes.ts';
import { measureEvents } from './events.ts';
import type { EventFigures, ReadFigures, SizeFigures, SweepFigures } from './figures.ts';
import type { Part } from './options.ts';
import { measureReads } from './reads.ts';
import { serviceSettings } from './service-settings.ts';
import { measureSweep, sweepUntilSettled } from './sweeps.ts';

const vmsPerSubscription = 400;
/** Twenty events a second in a few subscriptions are more than ARM lets anybody read there. */
const fewestSubscriptions = 20;
const seed = 7;

type Say = (what: string) => void;
type Quota = SweepFigures['quota'];

/** What the service is measured with: the estate, and what the simulated Azure does beside its usual. */
type Surroundings = Pick<NeighbourhoodOptions, 'estate' | 'simulated'>;

async function within<T>(
  { estate, simulated }: Surroundings,
  work: (neighbourhood: Neighbourhood) => Promise<T>,
): Promise<T> {
  const neighbourhood = await startNeighbourhood({
    estate,
    settings: serviceSettings,
    ...(simulated ? { simulated } : {}),
  });
  try {
    return await work(neighbourhood);
  } finally {
    await neighbourhood.stop();
  }
}

const quotaOf = (quota: Quota) => (quota === 'off' ? ({ resourceGraphQuota: 'off' } as const) : {});

/** The sweeps that share their tables. Events of what is changed are lost, so that the sweep finds it. */
function sweepsAndReads(estate: Surroundings['estate'], vms: number, parts: readonly Part[], say: Say) {
  const simulated = { ...quotaOf('off'), lagMs: 0, events: { loseOneIn: 1 } };
  return within({ estate, simulated }, async (neighbourhood) => {
    const sweeps: SweepFigures[] = [];
    const sweepOnce = async (sweep: SweepFigures['sweep']) => {
      say(`${sweep} sweep`);
      sweeps.push(await measureSweep(neighbourhood, sweep, 'off'));
    };
    await sweepOnce('first');
    if (parts.includes('sweeps')) {
      say('sweeps until all VMs in doubt were read');
      await sweepUntilSettled(neighbourhood);
      await sweepOnce('unchanged');
      await exempt(neighbourhood, estate, Math.ceil(vms / 100));
      await sweepOnce('1 % changed');
    }
    let reads: readonly ReadFigures[] = [];
    if (parts.includes('reads')) {
      say('reads');
      reads = await measureReads(neighbourhood);
    }
    return { sweeps, reads };
  });
}

/** Measures a service with an estate of so many VMs, from outside of it. `say` is told what begins. */
export async function measureSize(vms: number, parts: readonly Part[], say: Say): Promise<SizeFigures> {
  const subscriptions = Math.max(fewestSubscriptions, Math.ceil(vms / vmsPerSubscription));
  say('estate');
  const estate = generateEstate({ vms, subscriptions, seed });
  const sweeps: SweepFigures[] = [];
  const events: EventFigures[] = [];
  let reads: readonly ReadFigures[] = [];
  if (parts.includes('sweeps') || parts.includes('reads')) {
    const found = await sweepsAndReads(estate, vms, parts, say);
    sweeps.push(...found.sweeps);
    reads = found.reads;
  }
  if (parts.includes('sweeps')) {
    say('first sweep with the quota');
    sweeps.push(await within({ estate }, (neighbourhood) => measureSweep(neighbourhood, 'first', 'on')));
  }
  if (parts.includes('events')) {
    for (const quota of ['off', 'on'] as const) {
      say(`events, quota ${quota}`);
      const surroundings = { estate, simulated: quotaOf(quota) };
      events.push(await within(surroundings, (neighbourhood) => measureEvents(neighbourhood, estate, quota)));
    }
  }
  return { vms, subscriptions, sweeps, events, reads };
}

import { afterAll, beforeAll } from 'vitest';

import type { Inventory, Ports } from '../../lib/use-cases/ports.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import type { SimulatedAzureOptions } from '../../local/azure/simulated-azure.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { type ServiceWithStorage, startServiceWithStorage } from '../contract/service-with-storage.ts';
import { testEstate } from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { ownEstate, standingClock } from './swept-estate.ts';

/** Tests share a storage and not their sweeps: those that covered the subscriptions of others are not there. */
function ownRuns(runs: Ports['runs'], isOfOthers: (subscriptionId: string) => boolean): Ports['runs'] {
  return {
    ...runs,
    async newest(limit, kind) {
      const found: Run[] = [];
      for (const run of await runs.newest(1000, kind)) {
        const covered = await runs.subscriptionsOf(run.runId);
        if (found.length < limit && !covered.some(({ subscriptionId }) => isOfOthers(subscriptionId))) {
          found.push(run);
        }
      }
      return found;
    },
  };
}

/** The service with one storage for all tests of a file; each test gets an estate and a clock of its own. */
export async function serviceOfFile() {
  const certificate = await trustedCertificate();
  let service: ServiceWithStorage;
  beforeAll(async () => {
    service = await startServiceWithStorage(certificate);
  });
  afterAll(() => service.stop());
  const subscriptionsOfAll = new Set<string>();
  async function on(estate: Estate, now: () => Date, simulated: Partial<SimulatedAzureOptions> = {}) {
    const own = new Set(estate.subscriptions.map(({ subscriptionId }) => subscriptionId));
    for (const id of own) subscriptionsOfAll.add(id);
    const { ports, ...rest } = await service.on(estate, now, {}, simulated);
    const runs = ownRuns(ports.runs, (id) => subscriptionsOfAll.has(id) && !own.has(id));
    return { ...rest, ports: { ...ports, runs } };
  }
  return {
    /** The text of the certificate that every simulated Azure of the file shows. */
    certificate: certificate.cert,
    on,
    async started(estate = testEstate(), simulated: Partial<SimulatedAzureOptions> = {}) {
      const own = ownEstate(estate);
      const clock = standingClock();
      return { ...own, clock, ...(await on(own.estate, clock.now, simulated)) };
    },
  };
}

/** The service as it is, but one reading of its inventory is another one. */
export function withInventory(ports: Ports, change: Partial<Inventory>): Ports {
  return { ...ports, inventory: { ...ports.inventory, ...change } };
}

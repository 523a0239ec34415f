import { afterAll, beforeAll } from 'vitest';

import type { Inventory, Ports } from '../../lib/use-cases/ports.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { type ServiceWithStorage, startServiceWithStorage } from '../contract/service-with-storage.ts';
import { testEstate } from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { ownEstate, standingClock } from './swept-estate.ts';

/** The service with one storage for all tests of a file; each test gets an estate and a clock of its own. */
export async function serviceOfFile() {
  const certificate = await trustedCertificate();
  let service: ServiceWithStorage;
  beforeAll(async () => {
    service = await startServiceWithStorage(certificate);
  });
  afterAll(() => service.stop());
  return {
    /** The text of the certificate that every simulated Azure of the file shows. */
    certificate: certificate.cert,
    on: (estate: Estate, now: () => Date) => service.on(estate, now),
    async started(estate = testEstate()) {
      const own = ownEstate(estate);
      const clock = standingClock();
      return { ...own, clock, ...(await service.on(own.estate, clock.now)) };
    },
  };
}

/** The service as it is, but one reading of its inventory is another one. */
export function withInventory(ports: Ports, change: Partial<Inventory>): Ports {
  return { ...ports, inventory: { ...ports.inventory, ...change } };
}

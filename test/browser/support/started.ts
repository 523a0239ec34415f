import type { Browser } from 'playwright-core';

import { buildPage } from '../../../local/build-page.ts';
import type { Estate } from '../../../local/estates/estate.ts';
import type { Neighbourhood } from '../../../local/neighbourhood.ts';
import { startBuilt } from '../../end-to-end/support/built-app.ts';
import { sweep } from '../../end-to-end/support/results.ts';
import { startChromium } from './chromium.ts';

/** A browser, and the neighbourhood of an estate after its first sweep. */
export interface Started {
  readonly browser: Browser;
  readonly neighbourhood: Neighbourhood;
  stop(): Promise<void>;
}

async function sweptNeighbourhood(estate: Estate): Promise<Neighbourhood> {
  await buildPage();
  const neighbourhood = await startBuilt({ estate, simulated: { resourceGraphQuota: 'off' } });
  await sweep(neighbourhood);
  return neighbourhood;
}

/** Starts both at once. */
export async function start(estate: Estate): Promise<Started> {
  const [browser, neighbourhood] = await Promise.all([startChromium(), sweptNeighbourhood(estate)]);
  return {
    browser,
    neighbourhood,
    async stop() {
      await browser.close();
      await neighbourhood.stop();
    },
  };
}

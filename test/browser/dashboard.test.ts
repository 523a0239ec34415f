import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildPage } from '../../local/build-page.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from '../end-to-end/support/built-app.ts';
import { postureOf, sweep } from '../end-to-end/support/results.ts';
import { startChromium } from './support/chromium.ts';
import { visit } from './support/visit.ts';

const estate = generateEstate({ vms: 40, seed: 11 });
let browser: Browser;
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  [browser, neighbourhood] = await Promise.all([
    startChromium(),
    buildPage().then(() => startBuilt({ estate, simulated: { resourceGraphQuota: 'off' } })),
  ]);
  await sweep(neighbourhood);
});

afterAll(async () => {
  await browser?.close();
  await neighbourhood?.stop();
});

describe('the posture', () => {
  it('is shown as the API tells it', async () => {
    const { compliantPercent, vms } = await postureOf(neighbourhood);
    const { page, open } = await visit(browser, neighbourhood);

    await open();

    const verdicts = page.getByRole('region', { name: 'Verdicts' });
    expect(await verdicts.textContent()).toContain(`${compliantPercent} %`);
    expect(await verdicts.textContent()).toContain(`${vms}VMs`);
    await page.evaluate(axe.source);
  });
});

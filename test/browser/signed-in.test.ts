import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { roles } from '../../lib/domain/caller.ts';
import { buildPage } from '../../local/build-page.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from '../end-to-end/support/built-app.ts';
import { principalOf, type Somebody } from '../end-to-end/support/principal.ts';
import { sweep } from '../end-to-end/support/results.ts';
import { startChromium } from './support/chromium.ts';
import { settled, visit } from './support/visit.ts';

const estate = generateEstate({ vms: 24, seed: 5 });
const [{ subscriptionId: own } = { subscriptionId: '' }] = estate.subscriptions;
const everywhere: Somebody = { objectId: '00000000-0000-4000-8000-000000000001', name: 'ada@contoso.com', roles };
const limited: Somebody = { objectId: '00000000-0000-4000-8000-000000000002', name: 'lim@contoso.com', roles };

let browser: Browser;
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  await buildPage();
  browser = await startChromium();
  neighbourhood = await startBuilt({
    estate,
    simulated: { resourceGraphQuota: 'off' },
    settings: {
      BACKSTOP_AUTH: 'entra',
      WEBSITE_AUTH_ENABLED: 'True',
      BACKSTOP_READER_SCOPES: JSON.stringify({ [everywhere.objectId]: ['*'], [limited.objectId]: [own] }),
    },
  });
  const call: Neighbourhood['call'] = (path, init = {}) =>
    neighbourhood.call(path, { ...init, headers: { ...init.headers, ...principalOf(everywhere) } });
  await sweep({ ...neighbourhood, call });
});

afterAll(async () => {
  await browser?.close();
  await neighbourhood?.stop();
});

/** Goes to a path of the dashboard without any key: the platform knows who it is. */
async function open(page: Page, path: string): Promise<string> {
  await page.goto(`${neighbourhood.host.url}/api/dashboard${path}`);
  await settled(page);
  return (await page.getByRole('main').textContent()) ?? '';
}

it('whoever may see one subscription is shown that, and no numbers of others', async () => {
  const { page } = await visit(browser, neighbourhood, { extraHTTPHeaders: principalOf(limited) });

  const posture = await open(page, '');
  const sweeps = await open(page, '/sweeps');

  expect(posture).toContain(own);
  expect(posture).toMatch(/Newest sweep.*complete/);
  expect(posture).not.toMatch(/subscriptions read|VMs\d+ of \d+ read/);
  expect(sweeps).toContain('complete');
  expect(sweeps).not.toContain('Resource Graph');
});

it('whoever is signed in need not say a name to make an exemption', async () => {
  const { page } = await visit(browser, neighbourhood, { extraHTTPHeaders: principalOf(everywhere) });
  await open(page, '/exemptions');

  await page.getByRole('button', { name: 'New exemption' }).click();

  await page.getByLabel('Reason').waitFor();
  expect(await page.getByLabel('Your name').count()).toBe(0);
});

it('whoever is not signed in is led to the sign-in of this app', async () => {
  const { page, consoleErrors } = await visit(browser, neighbourhood);

  await open(page, '/vms?verdict=blocked');

  const link = page.getByRole('link', { name: 'Sign in with Microsoft Entra ID' });
  const back = encodeURIComponent('/api/dashboard/vms?verdict=blocked');
  expect(await link.getAttribute('href')).toBe(`/.auth/login/aad?post_login_redirect_uri=${back}`);
  // The browser itself tells of the answers that were refused.
  expect(consoleErrors.splice(0).filter((text) => !text.includes('401'))).toEqual([]);
});

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

import type { Neighbourhood } from '../../../local/neighbourhood.ts';

/** What a page must not do, as it happened. */
interface Misdeeds {
  readonly consoleErrors: string[];
  readonly foreignRequests: string[];
}

/** A visit to the dashboard in a browser session of its own. */
export interface Visit extends Misdeeds {
  readonly page: Page;
  /** Goes to a path of the dashboard, with the key if this tab has none yet, and waits until the page is quiet. */
  open(path?: string): Promise<void>;
}

/** Opens a session that ends with the test, which fails when the page complained or asked another host. */
export async function visit(
  browser: Browser,
  { host, key }: Neighbourhood,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const misdeeds: Misdeeds = { consoleErrors: [], foreignRequests: [] };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      misdeeds.consoleErrors.push(message.text());
    }
  });
  page.on('pageerror', (error) => misdeeds.consoleErrors.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${host.url}/`)) {
      misdeeds.foreignRequests.push(request.url());
    }
  });
  onTestFinished(async () => {
    await context.close();
    expect(misdeeds).toEqual({ consoleErrors: [], foreignRequests: [] });
  });
  const open = async (path = '') => {
    await page.goto(`${host.url}/api/dashboard${path}#key=${key}`);
    await settled(page);
  };
  return { page, open, ...misdeeds };
}

/** Waits until nothing on the page says any more that it is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => page.getByText(/^Loading /).count(), { timeout: 10_000, interval: 20 }).toBe(0);
}

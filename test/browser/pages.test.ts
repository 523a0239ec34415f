import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { generateEstate } from '../../local/estates/generate.ts';
import { root } from '../../local/root.ts';
import { allVms, bodyOf, patience, sweep } from '../end-to-end/support/results.ts';
import { overflowOf, violationsOf } from './support/accessibility.ts';
import { type Started, start } from './support/started.ts';
import { settled, visit } from './support/visit.ts';

/** For people to look at. */
const screenshots = join(root, 'dist/screenshots');
const desktop = { width: 1366, height: 900 };
const phone = { width: 360, height: 740 };
const day = 24 * 60;

let started: Started;
/** Paths of the dashboard by the names of their pictures. */
const paths = new Map<string, string>();

async function exempt(vmId: string, reason: string, until: string): Promise<void> {
  const exemption = { scope: vmId, owner: 'team-web', reason, category: 'waiver', until, by: 'Ada' };
  await bodyOf(await started.neighbourhood.call('exemptions', { method: 'POST', body: JSON.stringify(exemption) }));
}

/** A VM whose stored findings tell of its network. */
async function vmWithPath(): Promise<string> {
  const vms = await allVms(started.neighbourhood);
  const values = ({ findings }: (typeof vms)[number]) =>
    findings.flatMap(({ evidence }) => evidence.map((each) => each.values));
  const vm = vms.find((each) => values(each).some((value) => 'path.AzureBackup.by' in value)) ?? vms[0];
  expect.assert(vm);
  return vm.vmKey;
}

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
  started = await start(generateEstate({ vms: 60, seed: 7 }));
  const { neighbourhood } = started;
  const [one, another] = await allVms(neighbourhood, 500, '&verdict=protectable');
  expect.assert(one && another);
  const dayAfter = (days: number) =>
    new Date(neighbourhood.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  await exempt(one.vmId, 'Rebuilt from its image every night.', dayAfter(100));
  await exempt(another.vmId, 'Is retired this week.', dayAfter(0));
  await neighbourhood.advanceClock(day);
  await sweep(neighbourhood);
  for (const page of ['', 'exemptions', 'sweeps', 'rules/network-nsg-outbound']) {
    paths.set(page.replace('/', '-') || 'posture', page && `/${page}`);
  }
  // Long lists go on as they begin: a few rows are enough to look at.
  paths.set('vms', '/vms?verdict=blocked');
  paths.set('rules', '/rules?q=disk');
  paths.set('vm', `/vms/${await vmWithPath()}`);
});

afterAll(() => started?.stop());

const names = ['posture', 'vms', 'vm', 'exemptions', 'sweeps', 'rules', 'rules-network-nsg-outbound'];

it.each(names)('the page %s keeps nobody out, in light and dark, and fits on a phone', async (name) => {
  const { page, open } = await visit(started.browser, started.neighbourhood, { viewport: desktop });
  const picture = (kind: string) => page.screenshot({ path: join(screenshots, `${name}-${kind}.png`), fullPage: true });
  await open(paths.get(name));

  await picture('light');
  expect(await violationsOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('dark');
  expect(await violationsOf(page, ['color-contrast'])).toEqual([]);
  await page.setViewportSize(phone);
  await picture('phone');
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
});

it.each(['light', 'dark'] as const)(
  'the form for an exemption keeps nobody out, when it is %s',
  async (colorScheme) => {
    const { page, open } = await visit(started.browser, started.neighbourhood, { colorScheme, viewport: phone });
    await open('/exemptions');

    await page.getByRole('button', { name: 'New exemption' }).click();
    await page.getByRole('dialog').waitFor();

    await page.screenshot({ path: join(screenshots, `exemption-form-${colorScheme}.png`) });
    expect(await violationsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  },
);

it('follows the system between light and dark, until the reader chooses', async () => {
  const { page, open } = await visit(started.browser, started.neighbourhood, { colorScheme: 'dark' });
  const background = () => page.evaluate('getComputedStyle(document.querySelector("header")).backgroundColor');
  await open('/rules');
  const dark = await background();

  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(background, patience).not.toBe(dark);
  await page.getByLabel('Appearance').selectOption('dark');

  await expect.poll(background, patience).toBe(dark);
  await page.reload();
  await settled(page);
  expect(await background()).toBe(dark);
});

it('never looks clean when the newest sweep is incomplete', async () => {
  const { neighbourhood } = started;
  const [vm] = await allVms(neighbourhood, 1);
  expect.assert(vm);
  await neighbourhood.advanceClock(20);
  neighbourhood.azure.loseAccess(vm.subscriptionId, 5);
  const { state, gaps } = await sweep(neighbourhood);
  expect(state).toBe('incomplete');
  const { page, open } = await visit(started.browser, neighbourhood, { viewport: desktop });

  await open();

  await page.screenshot({ path: join(screenshots, 'posture-incomplete.png'), fullPage: true });
  const text = await page.getByRole('main').textContent();
  expect(text).toContain('INCOMPLETE: the newest sweep could not see everything.');
  expect(text).toContain(gaps[0]?.detail);
  await open('/sweeps');
  expect(await page.getByText('incomplete', { exact: true }).count()).toBe(1);
});

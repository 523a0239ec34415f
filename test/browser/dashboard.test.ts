import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import { allVms, postureOf } from '../end-to-end/support/results.ts';
import { type Started, start } from './support/started.ts';
import { settled, type Visit, visit } from './support/visit.ts';

/** What a VM's owner may write into names and tags to attack its readers. */
const attack = '"><img src=x onerror=alert(1)><script>alert(2)<\\script>';

/** An estate in which one VM has another name and owner wherever it is spoken of. */
function withAttacker(estate: Estate): Estate {
  const vm = estate.resources.find(({ type }) => type.toLowerCase() === 'microsoft.compute/virtualmachines');
  expect.assert(vm);
  const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
  const renamed: Estate = JSON.parse(JSON.stringify(estate).replaceAll(vm.name, quoted(attack)));
  const owned = renamed.resources.map((each) =>
    each.name === attack ? { ...each, tags: { ...each.tags, owner: attack } } : each,
  );
  return { ...renamed, resources: owned };
}

let started: Started;

beforeAll(async () => {
  started = await start(withAttacker(generateEstate({ vms: 60, seed: 11 })));
});

afterAll(() => started?.stop());

const enter = (options?: Parameters<typeof visit>[2]): Promise<Visit> =>
  visit(started.browser, started.neighbourhood, options);

async function firstVm(verdict: string): Promise<Evaluated> {
  const [vm] = await allVms(started.neighbourhood, 50, `&verdict=${verdict}`);
  expect.assert(vm);
  return vm;
}

/** The names in the list of VMs. */
const namesIn = (page: Page) =>
  page.getByRole('table', { name: 'VMs' }).locator('tbody td:first-child a').allTextContents();

it('shows the posture as the API tells it', async () => {
  const { compliantPercent, verdicts } = await postureOf(started.neighbourhood);
  const { page, open } = await enter();

  await open();

  const shown = page.getByRole('region', { name: 'Verdicts' });
  expect(await shown.textContent()).toContain(`${compliantPercent} %`);
  for (const [verdict, count] of Object.entries(verdicts)) {
    expect(await shown.getByRole('link', { name: verdict, exact: false }).allTextContents()).toContain(
      `${count}${verdict}`,
    );
  }
});

it('asks for the key where there is none, and keeps it out of every address', async () => {
  const { page, consoleErrors } = await enter();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${started.neighbourhood.host.url}/api/dashboard`);
  await page.getByLabel('Function key').fill(started.neighbourhood.key);

  await page.getByRole('button', { name: 'Open the dashboard' }).click();

  await page.getByRole('heading', { name: 'Posture' }).waitFor();
  expect(asked.filter((url) => url.includes(started.neighbourhood.key))).toEqual([]);
  // The browser itself tells of the answers that were refused.
  expect(consoleErrors.splice(0).filter((text) => !text.includes('401'))).toEqual([]);
});

describe('the list of VMs', () => {
  it('is filtered by the service, and its address can be passed on', async () => {
    const blocked = await allVms(started.neighbourhood, 500, '&verdict=blocked');
    const { page, open } = await enter();
    await open('/vms');

    await page.getByLabel('Verdict', { exact: true }).selectOption('blocked');
    await settled(page);

    expect(page.url()).toContain('/api/dashboard/vms?verdict=blocked');
    expect((await namesIn(page)).toSorted()).toEqual(blocked.map(({ name }) => name).toSorted());
    await page.reload();
    await settled(page);
    expect(await namesIn(page)).toHaveLength(blocked.length);
  });

  it('is loaded page by page, searched by name and sorted', async () => {
    const { page, open } = await enter();
    await open('/vms');
    expect(await namesIn(page)).toHaveLength(50);

    await page.getByRole('button', { name: 'Load more' }).click();
    await settled(page);

    expect(new Set(await namesIn(page)).size).toBe(60);
    await page.getByRole('button', { name: 'VM', exact: true }).click();
    await page.waitForURL(/sort=name/);
    await settled(page);
    const sorted = await namesIn(page);
    expect(sorted).toEqual(sorted.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    await page.getByLabel('Name contains').fill('onerror');
    await page.waitForURL(/q=onerror/);
    await settled(page);
    expect(await namesIn(page)).toEqual([attack]);
  });
});

describe('the page of a VM', () => {
  it('gives the command that fixes it to the clipboard', async () => {
    const vm = (await allVms(started.neighbourhood, 500, '&verdict=blocked')).find(
      ({ findings: [first] }) => first?.outcome === 'fail' && (first.fix?.commands.length ?? 0) > 0,
    );
    const [first] = vm?.findings ?? [];
    expect.assert(vm && first?.outcome === 'fail');
    const { page, open } = await enter({ permissions: ['clipboard-read', 'clipboard-write'] });
    await open(`/vms/${vm.vmKey}`);

    await page.getByRole('button', { name: 'Copy: the command' }).first().click();

    await page.getByRole('button', { name: 'Copied: the command' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(first.fix?.commands[0]);
  });

  it('draws the network path from what was judged now', async () => {
    const { vmKey } = await firstVm('protected');
    const { page, open } = await enter();
    await open(`/vms/${vmKey}`);

    await page.getByRole('button', { name: 'Judge now' }).click();

    const path = page.getByRole('list', { name: 'From the VM to Azure Backup' });
    await path.waitFor();
    expect(await path.textContent()).toMatch(/VM.*NIC NSG.*Subnet NSG.*Route.*Way out.*AzureBackup/);
  });

  it('shows an attack in names and tags as what it is: text', async () => {
    const [vm] = await allVms(started.neighbourhood, 10, '&q=onerror');
    expect.assert(vm);
    expect(vm).toMatchObject({ name: attack, owner: attack });
    const { page, open } = await enter();

    await open('/vms?q=onerror');
    await page.getByRole('link', { name: attack }).first().click();
    await settled(page);

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(attack);
    expect(await page.locator('img, script:not([src])').count()).toBe(0);
    await page.getByRole('link', { name: attack }).first().click();
    await page.waitForURL(/owner=/);
    await settled(page);
    expect(await namesIn(page)).toEqual([attack]);
  });

  it('says so where Backstop knows no such VM', async () => {
    const { page, open, consoleErrors } = await enter();

    await open('/vms/00000000000000000000');

    expect(await page.getByRole('main').textContent()).toContain('Backstop knows no VM with this key.');
    // The browser itself tells of an answer that is 404.
    expect(consoleErrors.splice(0)).toEqual([expect.stringContaining('404')]);
  });
});

it('can be used by the keyboard alone, and shows where it is', async () => {
  const { page, open } = await enter();
  await open();
  const seen = async () => (await page.screenshot()).toString('base64');
  const focused = page.locator(':focus');

  await page.keyboard.press('Tab');
  expect(await focused.textContent()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await focused.getAttribute('id')).toBe('main');
  for (let stop = 0; stop < 6; stop += 1) {
    const before = await seen();
    await page.keyboard.press('Tab');
    expect(await seen(), `stop ${stop}: ${await focused.textContent()}`).not.toBe(before);
  }
  await page.getByRole('navigation').getByRole('link', { name: 'VMs' }).focus();
  await page.keyboard.press('Enter');
  await settled(page);
  expect(await focused.textContent()).toBe('VMs');
  await page.getByLabel('Verdict', { exact: true }).focus();
  await page.keyboard.type('blocked');
  await page.keyboard.press('Enter');
  await page.waitForURL(/verdict=blocked/);
  await settled(page);
  await page.getByRole('table', { name: 'VMs' }).getByRole('link').first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'This VM is blocked' }).waitFor();
  const finding = page
    .getByRole('region', { name: /^Open findings/ })
    .getByRole('button')
    .first();
  await finding.focus();
  await page.keyboard.press('Enter');
  expect(await finding.getAttribute('aria-expanded')).toBe('true');
  await page
    .getByText(/^Evidence: /)
    .first()
    .waitFor();
});

it('makes an exemption, and the verdict changes; when it has expired, the VM is judged like any other', async () => {
  const { neighbourhood } = started;
  const { vmKey } = await firstVm('protectable');
  const { page, open } = await enter();
  await open(`/vms/${vmKey}`);
  const tomorrow = new Date(neighbourhood.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);

  await page.getByRole('button', { name: 'Exempt this VM' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(`Rebuilt every night ${attack}`);
  await dialog.getByLabel('Owner').fill('team-web');
  await dialog.getByLabel('Last day on which it holds (UTC)').fill(tomorrow);
  await dialog.getByLabel('Your name').fill('Ada');
  await dialog.getByRole('button', { name: 'Create' }).click();

  await page.getByRole('heading', { name: 'This VM is exempt' }).waitFor();
  await open('/exemptions');
  const row = page.getByRole('table').getByRole('row').filter({ hasText: 'Rebuilt every night' });
  expect(await row.textContent()).toContain('expiring');

  await neighbourhood.advanceClock(2 * 24 * 60);
  await open(`/exemptions?state=expired`);
  expect(await row.textContent()).toContain('expired');
  await open(`/vms/${vmKey}`);
  await page.getByRole('button', { name: 'Judge now' }).click();
  await page.getByRole('heading', { name: 'This VM is protectable' }).waitFor();
});

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { harmless } from '../../lib/reports/vms/csv-line.ts';
import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { ExportStatus } from '../../lib/use-cases/show-export.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { allVms, bodyOf, countVerdicts, patience, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 30, seed: 23 });
const day = estate.now.slice(0, 10);
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  // A report of all VMs is too large to be answered at once, one of a part of them is not.
  neighbourhood = await startBuilt({
    estate,
    simulated: { resourceGraphQuota: 'off' },
    settings: { BACKSTOP_REPORT_ROWS: '29' },
  });
  await sweep(neighbourhood);
});

afterAll(() => neighbourhood?.stop());

const call = (path: string, init?: RequestInit) => neighbourhood.call(`reports/${path}`, init);

type Status = ExportStatus & { readonly file: string | null };

/** Waits for an export to be done. */
async function done(answer: Response): Promise<Status> {
  expect(answer.status).toBe(202);
  const location = answer.headers.get('location') ?? '';
  expect(location).toMatch(/^\/api\/reports\/exports\/[0-9a-f]{32}$/);
  const read = async () => bodyOf<Status>(await neighbourhood.call(location.replace('/api/', '')));
  await expect.poll(async () => (await read()).state, patience).not.toBe('running');
  return read();
}

/** The file of an export; as a client gets it that takes compressed answers, which are unpacked on the way. */
async function fileOf(status: Status): Promise<Response> {
  expect(status).toMatchObject({ state: 'done', rows: 30 });
  return neighbourhood.call((status.file ?? '').replace('/api/', ''));
}

async function problemOf(path: string, init?: RequestInit) {
  const answer = await call(path, init);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return (await answer.json()) as { readonly status: number; readonly detail: string };
}

/** A part of the VMs that is answered at once. */
async function part() {
  const vms = await allVms(neighbourhood);
  const [{ region = '' } = {}] = vms;
  const own = vms.filter((vm) => vm.region === region);
  expect(own.length).toBeLessThan(30);
  return { region, vms: own };
}

describe('a report', () => {
  it('as JSON tells the VMs, what it rests on and that it ended', async () => {
    const { region, vms } = await part();

    const answer = await call(`vms.json?region=${region}`);

    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="backstop-vms-${day}.json"`);
    const report = await bodyOf<Record<string, unknown>>(answer);
    expect(report).toMatchObject({
      scope: region,
      completeness: { complete: true, state: 'complete', gaps: [] },
      exemptions: [],
      trailer: { rows: vms.length, end: true },
    });
    expect(report['vms']).toMatchObject(vms.map(({ vmId, verdict, findings }) => ({ vmId, verdict, findings })));
  });

  it('as NDJSON has a line per VM between header and trailer', async () => {
    const { region, vms } = await part();

    const lines = (await (await call(`vms.ndjson?scope=${region}`)).text()).trimEnd().split('\n');

    expect(lines).toHaveLength(vms.length + 2);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'trailer', rows: vms.length });
  });

  it('as CSV is a table of the VMs, and its summary counts them', async () => {
    const { region, vms } = await part();

    const answer = await call(`vms.csv?region=${region}`);
    const rows = parse(await answer.text(), { columns: true }) as Record<string, string>[];
    const summary = parse(await (await call(`summary.csv?region=${region}`)).text()) as string[][];

    expect(answer.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(rows.map((row) => row['vm_id'])).toEqual(vms.map(({ vmId }) => harmless(vmId)));
    expect(summary).toContainEqual(['vms', 'all', `${vms.length}`, '']);
    expect(summary).toContainEqual(['completeness', 'complete', 'true', '']);
  });

  it('as HTML may do nothing but be read', async () => {
    const { region, vms } = await part();

    const answer = await call(`vms.html?region=${region}`);
    const page = await answer.text();

    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain(`End of the report: ${vms.length} VMs.`);
    expect(page).toContain('Complete: everything in scope was read');
  });

  it('as OCSF tells of every VM', async () => {
    const { region, vms } = await part();

    const events = await bodyOf<{ resources: { uid: string }[]; metadata: { version: string } }[]>(
      await call(`vms.ocsf.json?region=${region}`),
    );

    const told = events.flatMap(({ resources }) => resources.map(({ uid }) => uid));
    expect([...new Set(told)]).toEqual(vms.map(({ vmId }) => vmId));
  });
});

describe('an export', () => {
  it.each(['vms.json', 'vms.ndjson', 'vms.csv', 'vms.html', 'vms.ocsf.json', 'summary.csv'])(
    'is what becomes of %s when it has too many VMs',
    async (report) => {
      const status = await done(await call(report));
      const answer = await fileOf(status);
      const text = await answer.text();

      const [name, ...extensions] = report.split('.');
      expect(status).toMatchObject({ fileName: `backstop-${name}-${day}.${extensions.join('.')}`, report });
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${status.fileName}"`);
      expect(text.length).toBeGreaterThan(1000);
      expect(answer.headers.get('content-security-policy') !== null).toBe(report === 'vms.html');
    },
  );

  it('adds up to the VMs that are there', async () => {
    const vms = await allVms(neighbourhood);

    const report = await bodyOf<{ vms: { vmKey: string }[]; trailer: { summary: { verdicts: object } } }>(
      await fileOf(await done(await call('vms.json?async=true'))),
    );

    expect(report.vms.map(({ vmKey }) => vmKey)).toEqual(vms.map(({ vmKey }) => vmKey));
    expect(report.trailer.summary.verdicts).toMatchObject(countVerdicts(vms));
  });

  it.each([
    ['asked for', '?async=true', {}],
    ['preferred', '', { prefer: 'respond-async' }],
  ])('is made of a small report where it is %s', async (_, query, headers) => {
    const answer = await call(`vms.csv${query === '' ? '?' : `${query}&`}verdict=blocked`, { headers });

    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await done(answer)).toMatchObject({ state: 'done', report: 'vms.csv' });
  });

  it('is a .gz file for whoever takes no compressed answers', async () => {
    const { file } = await done(await call('vms.json'));
    const headers = { 'accept-encoding': 'identity' };

    const answer = await neighbourhood.call((file ?? '').replace('/api/', ''), { headers });

    expect(answer.headers.get('content-type')).toBe('application/gzip');
    expect(answer.headers.get('content-disposition')).toContain(`backstop-vms-${day}.json.gz`);
    expect([...new Uint8Array(await answer.arrayBuffer()).slice(0, 2)]).toEqual([0x1f, 0x8b]);
  });

  it.each(['0'.repeat(32), '..%2f..%2fsecret', "' or 1 eq 1", 'x'.repeat(2000), '%0d%0a'])(
    'with the id %s is not there',
    async (id) => {
      expect(await problemOf(`exports/${id}`)).toMatchObject({ status: 404 });
      expect(await problemOf(`exports/${id}/file`)).toMatchObject({ status: 404 });
    },
  );
});

describe('bad input', () => {
  it.each([
    ['vms.pdf', 404, 'vms.json, vms.ndjson, vms.csv, summary.csv, vms.html, vms.ocsf.json'],
    ['changes.csv', 404, 'changes.json'],
    ['nothing.json', 404, 'vms.json, vms.ndjson, vms.csv'],
    ['vms.json?severity=high', 400, 'severity'],
    ['vms.json?changedSince=yesterday', 400, 'changedSince'],
    ['toString', 404, 'changes.json'],
    ["vms.csv'%22", 404, 'vms.json'],
    ['vms.json?verdict=green', 400, 'verdict'],
    ['vms.json?rule=none', 400, 'rule'],
    ['vms.json?region=', 400, 'region'],
    ['vms.json?subscription=1%20or%201', 400, 'subscription'],
    ['vms.json?scope=a%27b', 400, 'scope'],
    ['vms.json?scope=westeurope&region=westeurope', 400, 'scope'],
    ['vms.json?scope=/providers/Microsoft.Management/managementGroups/nobody', 400, 'scope'],
    ['vms.json?async=perhaps', 400, 'async'],
    ['vms.json?size=5', 400, 'size'],
    [`vms.json?q=${'x'.repeat(201)}`, 400, 'q'],
  ])('%s is answered with %i naming what exists or what is wrong', async (path, status, words) => {
    expect(await problemOf(path)).toMatchObject({ status, detail: expect.stringContaining(words) });
  });

  it('in a filter finds nothing and changes no query', async () => {
    const hostile = encodeURIComponent(`x' or verdict ne '`);

    const report = await bodyOf<{ vms: unknown[] }>(await call(`vms.json?region=${hostile}`));

    expect(report.vms).toEqual([]);
  });
});

describe('an exemption', () => {
  it('is told with the register, and with the VM that is exempt by it', async () => {
    const [vm] = await allVms(neighbourhood, 500, '&verdict=protectable');
    expect.assert(vm);
    const exemption = {
      scope: vm.vmId,
      owner: '<b>lab</b>',
      reason: '=1+1',
      category: 'waiver',
      until: '2027-01-31',
      by: 'a test',
    };
    const other = estate.subscriptions.find(({ subscriptionId }) => subscriptionId !== vm.subscriptionId);
    expect.assert(other);

    await bodyOf(await neighbourhood.call('exemptions', { method: 'POST', body: JSON.stringify(exemption) }));
    const ofVm = `subscription=${vm.subscriptionId}&q=${vm.name}&verdict=exempt`;
    const read = async () => bodyOf<{ vms: Evaluated[] }>(await call(`vms.json?${ofVm}`));
    await expect.poll(async () => (await read()).vms.map(({ vmId }) => vmId), patience).toContain(vm.vmId);

    const [exempt] = (await read()).vms.filter(({ vmId }) => vmId === vm.vmId);
    expect(exempt?.exemption).toMatchObject({ origin: 'register', reason: '=1+1' });
    const page = await (await call(`vms.html?${ofVm}`)).text();
    expect(page).toContain('&lt;b&gt;lab&lt;/b&gt;</td>');
    expect(page).toContain('Exempt by register:');
    const csv = parse(await (await call(`vms.csv?${ofVm}`)).text(), { columns: true }) as Record<string, string>[];
    expect(csv).toContainEqual(expect.objectContaining({ vm_id: vm.vmId, exemption_reason: "'=1+1" }));
    const events = await bodyOf<object[]>(await call(`vms.ocsf.json?${ofVm}`));
    expect(events).toContainEqual(expect.objectContaining({ status: 'Suppressed' }));
    const elsewhere = await (await call(`vms.html?subscription=${other.subscriptionId}`)).text();
    expect(elsewhere).toContain('The register has no entries in this scope.');
  });
});

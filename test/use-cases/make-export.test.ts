import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { createBlobs } from '../../lib/azure/blobs.ts';
import { connect } from '../../lib/azure/connection.ts';
import { createExportFiles } from '../../lib/azure/export-files.ts';
import { createExports } from '../../lib/azure/exports-table.ts';
import { createTable } from '../../lib/azure/table.ts';
import { type VmReportFile, vmReports } from '../../lib/reports/vms/formats.ts';
import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { ExportPorts, ReportRequest } from '../../lib/use-cases/export-ports.ts';
import { workOnExport } from '../../lib/use-cases/make-export.ts';
import { openReport } from '../../lib/use-cases/open-report.ts';
import { removeOldExports } from '../../lib/use-cases/remove-old-exports.ts';
import { requestExport } from '../../lib/use-cases/request-export.ts';
import { findExport } from '../../lib/use-cases/show-export.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';
import { recording } from './recording.ts';
import { serviceOfFile } from './service-of-file.ts';

const service = await serviceOfFile();
const noticeDays = 14;

/** The service with a few judged VMs and exports of its own; messages are delivered by the test. */
async function started(vms = 12) {
  const { ports: own, clock, config, subscriptionId } = await service.started();
  const { ports: recorded, sent, lines } = recording(own);
  const id = randomUUID().replaceAll('-', '');
  const connection = connect(config);
  const blobs = createBlobs(config.storage.blobServiceUri, `c${id}`, connection);
  const ports: ExportPorts = {
    ...recorded,
    exports: createExports(createTable(config.storage.tableServiceUri, `t${id}`, connection)),
    files: createExportFiles(blobs),
  };
  const rows = Array.from({ length: vms }, (_, n) => evaluatedRow({ subscriptionId, name: `vm${n}` }));
  await own.evaluations.writeAll(rows.map((value) => ({ value })));

  async function requested(
    report: VmReportFile = 'vms.json',
    request: ReportRequest = { subscription: subscriptionId },
  ) {
    const answer = await requestExport(ports, report, request);
    expect.assert(answer.kind === 'accepted');
    return answer.export.exportId;
  }
  /** The text of a finished export. */
  async function textOf(exportId: string): Promise<string> {
    const finished = (await findExport(ports, exportId))?.finished;
    const bytes = await ports.files.read(finished?.storedAs ?? '');
    expect.assert(bytes);
    return gunzipSync(await buffer(bytes)).toString();
  }
  return {
    ports,
    clock,
    sent,
    lines,
    blobs,
    requested,
    textOf,
    subscriptionId,
    work: (exportId: string, by: ExportPorts = ports) => workOnExport(by, noticeDays, { exportId }),
    find: (exportId: string) => findExport(ports, exportId),
    stored: async () => (await Array.fromAsync(blobs.list())).map(({ name }) => name),
  };
}

/** The same ports, but reading rows ends in an error after some of them. */
function breakingAfter(ports: ExportPorts, rows: number): ExportPorts {
  async function* breaking(filter: object): AsyncIterable<Evaluated> {
    let row = 0;
    for await (const each of ports.evaluations.each(filter)) {
      if (row === rows) throw new Error('The table could not be read.');
      row += 1;
      yield each;
    }
  }
  return { ...ports, evaluations: { each: breaking } };
}

describe('an export', () => {
  test('is queued once, and says how it stands', async () => {
    const { requested, find, sent } = await started();

    const exportId = await requested();

    expect(await requested()).toBe(exportId);
    expect(sent).toEqual([{ queue: 'make-export', message: { exportId } }]);
    expect(await find(exportId)).toMatchObject({ state: 'running', rowsRead: 0, report: 'vms.json' });
    expect(await requested('vms.csv')).not.toBe(exportId);
  });

  test.each(Object.keys(vmReports) as VmReportFile[])('%s becomes the file that the report is', async (report) => {
    const { ports, requested, work, textOf, find, subscriptionId } = await started();
    const exportId = await requested(report);

    await work(exportId);

    const source = await openReport(ports, noticeDays, { subscription: subscriptionId });
    expect(await textOf(exportId)).toBe((await Array.fromAsync(vmReports[report].write(source))).join(''));
    expect((await find(exportId))?.finished).toMatchObject({ rows: 12 });
  });

  test('whose message comes again stays the file that it was', async () => {
    const { ports, requested, work, textOf, stored, clock } = await started();
    const exportId = await requested();
    await work(exportId);
    const [text, names] = [await textOf(exportId), await stored()];
    clock.pass(5);

    await work(exportId);

    expect(await textOf(exportId)).toBe(text);
    expect(await stored()).toEqual(names);
    expect((await ports.exports.find(exportId))?.value.attempts).toBe(1);
  });

  test('that two workers make at once is one file', async () => {
    const { requested, work, textOf, stored } = await started();
    const exportId = await requested();

    await Promise.all([work(exportId), work(exportId), work(exportId)]);

    expect(await stored()).toHaveLength(1);
    expect(JSON.parse(await textOf(exportId)).trailer).toMatchObject({ rows: 12, end: true });
  });

  test('whose worker fails in the middle has no file until another one ends', async () => {
    const { ports, requested, work, find, textOf, stored } = await started();
    const exportId = await requested();

    await expect(work(exportId, breakingAfter(ports, 5))).rejects.toThrow('The table could not be read.');

    expect(await stored()).toEqual([]);
    expect(await find(exportId)).toMatchObject({ state: 'running', attempts: 1 });
    await work(exportId);
    expect(JSON.parse(await textOf(exportId)).vms).toHaveLength(12);
  });

  test('that storage does not take fails without hanging', async () => {
    const { ports, requested, work, stored, subscriptionId } = await started(0);
    const exportId = await requested();
    // More than the streams hold on the way, and nothing that compresses well.
    async function* many() {
      for (let row = 0; row < 5000; row += 1) {
        yield evaluatedRow({ subscriptionId, name: randomUUID(), owner: randomUUID() + randomUUID() });
      }
    }
    const refusing = { ...ports, evaluations: { each: many }, files: createExportFiles(refusingBlobs) };

    await expect(work(exportId, refusing)).rejects.toThrow('Storage refuses.');

    expect(await stored()).toEqual([]);
  });

  test('is told as failed after the last attempt, without what the error said', async () => {
    const { ports, requested, work, find, lines } = await started();
    const exportId = await requested();
    const broken = breakingAfter(ports, 1);

    for (let attempt = 1; attempt < 5; attempt += 1) {
      await expect(work(exportId, broken)).rejects.toThrow();
    }
    await work(exportId, broken);

    expect(await find(exportId)).toMatchObject({ state: 'failed', why: 'It failed 5 times; the log says why.' });
    expect(lines.filter((line) => line.includes('The table could not be read.'))).toHaveLength(5);
    await work(exportId);
    expect(await find(exportId)).toMatchObject({ state: 'failed', attempts: 5 });
  });

  test('of a scope that nobody knows fails at once, and says so', async () => {
    const { requested, work, find } = await started();
    const exportId = await requested('vms.csv', { managementGroup: 'nobody' });

    await work(exportId);

    expect(await find(exportId)).toMatchObject({ state: 'failed', why: expect.stringMatching(/^scope: no sweep/) });
  });

  test('notes how far it is', async () => {
    const { ports, requested, work, find, subscriptionId } = await started(0);
    const exportId = await requested('vms.ndjson');
    const seen: (number | undefined)[] = [];
    async function* many() {
      for (let row = 0; row < 12_000; row += 1) {
        if (row === 11_000) seen.push((await find(exportId))?.rowsRead);
        yield evaluatedRow({ subscriptionId, name: `vm${row}` });
      }
    }

    await work(exportId, { ...ports, evaluations: { each: many } });

    expect(seen).toEqual([10_000]);
    expect((await find(exportId))?.finished?.rows).toBe(12_000);
  });

  test('of which nothing is heard any more is told as failed, and asked for anew', async () => {
    const { requested, find, clock } = await started();
    const exportId = await requested();
    clock.pass(121);

    expect(await find(exportId)).toMatchObject({ state: 'failed', why: expect.stringContaining('two hours') });
    expect(await requested()).not.toBe(exportId);
  });

  test('is gone with its file after seven days', async () => {
    const { ports, requested, work, find, stored, clock } = await started();
    const old = await requested();
    await work(old);
    clock.pass(7 * 24 * 60 - 1);
    const young = await requested('vms.csv');
    await work(young);
    expect(await find(old)).toMatchObject({ state: 'done' });
    clock.pass(1);

    expect(await find(old)).toBeUndefined();
    await removeOldExports(ports);

    expect(await stored()).toEqual([expect.stringMatching(new RegExp(`^${young}/`))]);
    expect((await ports.exports.all()).map(({ value }) => value.exportId)).toEqual([young]);
  });

  test('beside ten others has to wait', async () => {
    const { ports, requested } = await started(0);
    for (let n = 0; n < 10; n += 1) {
      await requested('vms.json', { q: `${n}` });
    }

    expect(await requestExport(ports, 'vms.json', { q: 'one more' })).toEqual({ kind: 'too-many' });
    expect(await requestExport(ports, 'vms.json', { q: '3' })).toMatchObject({ kind: 'accepted' });
  });
});

test.each([{}, 'text', { exportId: '../x' }, { exportId: 'a'.repeat(33) }])(
  'a message %j that makes no sense is put aside',
  async (message) => {
    const { ports, sent } = await started(0);

    await workOnExport(ports, noticeDays, message);

    expect(sent).toEqual([{ queue: 'make-export-poison', message: expect.any(String) }]);
  },
);

/** Storage that takes no blob, and reads nothing of it. */
const refusingBlobs = {
  write: () => Promise.reject(new Error('Storage refuses.')),
  read: () => Promise.resolve(undefined),
  head: () => Promise.resolve(undefined),
  async *list() {},
  remove: () => Promise.resolve(true),
};

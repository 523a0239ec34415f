import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { writeCsv } from '../../../lib/reports/vms/csv.ts';
import { csvLine, harmless } from '../../../lib/reports/vms/csv-line.ts';
import { writeSummaryCsv } from '../../../lib/reports/vms/summary-csv.ts';
import { completeHead, sampleVm, sourceOf, textOf } from './sample.ts';

/** Texts that begin as attacks do, and any others. */
const text = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', ' ', '\t', '\r', '\n', '\u0000', '\u00a0', '\u200f', '\ufeff', '"', "'"),
      fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '\t=', '\r=', ''),
      fc.string({ unit: 'binary' }),
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme' }),
);

const dangerous = /^[\p{Z}\p{C}]*[=+\-@＋－＝＠]|^[\t\r]/u;

describe('a line of CSV', () => {
  it('is read back by a parser as the harmless values, whatever was written', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (cells) => {
        expect(parse(csvLine(cells), { relax_column_count: true })).toEqual([cells.map(harmless)]);
      }),
    );
  });

  it('holds no cell that begins as a formula does, and no control', () => {
    fc.assert(
      fc.property(text, (cell) => {
        const [[read = ''] = []] = parse(csvLine([cell, 'end'])) as string[][];

        expect(read).not.toMatch(dangerous);
        expect(read).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('keeps what is harmless as it was', () => {
    fc.assert(
      fc.property(fc.string(), (cell) => {
        expect(harmless(`vm ${cell}`)).toBe(`vm ${cell}`);
      }),
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['  @SUM(A1)', "'  @SUM(A1)"],
    ['\t-2', "' -2"],
    ['＝1', "'＝1"],
    ['\u200f+1', "' +1"],
    ["'=1", "'=1"],
  ])('tells %j as %j', (cell, expected) => {
    expect(harmless(cell)).toBe(expected);
  });
});

describe('vms.csv', () => {
  it('has one row per VM and as many cells as columns, whatever VMs are called', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 5 }), async (names) => {
        const vms = names.map((name) => sampleVm(name, { owner: name, resourceGroup: name }));

        const rows = parse(await textOf(writeCsv(sourceOf(vms))), { columns: true }) as Record<string, string>[];

        expect(rows.map((row) => row['name'])).toEqual(names.map(harmless));
        expect(rows.map((row) => row['owner'])).toEqual(names.map(harmless));
      }),
    );
  });

  it('says in every row what the report rests on', async () => {
    const rows = parse(await textOf(writeCsv(sourceOf())), { columns: true }) as Record<string, string>[];

    expect(rows).toHaveLength(6);
    for (const row of rows) {
      expect(row).toMatchObject({ report_state: 'incomplete', report_run: '20261120t0600-a' });
    }
  });
});

describe('summary.csv', () => {
  it('tells what is missing, and that a family nobody assesses has no number', async () => {
    const lines = parse(await textOf(writeSummaryCsv(sourceOf()))) as string[][];

    expect(lines).toContainEqual(['completeness', 'complete', 'false', '']);
    expect(lines).toContainEqual(['gap', 'subscription 9', 'no-permission', 'The subscription may not be read.']);
    expect(lines.find(([, name]) => name === 'Microsoft cloud security benchmark v1 BR-4')?.[2]).toBe('not assessed');
    expect(lines.find(([, name]) => name === 'Microsoft cloud security benchmark v1 BR-1')?.[2]).toBe('3');
  });

  it('of a complete run says so', async () => {
    const lines = parse(await textOf(writeSummaryCsv(sourceOf([], completeHead)))) as string[][];

    expect(lines).toContainEqual(['completeness', 'complete', 'true', '']);
    expect(lines.filter(([section]) => section === 'gap')).toEqual([]);
  });
});

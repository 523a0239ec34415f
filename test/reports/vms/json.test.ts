import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { writeJson, writeNdjson } from '../../../lib/reports/vms/json.ts';
import { sampleVm, sampleVms, sourceOf, textOf } from './sample.ts';

const names = fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 });

describe('vms.json', () => {
  it('is one document with a header, the VMs and a trailer, whatever VMs are called', async () => {
    await fc.assert(
      fc.asyncProperty(names, async (called) => {
        const report = JSON.parse(await textOf(writeJson(sourceOf(called.map((name) => sampleVm(name))))));

        expect(report.vms.map(({ name }: { name: string }) => name)).toEqual(called);
        expect(report).toMatchObject({ report: 'vms', completeness: { complete: false }, trailer: { end: true } });
        expect(report.trailer.rows).toBe(called.length);
      }),
    );
  });

  it('is no document when it is cut off anywhere', async () => {
    const text = await textOf(writeJson(sourceOf()));

    for (const length of [1, 100, 1000, text.length / 2, text.length - 3]) {
      expect(() => JSON.parse(text.slice(0, length))).toThrow(SyntaxError);
    }
  });

  it('adds up the rows that it holds', async () => {
    const { trailer } = JSON.parse(await textOf(writeJson(sourceOf())));

    expect(trailer.summary.verdicts).toMatchObject({ blocked: 1, 'at-risk': 1, exempt: 1, pending: 0 });
    expect(trailer.summary.rules[0]).toEqual({ rule: 'health-protected', failing: 2, unknown: 0 });
  });

  it('leaves out what a row keeps for the service alone', async () => {
    const stored = { ...sampleVm('web1'), fingerprint: 'f', revision: 3, closerLook: {} };

    const { vms } = JSON.parse(await textOf(writeJson(sourceOf([stored]))));

    expect(Object.keys(vms[0])).not.toEqual(expect.arrayContaining(['fingerprint']));
    expect(vms[0]).toEqual(sampleVm('web1'));
  });
});

describe('vms.ndjson', () => {
  it('has a header, a line per VM and a trailer with their number', async () => {
    await fc.assert(
      fc.asyncProperty(names, async (called) => {
        const text = await textOf(writeNdjson(sourceOf(called.map((name) => sampleVm(name)))));
        const lines = text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line));

        expect(lines.map(({ kind }) => kind)).toEqual(['header', ...called.map(() => 'vm'), 'trailer']);
        expect(lines.at(-1)).toMatchObject({ rows: called.length, end: true });
      }),
    );
  });

  it('tells the register with how each exemption stands', async () => {
    const [header = ''] = (await textOf(writeNdjson(sourceOf(sampleVms)))).split('\n');

    expect(JSON.parse(header).exemptions).toMatchObject([{ exemptionId: 'ex-1', state: 'valid' }]);
  });
});

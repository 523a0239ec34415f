import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { canonicalJson } from '../../lib/domain/canonical-json.ts';
import type { Blobs } from '../../lib/use-cases/blob-ports.ts';
import type { Evidence } from '../../lib/use-cases/evidence-ports.ts';
import { listSnapshots } from '../../lib/use-cases/list-snapshots.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { takeSnapshot } from '../../lib/use-cases/take-snapshot.ts';
import { verifyEvidence } from '../../lib/use-cases/verify-evidence.ts';
import { serviceOfFile } from './service-of-file.ts';
import { endedRun, snapshotService, storeVms } from './snapshot-service.ts';

const file = await serviceOfFile();
const settings = { isOn: true, keptDays: 0 };
const day = '2026-11-20';
const started = (now = `${day}T06:00:00.000Z`) => snapshotService(file, now);

async function linesIn({ blobs }: Evidence, name: string): Promise<readonly string[]> {
  const bytes = await blobs.read(name);
  expect.assert(bytes);
  const stored = await buffer(bytes);
  return (name.endsWith('.gz') ? gunzipSync(stored) : stored).toString().split('\n');
}

/** A day's snapshot, as a message asks for it. */
const take = (ports: Ports, evidence: Evidence, on = day, kept = settings) =>
  takeSnapshot(ports, evidence, kept, { day: on });

/** Everything that is stored, with when it was written. */
const stored = ({ blobs }: Evidence) => Array.fromAsync(blobs.list());

describe('a snapshot', () => {
  test('holds the rows of all VMs, the register, the sweep and the posture, and its manifest names them', async () => {
    const { ports, evidence } = await started();
    await storeVms(ports);
    const run = endedRun(`${day}T05:00:00.000Z`);
    await ports.runs.close(run);
    const own = evidence();

    const answer = await take(ports, own);

    expect(answer.kind).toBe('taken');
    const rows = await Array.fromAsync(ports.evaluations.each({}));
    expect(await linesIn(own, `${day}/vms.ndjson.gz`)).toEqual([...rows.map(canonicalJson), '']);
    expect(rows.map(({ subscriptionId }) => subscriptionId.slice(0, 1))).toEqual(['a', 'a', 'b']);
    expect(await linesIn(own, `${day}/run.json`)).toEqual([canonicalJson({ run, subscriptions: [] }), '']);
    expect((await linesIn(own, `${day}/posture.json`))[0]).toContain('"completeness"');
    const { snapshots } = await listSnapshots(own, 10);
    expect(snapshots).toMatchObject([
      {
        day,
        isStored: true,
        takenAt: `${day}T06:00:00.000Z`,
        run: { runId: run.runId, state: 'complete' },
        previous: null,
        parts: [{ name: 'exemptions.ndjson', rows: 0 }, { rows: 1 }, { rows: 1 }, { name: 'vms.ndjson.gz', rows: 3 }],
      },
    ]);
    expect(await verifyEvidence(own.blobs, snapshots[0]?.sha256)).toMatchObject({ problems: [], notes: [] });
  });

  test('is taken once a day: what comes later finds it there, and changes nothing', async () => {
    const { ports, evidence } = await started();
    const first = await take(ports, evidence());
    const before = await stored(evidence());
    await storeVms(ports);

    const second = await take(ports, evidence());

    expect(second).toEqual({ ...first, kind: 'there' });
    expect(await stored(evidence())).toEqual(before);
  });

  test('names the one before it, and the days between that have none', async () => {
    const { ports, evidence, time } = await started();
    await take(ports, evidence());
    time.now = '2026-11-23T23:30:00.000Z';

    await take(ports, evidence(), '2026-11-23');

    const { snapshots } = await listSnapshots(evidence(), 10);
    expect(snapshots).toMatchObject([
      {
        day: '2026-11-23',
        previous: { day, sha256: snapshots[1]?.sha256 },
        missingDays: ['2026-11-21', '2026-11-22'],
      },
      { day },
    ]);
    expect((await verifyEvidence(evidence().blobs)).problems).toEqual([]);
  });

  test('of a day on which no full sweep ended says so', async () => {
    const { ports, evidence } = await started();
    await ports.runs.close(endedRun('2026-11-19T23:59:59.000Z'));

    await take(ports, evidence());

    expect((await listSnapshots(evidence(), 1)).snapshots[0]?.run).toBeNull();
  });

  test('that is switched off, too early or too late is not taken', async () => {
    const { ports, evidence, time } = await started();

    const answers = [
      await take(ports, evidence(), day, { ...settings, isOn: false }),
      await take(ports, evidence(), '2026-11-21'),
      await take(ports, evidence(), '2026-11-18'),
    ];
    time.now = '2026-11-21T06:00:00.000Z';
    answers.push(await take(ports, evidence()));
    time.now = '2026-11-21T05:59:59.000Z';
    answers.push(await take(ports, evidence()));

    expect(answers.map(({ kind }) => kind)).toEqual(['off', 'too-late', 'too-late', 'too-late', 'taken']);
  });

  test('of a day that another one has overtaken is not taken: no two follow the same', async () => {
    const { ports, evidence, time } = await started('2026-11-21T00:10:00.000Z');
    await take(ports, evidence(), '2026-11-21');
    time.now = '2026-11-21T00:20:00.000Z';

    expect((await take(ports, evidence())).kind).toBe('too-late');
    expect((await stored(evidence())).some(({ name }) => name.startsWith(day))).toBe(false);
  });
});

/** Evidence in a process that is killed at a write of its own: before it is made, or after it. */
function killedAt(evidence: Evidence, write: number, isMade: boolean): Evidence {
  let writes = 0;
  const dying = async (work: () => Promise<boolean>): Promise<boolean> => {
    writes += 1;
    if (writes !== write) return work();
    if (isMade) await work();
    throw new Error('killed');
  };
  const blobs: Blobs = { ...evidence.blobs, write: (...args) => dying(() => evidence.blobs.write(...args)) };
  return { blobs, chain: { ...evidence.chain, append: (...args) => dying(() => evidence.chain.append(...args)) } };
}

describe('a snapshot that', () => {
  // Four parts, the link of the chain, the manifest.
  const deaths = [1, 2, 3, 4, 5, 6].flatMap((write) => [true, false].map((isMade) => ({ write, isMade })));

  test.each(deaths)(
    'dies at its write $write (made: $isMade) is the same one when its message comes again',
    async ({ write, isMade }) => {
      const { ports, evidence, time } = await started();
      await storeVms(ports);
      const dying = take(ports, killedAt(evidence(), write, isMade));
      await expect(dying).rejects.toThrow('killed');
      const before = await stored(evidence());
      await storeVms(ports);
      time.now = `${day}T06:05:00.000Z`;

      await take(ports, evidence());

      const after = await stored(evidence());
      expect(after).toEqual(expect.arrayContaining(before));
      expect(after).toHaveLength(5);
      const { days, problems } = await verifyEvidence(evidence().blobs);
      expect({ problems, days: days.length }).toEqual({ problems: [], days: 1 });
      expect((await listSnapshots(evidence(), 10)).snapshots).toHaveLength(1);
    },
  );

  test('died before its manifest was written, and never came again, is finished by that of the next day', async () => {
    const { ports, evidence, time } = await started();
    await take(ports, killedAt(evidence(), 6, false)).catch(() => undefined);
    time.now = '2026-11-21T06:00:00.000Z';

    await take(ports, evidence(), '2026-11-21');

    const { days, problems, notes } = await verifyEvidence(evidence().blobs);
    expect({ days: days.map((each) => each.day), problems, notes }).toEqual({
      days: [day, '2026-11-21'],
      problems: [],
      notes: [],
    });
  });

  test('died earlier, and never came again, leaves a gap that the next one names', async () => {
    const { ports, evidence, time } = await started('2026-11-19T06:00:00.000Z');
    await take(ports, evidence(), '2026-11-19');
    time.now = `${day}T06:00:00.000Z`;
    await take(ports, killedAt(evidence(), 4, true)).catch(() => undefined);
    time.now = '2026-11-21T06:00:00.000Z';

    await take(ports, evidence(), '2026-11-21');

    const { problems, notes } = await verifyEvidence(evidence().blobs);
    expect({ problems, gaps: notes.map((note) => note.day) }).toEqual({ problems: [], gaps: [day] });
  });

  test('several workers take at once is one', async () => {
    const { ports, evidence } = await started();
    await storeVms(ports);

    const answers = await Promise.all([1, 2, 3].map(() => take(ports, evidence())));

    const hashes = answers.map((answer) => ('link' in answer ? answer.link.sha256 : answer.kind));
    expect(new Set(hashes).size).toBe(1);
    expect(answers.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
    expect((await verifyEvidence(evidence().blobs, hashes[0])).problems).toEqual([]);
  });

  test('follows a lost table goes on from the manifests that are stored', async () => {
    const { ports, evidence } = await started();
    const first = await take(ports, evidence());
    const anew = await started('2026-11-21T06:00:00.000Z');
    const own: Evidence = { blobs: evidence().blobs, chain: anew.evidence().chain };

    await take(anew.ports, own, '2026-11-21');

    expect((await listSnapshots(own, 1)).snapshots[0]?.previous?.sha256).toBe('link' in first ? first.link.sha256 : '');
    expect((await verifyEvidence(own.blobs)).problems).toEqual([]);
  });

  test('finds that the last manifest was exchanged leaves it, tells it, and keeps to the chain', async () => {
    const { ports, evidence, time, lines } = await started();
    await take(ports, evidence());
    await evidence().blobs.write(`${day}/manifest.json`, ReadableStream.from([Buffer.from('{}\n')]), {
      contentType: 'application/json',
    });
    time.now = '2026-11-21T06:00:00.000Z';

    await take(ports, evidence(), '2026-11-21');

    expect(lines.join()).toContain('is not the one that was written');
    const { problems } = await verifyEvidence(evidence().blobs);
    expect(problems.map((problem) => problem.day)).toEqual([day]);
  });
});

describe('old snapshots', () => {
  async function threeDays(evidenceOf: (evidence: Evidence) => Evidence) {
    const { ports, evidence, time } = await started();
    for (const on of ['2026-11-20', '2026-11-21', '2026-11-22']) {
      time.now = `${on}T06:00:00.000Z`;
      await take(ports, evidenceOf(evidence()), on, { ...settings, keptDays: 1 });
    }
    return evidence();
  }
  const daysOf = async ({ blobs }: Evidence) =>
    new Set((await Array.fromAsync(blobs.list())).map(({ name }) => name.slice(0, 10)));

  test('are removed when their time is over, and the rest is still proven', async () => {
    const evidence = await threeDays((each) => each);

    expect([...(await daysOf(evidence))]).toEqual(['2026-11-21', '2026-11-22']);
    const { problems, notes } = await verifyEvidence(evidence.blobs);
    expect({ problems, notes: notes.length }).toEqual({ problems: [], notes: 1 });
    expect((await listSnapshots(evidence, 10)).snapshots.map(({ isStored }) => isStored)).toEqual([true, true, false]);
  });

  test('that storage holds on to stay', async () => {
    const evidence = await threeDays((each) => ({ ...each, blobs: { ...each.blobs, remove: async () => false } }));

    expect((await daysOf(evidence)).size).toBe(3);
    expect((await verifyEvidence(evidence.blobs)).problems).toEqual([]);
  });
});

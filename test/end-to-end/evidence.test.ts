import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

import { DefaultAzureCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createBlobs } from '../../lib/azure/blobs.ts';
import type { ListedSnapshot } from '../../lib/use-cases/list-snapshots.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { root } from '../../local/root.ts';
import { startBuilt } from './support/built-app.ts';
import { allVms, bodyOf, patience, sweep } from './support/results.ts';

let neighbourhood: Neighbourhood;
let folder: string;
let env: Readonly<Record<string, string | undefined>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backstop-evidence-'));
  neighbourhood = await startBuilt({
    estate: generateEstate({ vms: 40, seed: 11, subscriptions: 2 }),
    faultyStorage: { hurry: 10 },
  });
  const { azure, certificate } = neighbourhood;
  await writeFile(join(folder, 'cert.pem'), certificate);
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
  process.env['IDENTITY_ENDPOINT'] = azure.identityEndpoint;
  process.env['IDENTITY_HEADER'] = azure.identityHeader;
  env = { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') };
});

afterAll(async () => {
  await neighbourhood?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function snapshots(count: number): Promise<readonly ListedSnapshot[]> {
  return vi.waitUntil(async () => {
    const found = await bodyOf<{ snapshots: readonly ListedSnapshot[] }>(
      await neighbourhood.call('reports/evidence.json'),
    );
    return found.snapshots.length >= count && found.snapshots[0]?.isStored ? found.snapshots : undefined;
  }, patience);
}

/** The command as somebody types it: its exit code and what it printed. */
async function verify(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const command = promisify(execFile)(process.execPath, ['local/evidence/verify.ts', ...args], { cwd: root, env });
  return command.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}

/** Downloads the container into a folder of its own. */
async function downloaded(name: string): Promise<string> {
  const blobs = createBlobs(neighbourhood.storage.blobServiceUri, 'evidence', {
    credential: new DefaultAzureCredential(),
  });
  for await (const blob of blobs.list()) {
    const bytes = await blobs.read(blob.name);
    expect.assert(bytes);
    const path = join(folder, name, blob.name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await buffer(bytes));
  }
  return join(folder, name);
}

const fire = () => neighbourhood.host.child.process.send({ kind: 'fireTimer', name: 'snapshot-due' });

describe('evidence', () => {
  it('of a swept estate is written once, and is whole', async () => {
    const run = await sweep(neighbourhood);
    const [snapshot] = await snapshots(1);
    expect.assert(snapshot);

    const own = await downloaded('whole');

    expect(snapshot).toMatchObject({ run: { runId: run.runId, state: run.state }, previous: null });
    const { code, output } = await verify('--from', own, '--noted', snapshot.sha256);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining(`${snapshot.day}  ok     40 VMs, 4 parts`),
    });
    expect(output).toContain('All 1 snapshots are whole and in order');
    expect(output).toContain('What this cannot prove');
    const lines = gunzipSync(await readFile(join(own, snapshot.day, 'vms.ndjson.gz')))
      .toString()
      .trim()
      .split('\n');
    const ids = (rows: readonly { readonly vmId: string }[]) => rows.map(({ vmId }) => vmId).toSorted();
    expect(ids(lines.map((line) => JSON.parse(line)))).toEqual(ids(await allVms(neighbourhood)));
  });

  it.each([
    ['vms.ndjson.gz', 'altered'],
    ['run.json', 'altered'],
    ['manifest.json', 'altered'],
  ])('whose %s has another byte is found wrong', async (part, what) => {
    const [snapshot] = await snapshots(1);
    const own = await downloaded(`byte-${part}`);
    const path = join(own, snapshot?.day ?? '', part);
    const bytes = await readFile(path);
    await writeFile(path, bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1));

    const { code, output } = await verify('--from', own);

    expect(code).toBe(1);
    expect(output).toContain(`WRONG: ${snapshot?.day} ${part} is ${what}`);
  });

  it('that lacks a file, or has one more, is found wrong', async () => {
    const [snapshot] = await snapshots(1);
    const own = await downloaded('files');
    await rm(join(own, snapshot?.day ?? '', 'posture.json'));
    await writeFile(join(own, snapshot?.day ?? '', 'added.json'), '{}');

    const { code, output } = await verify('--from', own);

    expect(code).toBe(1);
    expect(output).toMatch(/posture\.json: missing/);
    expect(output).toMatch(/added\.json: added/);
  });

  it('of a day without a sweep is written by the timer, once, behind the one before', async () => {
    const [first] = await snapshots(1);
    fire();
    await neighbourhood.advanceClock(24 * 60);
    fire();
    fire();

    const [second] = await snapshots(2);

    expect(second).toMatchObject({ run: null, previous: { day: first?.day, sha256: first?.sha256 }, missingDays: [] });
    const container = `${neighbourhood.storage.blobServiceUri}/evidence`;
    const { code, output } = await verify('--from', container, '--noted', second?.sha256 ?? '');
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('All 2 snapshots are whole') });
  });

  it('that is asked for wrongly is told how', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'));

    const [nothing, noted, none, absent] = await Promise.all([
      verify(),
      verify('--from', empty, '--noted', 'abc'),
      verify('--from', empty),
      verify('--from', join(folder, 'nowhere')),
    ]);

    expect([nothing, noted, none, absent].map((each) => each?.code)).toEqual([2, 2, 1, 2]);
    expect(nothing?.output).toContain('Usage: npm run verify-evidence');
    expect(none?.output).toContain('There is no snapshot in');
  });
});

describe('the history of a VM', () => {
  it('is told over HTTP, and refuses the cursor of another VM', async () => {
    const [one, other] = await allVms(neighbourhood);

    const answer = await neighbourhood.call(`vms/${one?.vmKey}/history?size=1`);
    const cursor = Buffer.from('{"filter":"0123456789ab","below":"2"}').toString('base64url');
    const foreign = await neighbourhood.call(`vms/${other?.vmKey}/history?cursor=${cursor}`);
    const unknown = await neighbourhood.call(`vms/${'0'.repeat(20)}/history`);

    expect(await bodyOf(answer)).toMatchObject({
      vmKey: one?.vmKey,
      firstSeen: { verdict: one?.verdict },
      changes: [],
    });
    expect([foreign.status, unknown.status]).toEqual([400, 404]);
    expect(await foreign.json()).toMatchObject({ parameter: 'cursor' });
  });
});

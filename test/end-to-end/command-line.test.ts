import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';

import { verdicts } from '../../lib/domain/verdict.ts';
import { readOptions, UsageError } from '../../local/demo/options.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import { type Command, spawnCommand, startCommand } from './support/start-command.ts';

/** The object that `--once --json` prints last. */
const Summary = z.strictObject({
  runId: z.string().regex(/^\d{8}T\d{9}Z-[0-9a-f]{6}$/),
  vms: z.literal(25),
  verdicts: z.record(z.enum(verdicts), z.int().min(0)),
  eventVerdict: z.strictObject({
    vmId: z.string().startsWith('/subscriptions/'),
    verdict: z.enum(verdicts),
    ms: z.int().positive(),
  }),
  complete: z.literal(true),
});

const defaultPort = 7071;
let folder: string;
let other: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backstop-command-line-'));
  other = createServer();
  const isListening = once(other, 'listening');
  other.listen(defaultPort, '127.0.0.1');
  // If somebody else has the port, it is taken just as well.
  await isListening.catch(() => undefined);
});

afterAll(async () => {
  other.close();
  await rm(folder, { recursive: true, force: true });
});

async function estateFile(content: unknown): Promise<string> {
  const file = join(await mkdtemp(join(folder, 'estate-')), 'estate.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** A folder for the temporary files of a command, to see what it leaves. */
const temporary = () => mkdtemp(join(folder, 'tmp-'));

/** Whatever happens to a test, its command does not stay. */
async function command(...options: readonly string[]): Promise<Command & { readonly temporary: string }> {
  const own = await temporary();
  const started = await startCommand(own, options);
  onTestFinished(() => started.kill());
  return { ...started, temporary: own };
}

async function expectNothingLeft({ group }: Command, temporaryFiles: string): Promise<void> {
  await expect.poll(group, { timeout: 10_000, interval: 50 }).toEqual([]);
  expect(await readdir(temporaryFiles)).toEqual([]);
}

/** Verdicts as the table of the terminal shows them. */
function tableOf(output: string): Readonly<Record<string, number>> {
  const rows = [...output.matchAll(/^│ ([a-z-]+) +│ +(\d+) │/gm)];
  return Object.fromEntries(rows.map(([, verdict, count]) => [verdict, Number(count)]));
}

describe('the options', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['a word', ['now'], /Unexpected argument 'now'.*--estate FILE/s],
    ['VMs that are no number', ['--vms', 'many'], /--vms many: expected a whole number from 1/],
    ['no VMs', ['--vms', '0'], /--vms 0: expected a whole number from 1/],
    ['a seed of less than nothing', ['--seed=-1'], /--seed -1: expected a whole number from 0/],
    ['a port of words', ['--port', 'http'], /--port http: expected a whole number from 0 to 65535/],
    ['a port that cannot be', ['--port', '70000'], /--port 70000: expected a whole number from 0 to 65535/],
    ['JSON without an end', ['--json'], /--json goes with --once/],
    ['an estate that is both loaded and generated', ['--estate', 'x.json', '--vms', '5'], /use one of the two/],
  ])('refuse %s', (_what, options, said) => {
    expect(() => readOptions(options)).toThrow(said);
    expect(() => readOptions(options)).toThrow(UsageError);
  });
});

describe('npm start', () => {
  it('with --once --json ends with one JSON object; the same seed gives the same verdicts until Ctrl-C', async () => {
    const first = await command('--once', '--json', '--vms', '25', '--seed', '3');
    expect(await first.ended).toBe(0);
    const summary = Summary.parse(JSON.parse(first.output().trimEnd().split('\n').at(-1) ?? ''));
    expect(Object.values(summary.verdicts).reduce((sum, count) => sum + count, 0)).toBe(25);
    expect(first.output()).not.toContain(`127.0.0.1:${defaultPort}`);
    expect(first.output()).toMatch(/^Functions host http:\/\/127\.0\.0\.1:\d+,/m);
    await expectNothingLeft(first, first.temporary);

    const staying = await command('--vms', '25', '--seed', '3');
    await staying.printed(/Ctrl-C ends everything/);
    expect(tableOf(staying.output())).toEqual(summary.verdicts);
    const isLinux = process.platform === 'linux';
    expect((await staying.group()).length).toBeGreaterThanOrEqual(isLinux ? 3 : 0);
    staying.process.kill('SIGINT');

    expect(await staying.ended).toBe(130);
    await expectNothingLeft(staying, staying.temporary);
  });

  it.each([
    ['builds', /^Building/m],
    ['starts its parts', undefined],
  ])('leaves nothing behind when it is interrupted while it %s', async (_when, moment) => {
    const own = await temporary();
    const started = spawnCommand(own, ['--vms', '1', '--port', '0']);
    onTestFinished(() => started.kill());
    await (moment
      ? started.printed(moment)
      : // The folder of the certificate is the first thing that is made.
        expect.poll(() => readdir(own), { timeout: 20_000, interval: 5 }).not.toEqual([]));

    started.process.kill('SIGINT');

    expect(await started.ended).toBe(130);
    await expectNothingLeft(started, own);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a wrong option', ['--colour'], /Unknown option '--colour'.*--estate FILE/s],
    ['an estate file that is not there', ['--estate', 'no-such.json'], /no-such\.json.*expected a readable file/s],
  ])('ends with 1 and without a stack for %s', async (_what, options, said) => {
    const { ended, output } = spawnCommand(await temporary(), options);

    expect(await ended).toBe(1);
    expect(output()).toMatch(said);
    expect(output()).not.toMatch(/^\s+at /m);
  });

  it('names the file, the place in it and what was expected there', async () => {
    const file = await estateFile({
      ...generateEstate({ vms: 1, seed: 1 }),
      settings: { rpoHour: 24 },
      denied: [{ scope: '/subscriptions/elsewhere', action: 'Microsoft.Compute/virtualMachines/read' }],
    });

    const { ended, output } = spawnCommand(await temporary(), ['--estate', file]);

    expect(await ended).toBe(1);
    expect(output()).toContain(`${file} is no usable estate:`);
    expect(output()).toMatch(/denied\[0\]\.scope: expected a subscription of this estate, found/);
    expect(output()).toMatch(
      /settings\.rpoHour: expected one of [^\n]*rpoHours[^\n]*, found the unknown setting "rpoHour"/,
    );
  });

  it('says which part did not start and why, and leaves nothing behind', async () => {
    const estate = { ...generateEstate({ vms: 1, seed: 1 }), settings: { rpoHours: 'abc' } };

    const started = await command('--estate', await estateFile(estate), '--once');

    expect(await started.ended).toBe(1);
    expect(started.output()).toMatch(/^The Functions host with the app did not start: .*BACKSTOP_RPO_HOURS is "abc"/ms);
    expect(started.output()).not.toMatch(/^\s+at /m);
    await expectNothingLeft(started, started.temporary);
  });
});

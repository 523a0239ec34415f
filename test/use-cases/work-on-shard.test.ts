import { describe, expect, test } from 'vitest';

import { unknown } from '../../lib/domain/fact.ts';
import { planOfSweep } from '../../lib/use-cases/plan-sweep.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { changesShard } from '../../lib/use-cases/request-bulk-judgement.ts';
import { workOnShard } from '../../lib/use-cases/work-on-shard.ts';
import { recording } from './recording.ts';
import { serviceOfFile, withInventory } from './service-of-file.ts';
import { rowsByName, start, sweepSettings } from './swept-estate.ts';

const { started } = await serviceOfFile();

/** A sweep that is planned, and what the worker of its one shard sends. */
async function planned() {
  const own = await started();
  const { runId } = (await start(own.ports)).run;
  const { ports, sent, lines } = recording(own.ports);
  const message = { runId, shardId: '0001' };
  const settings = { judgement: own.judgement, sweep: sweepSettings };
  return {
    ...own,
    ports,
    sent,
    lines,
    runId,
    message,
    work: (raw: unknown, changed: Ports = ports) => workOnShard(changed, settings, raw),
    run: () => own.ports.runs.find(runId),
    rows: () => rowsByName(own.ports, own.subscriptionId),
    /** Closes the run, so that the place is free for the next test. */
    close: async () => {
      await workOnShard(ports, settings, message);
      expect((await own.ports.runs.find(runId))?.finishedAt).toBeDefined();
    },
  };
}

/** What the SDKs' errors look like: a message that may name anything, and codes that tell what happened. */
class StorageRefusal extends Error {
  override readonly name = 'RestError';
  readonly code = 'AuthorizationFailure';
  readonly statusCode = 403;
}
const secret = 'sig=c2VjcmV0 of erika@example.org';

/** The same ports, but nothing can be read of what is stored. */
function brokenStorage(ports: Ports): Ports {
  const headsOf = async () => {
    throw new StorageRefusal(secret);
  };
  return { ...ports, evaluations: { ...ports.evaluations, headsOf } };
}

/** The same ports, but Azure throttles. */
function throttled(ports: Ports, retryAfterSeconds?: number): Ports {
  const because = {
    cause: 'throttled',
    detail: 'Resource Graph could not be asked for vms: too many requests.',
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  } as const;
  const machines: Ports['inventory']['machines'] = async function* () {
    yield { kind: 'unknown', because };
  };
  return withInventory(ports, { machines });
}

describe('a message that makes no sense', () => {
  test.each([
    ['no object', 'no JSON', 'no JSON'],
    ['no run', { shardId: '0001' }, '{"shardId":"0001"}'],
    ['a run without a name', { runId: '', shardId: '0001' }, '{"runId":"","shardId":"0001"}'],
    ['a shard that is a number', { runId: 'r', shardId: 1 }, '{"runId":"r","shardId":1}'],
    [
      'an attempt before the first',
      { runId: 'r', shardId: '1', attempt: -1 },
      '{"runId":"r","shardId":"1","attempt":-1}',
    ],
    ['a field too many', { runId: 'r', shardId: '1', force: 1 }, '{"runId":"r","shardId":"1","force":1}'],
    ['nothing', null, 'null'],
  ])('is put aside as it was: %s', async (_, raw, text) => {
    const { work, sent, close } = await planned();

    await work(raw);

    expect(sent).toEqual([{ queue: 'sweep-shard-poison', message: text }]);
    await close();
  });
});

describe('a message of a run that nobody knows', () => {
  test.each([planOfSweep, changesShard, '0001'])('is dropped: the shard %s', async (shardId) => {
    const { ports, work, sent, close } = await planned();
    const runId = '20200101T000000000Z-abcdef';

    await work({ runId, shardId });

    expect(sent).toEqual([]);
    expect(await ports.runs.find(runId)).toBeUndefined();
    await close();
  });
});

describe('a shard that cannot be worked through', () => {
  test('waits for as long as Azure asks for when it throttles, and counts the attempt', async () => {
    const { ports, work, message, sent, rows, run, close } = await planned();

    await work({ ...message, attempt: 3 }, throttled(ports, 77));

    expect(sent).toEqual([{ queue: 'sweep-shard', message: { ...message, attempt: 4 }, seconds: 77 }]);
    expect(await rows()).toEqual({});
    expect((await run())?.finishedAt).toBeUndefined();
    await close();
  });

  test('waits a minute where Azure does not say for how long', async () => {
    const { ports, work, message, sent, close } = await planned();

    await work(message, throttled(ports));

    expect(sent).toEqual([{ queue: 'sweep-shard', message: { ...message, attempt: 1 }, seconds: 60 }]);
    await close();
  });

  test.each([
    [undefined, 5],
    [0, 5],
    [1, 10],
    [2, 20],
    [3, 40],
    [4, 80],
    [5, 160],
    [6, 300],
    [7, 300],
    [8, 300],
  ])('waits longer each time for any other error: after the attempt %s for %i seconds', async (attempt, seconds) => {
    const { ports, work, message, sent, lines, close } = await planned();

    await work({ ...message, ...(attempt === undefined ? {} : { attempt }) }, brokenStorage(ports));

    expect(sent).toEqual([{ queue: 'sweep-shard', message: { ...message, attempt: (attempt ?? 0) + 1 }, seconds }]);
    expect(lines.at(-1)).toContain('"why":"RestError AuthorizationFailure 403"');
    expect(lines.join('\n')).not.toContain(secret);
    await close();
  });

  test('is worked through when it can be', async () => {
    const { work, message, sent, run } = await planned();

    await work({ ...message, attempt: 9 });

    expect(sent.filter(({ queue }) => queue === 'sweep-shard')).toEqual([]);
    expect(await run()).toMatchObject({ state: 'complete', shardsDone: 1 });
  });
});

describe('after ten attempts', () => {
  test('a shard has failed: its run ends as incomplete and says why, without the text of the error', async () => {
    const { ports, work, message, sent, lines, run, rows } = await planned();

    await work({ ...message, attempt: 9 }, brokenStorage(ports));

    expect(sent.map(({ queue }) => queue)).toEqual(['take-snapshot']);
    expect(await run()).toMatchObject({
      state: 'incomplete',
      shards: 1,
      shardsDone: 1,
      vms: 0,
      gaps: [
        {
          what: 'shard 0001',
          cause: 'partial-inventory',
          detail: 'After 10 attempts: RestError AuthorizationFailure 403',
        },
      ],
      finishedAt: expect.any(String),
    });
    expect(await rows()).toEqual({});
    expect(`${JSON.stringify(await run())} ${lines.join('\n')}`).not.toContain(secret);
  });

  test('one that Azure always throttled says that', async () => {
    const { ports, work, message, run } = await planned();

    await work({ ...message, attempt: 9 }, throttled(ports, 77));

    expect((await run())?.gaps).toMatchObject([{ detail: expect.stringMatching(/^After 10 attempts: .*too many/) }]);
  });

  test('what it had stored stays as it was, and its late message finds it ended', async () => {
    const { ports, work, message, run, rows, judgement } = await planned();
    await workOnShard(ports, { judgement, sweep: sweepSettings }, message);
    const [before, ended] = [await rows(), await run()];
    const next = (await start(ports)).run;
    const late = { runId: next.runId, shardId: '0001' };
    await work({ ...late, attempt: 9 }, brokenStorage(ports));
    expect(await ports.runs.find(next.runId)).toMatchObject({ state: 'incomplete', retired: 0 });

    await work(late);

    expect(await rows()).toEqual(before);
    expect(await run()).toEqual(ended);
  });

  test('a plan closes its run as failed, and the place is free', async () => {
    const own = await started();
    const changed = withInventory(own.ports, { machineCounts: async () => unknown('throttled', 'Too many requests.') });
    const { ports, sent } = recording(changed);
    const { runId } = (await start(ports)).run;
    sent.length = 0;
    const settings = { judgement: own.judgement, sweep: sweepSettings };

    await workOnShard(ports, settings, { runId, shardId: planOfSweep, attempt: 9 });

    expect(sent).toEqual([]);
    expect(await own.ports.runs.find(runId)).toMatchObject({
      state: 'failed',
      gaps: [{ what: 'plan of the sweep', detail: 'After 10 attempts: Too many requests.' }],
      finishedAt: expect.any(String),
    });
    const next = await start(own.ports);
    expect(next.kind).toBe('started');
    await workOnShard(own.ports, settings, { runId: next.run.runId, shardId: '0001' });
  });

  test('a plan whose run has ended meanwhile changes nothing', async () => {
    const { work, runId, close, run, sent } = await planned();
    await close();
    const [ended, before] = [await run(), [...sent]];

    await work({ runId, shardId: planOfSweep, attempt: 9 });

    expect([sent, await run()]).toEqual([before, ended]);
  });
});

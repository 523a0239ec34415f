import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import type { Evaluation } from '../../lib/domain/evaluation.ts';
import type { Evaluated, Transition } from '../../lib/use-cases/evaluated.ts';
import type { Heads, PageResult } from '../../lib/use-cases/judge-page.ts';
import { JudgedVm } from '../../lib/use-cases/judge-vm.ts';
import type { Ports, Stored } from '../../lib/use-cases/ports.ts';
import { writeChanged, writeRetired } from '../../lib/use-cases/write-shard.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';
import { serviceOfFile } from './service-of-file.ts';

const { started } = await serviceOfFile();

const occasion = { at: '2026-11-20T06:30:00.000Z', runId: 'run' };

/** A VM of a page that was judged so; only its row is of interest here. */
function result(row: Evaluated): PageResult {
  const evaluation = { open: row.findings } as Evaluation;
  return { machine: {} as PageResult['machine'], vmKey: row.vmKey, judged: new JudgedVm(row, evaluation) };
}

/** A store of its own subscription, with what is written to it. */
async function storing() {
  const { ports } = await started();
  const subscriptionId = randomUUID();
  const told: Transition[] = [];
  const written: Stored<Evaluated>[] = [];
  const kept: Pick<Ports, 'evaluations' | 'transitions'> = {
    evaluations: {
      ...ports.evaluations,
      writeAll(rows) {
        written.push(...rows);
        return ports.evaluations.writeAll(rows);
      },
    },
    transitions: {
      ...ports.transitions,
      async add(transitions) {
        told.push(...transitions);
      },
    },
  };
  return {
    ports: kept,
    told,
    written,
    row: (name: string, change: Partial<Evaluated> = {}) => evaluatedRow({ subscriptionId, name, ...change }),
    heads: (): Promise<Heads> => ports.evaluations.headsOf(subscriptionId),
    /** Somebody else writes a row. */
    async overtake(row: Evaluated): Promise<void> {
      const there = await ports.evaluations.find(row.subscriptionId, row.vmKey);
      await ports.evaluations.write({ ...there, value: row });
    },
    find: async ({ vmKey }: Evaluated) => (await ports.evaluations.find(subscriptionId, vmKey))?.value,
  };
}

describe('of the VMs of a page', () => {
  test('those are written that are new or were judged otherwise, and the others are not touched', async () => {
    const { ports, row, heads, written, overtake } = await storing();
    const [same, changed, fresh] = [row('same'), row('changed'), row('fresh')];
    await overtake(same);
    await overtake(changed);

    const later = { evidenceAt: '2026-11-20T07:00:00.000Z', revision: 2 };
    const results = [{ ...same, ...later }, { ...changed, ...later, fingerprint: 'other' }, fresh].map(result);
    const count = await writeChanged(ports, results, await heads());

    expect(count).toBe(2);
    expect(written.map(({ value }) => value.name)).toEqual(['changed', 'fresh']);
  });

  test('nothing is written, read or told where nothing changed', async () => {
    const { ports, row, heads, written, told, overtake } = await storing();
    const rows = ['a', 'b', 'c'].map((name) => row(name));
    for (const each of rows) await overtake(each);

    expect(await writeChanged(ports, rows.map(result), await heads())).toBe(0);
    expect([written, told]).toEqual([[], []]);
  });

  test('one of which nothing changed but that it was looked at is written without a transition', async () => {
    const { ports, row, heads, told, find, overtake } = await storing();
    const before = row('vm');
    await overtake(before);
    const agent = { kind: 'unknown', because: { cause: 'not-reported', detail: 'x' } } as const;
    const looked = { ...before, closerLook: { at: '2026-11-20T06:00:00.000Z', agent } };

    expect(await writeChanged(ports, [result(looked)], await heads())).toBe(1);
    expect(told).toEqual([]);
    expect(await find(before)).toEqual(looked);
  });

  test('one that was not judged stays as it is', async () => {
    const { ports, row, heads, written } = await storing();
    const { judged: _, ...unjudged } = result(row('vm'));

    expect(await writeChanged(ports, [unjudged], await heads())).toBe(0);
    expect(written).toEqual([]);
  });

  test('one that an event judged meanwhile stays as that saw it, and does not count', async () => {
    const { ports, row, heads, find, overtake } = await storing();
    const [calm, busy] = [row('calm'), row('busy')];
    await overtake(calm);
    await overtake(busy);
    const before = await heads();
    await overtake({ ...busy, trigger: 'event', revision: 2 });

    const results = [calm, busy].map((each) => result({ ...each, fingerprint: 'other', revision: 2 }));
    expect(await writeChanged(ports, results, before)).toBe(1);
    expect(await find(busy)).toMatchObject({ trigger: 'event', fingerprint: busy.fingerprint });
    expect(await find(calm)).toMatchObject({ trigger: 'sweep', fingerprint: 'other' });
  });

  test('those of the first sweep are the baseline, however often it was killed; one of a later sweep is a change', async () => {
    const { ports, row, heads, told } = await storing();

    await writeChanged(ports, [result(row('a', { runId: 'first' }))], await heads());
    await writeChanged(ports, [result(row('b', { runId: 'first' }))], await heads());
    expect(told).toEqual([]);
    await writeChanged(ports, [result(row('c', { runId: 'second' }))], await heads());

    expect(told).toMatchObject([{ name: 'c', to: 'protected', failingBefore: [] }]);
  });

  test('those of a subscription that is new are the baseline, whatever else is in the shard', async () => {
    const { ports, row, heads, told } = await storing();
    await writeChanged(ports, [result(row('a', { runId: 'first' }))], await heads());
    const elsewhere = evaluatedRow({ subscriptionId: randomUUID(), name: 'b', runId: 'second' });

    await writeChanged(ports, [row('c', { runId: 'second' }), elsewhere].map(result), await heads());

    expect(told.map(({ name }) => name)).toEqual(['c']);
  });
});

describe('a VM that is gone', () => {
  test('keeps its row, which says so, and is told as a transition', async () => {
    const { ports, row, heads, told, find, overtake } = await storing();
    const [vm, other] = [row('vm', { runId: 'former' }), row('other')];
    await overtake(vm);
    await overtake(other);

    expect(await writeRetired(ports, [vm], await heads(), occasion)).toBe(1);
    expect(await find(vm)).toEqual({
      ...vm,
      ...{ goneAt: occasion.at, evidenceAt: occasion.at, revision: 2, trigger: 'sweep', runId: 'run' },
      fingerprint: `gone-${vm.fingerprint}`,
    });
    expect(told).toMatchObject([{ name: 'vm', from: 'protected', to: 'gone', runId: 'run' }]);
    expect(await find(other)).toEqual(other);
  });

  test('keeps its words: they are not in what was read of all rows', async () => {
    const { ports, row, heads, find, overtake } = await storing();
    const spot = { rule: 'spot-vm', category: 'governance', severity: 'info' } as const;
    const findings: Evaluated['findings'] = [{ ...spot, outcome: 'notApplicable', message: 'm', evidence: [] }];
    const vm = row('vm', { findings });
    await overtake(vm);

    await writeRetired(ports, [vm], await heads(), occasion);

    expect((await find(vm))?.findings).toEqual(findings);
  });

  test('stays as it is when somebody wrote it since it was read: it is there', async () => {
    const { ports, row, heads, find, told, overtake } = await storing();
    const vm = row('vm');
    await overtake(vm);
    const before = await heads();
    await overtake({ ...vm, trigger: 'event', revision: 2 });

    expect(await writeRetired(ports, [vm], before, occasion)).toBe(0);
    expect(await find(vm)).not.toHaveProperty('goneAt');
    expect(told).toEqual([]);
  });
});

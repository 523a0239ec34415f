import { describe, expect, it } from 'vitest';

import { completenessOf } from '../../lib/use-cases/completeness.ts';
import { completenessInPart, concerns, runInPart } from '../../lib/use-cases/seen-in-part.ts';
import { newRun } from '../ports/new-run.ts';

const own = '11111111-2222-3333-4444-555555555555';
const other = '66666666-7777-8888-9999-aaaaaaaaaaaa';
const gaps = [own, other].map((id) => ({ what: `subscription ${id}`, cause: 'no-permission', detail: 'Refused.' }));
const run = newRun({ state: 'incomplete', vms: 812, rulesUnknown: { 'agent-ready': 7 }, gaps });

describe('a run for who sees one subscription', () => {
  it('tells when it was and how it ended, and what of the subscription could not be read', () => {
    const { runId, kind, startedAt, trigger } = run;

    expect(runInPart(run, [own])).toEqual({
      runId,
      kind,
      startedAt,
      state: 'incomplete',
      trigger,
      gaps: [gaps[0]],
    });
  });

  it('names no other subscription that it was about, and is not shown where it was about others', () => {
    const part = newRun({ kind: 'part', only: [own, other] });

    expect(runInPart(part, [own]).only).toEqual([own]);
    expect([concerns(part, [own]), concerns({ only: [other] }, [own]), concerns(run, [own])]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

it('what an answer rests on tells no number of everything', () => {
  const whole = completenessOf(run, new Date('2026-11-20T07:00:00.000Z'));

  expect(completenessInPart(whole, [own])).toEqual({
    runId: run.runId,
    state: 'incomplete',
    complete: false,
    startedAt: run.startedAt,
    finishedAt: null,
    ageHours: 1,
    gaps: [gaps[0]],
  });
});

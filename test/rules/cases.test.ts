import { describe, expect, it } from 'vitest';

import { evaluate } from '../../lib/domain/evaluation.ts';
import { findingOf } from './case.ts';
import { healthyVm, machine, now, settings } from './healthy-vm.ts';
import { readRuleFolder, ruleOf } from './rule-folder.ts';

const files = await readRuleFolder();

describe.each(files.map((file) => [file.id, file] as const))('%s', (_id, file) => {
  it.each(file.cases ?? [])('%s', (_what, differing, expected) => {
    expect(findingOf(ruleOf(file), differing)).toMatchObject(expected);
  });
});

describe('the healthy VM of the cases', () => {
  it('is protected and has no finding that asks for anything', () => {
    const { verdict, findings } = evaluate(machine(), healthyVm(), files.map(ruleOf), { settings, now });

    expect(verdict).toBe('protected');
    // What Azure shows to nobody is unknown of every VM.
    const asking = findings.filter((each) => each.outcome === 'unknown' && each.cause !== 'not-exposed');
    expect([...asking, ...findings.filter(({ outcome }) => outcome === 'fail')]).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Evaluation, evaluate } from '../../lib/domain/evaluation.ts';
import type { Fact } from '../../lib/domain/fact.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import type { Verdict } from '../../lib/domain/verdict.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { fact, gap, machine, noItem, now } from '../rules/healthy-vm.ts';
import { factNames, factSheet, judgementSettings, unknownFact } from './arbitrary-sheet.ts';

function evaluated(
  sheet: FactSheet,
  settings: JudgementSettings,
  rules = catalogue as readonly (typeof catalogue)[number][],
): Evaluation {
  return evaluate(machine(), sheet, rules, { settings, now });
}

/**
 * What a reader may rest on, the most first. Nothing is asked of excluded and exempt VMs; then come the compliant verdicts,
 * then those that ask for something, the nearest to protection first; nothing rests on not knowing.
 */
const fromBestToWorst: readonly Verdict[] = [
  'excluded',
  'exempt',
  'protected',
  'pending',
  'protectable',
  'blocked',
  'at-risk',
  'undetermined',
];

function isBetter(verdict: Verdict, than: Verdict): boolean {
  return fromBestToWorst.indexOf(verdict) < fromBestToWorst.indexOf(than);
}

/** The same lists in another order, as Azure might have given them. */
function reordered(sheet: FactSheet): FactSheet {
  const change = <T>(each: Fact<T>, reverse: (value: T) => T): Fact<T> =>
    each.kind === 'known' ? { ...each, value: reverse(each.value) } : each;
  return {
    ...sheet,
    vaults: change(sheet.vaults, (value) => ({ ...value, vaults: value.vaults.toReversed() })),
    items: change(sheet.items, (value) => ({
      ...value,
      live: value.live.toReversed(),
      softDeleted: value.softDeleted.toReversed(),
    })),
  };
}

describe('an evaluation', () => {
  it('is made of any facts without an exception, and has one finding of each rule unless one settles the verdict', () => {
    fc.assert(
      fc.property(factSheet, judgementSettings, (sheet, settings) => {
        const { verdict, findings } = evaluated(sheet, settings);

        const isSettled = verdict === 'exempt' || verdict === 'excluded';
        expect(isSettled ? catalogue.length : findings.length).toBe(catalogue.length);
        expect(JSON.stringify(findings)).not.toContain('[object');
      }),
    );
  });

  it('is the same whenever it is made of the same facts', () => {
    fc.assert(
      fc.property(factSheet, judgementSettings, (sheet, settings) => {
        expect(evaluated(structuredClone(sheet), settings)).toEqual(evaluated(sheet, settings));
      }),
    );
  });

  it('does not depend on the order of rules, nor on that in which Azure lists items and vaults', () => {
    fc.assert(
      fc.property(
        factSheet,
        judgementSettings,
        fc.shuffledSubarray([...catalogue], { minLength: catalogue.length }),
        (sheet, settings, rules) => {
          expect(evaluated(reordered(sheet), settings, rules)).toEqual(evaluated(sheet, settings));
        },
      ),
    );
  });
});

describe('a verdict', () => {
  it('never improves when facts become unknown', () => {
    fc.assert(
      fc.property(
        factSheet,
        judgementSettings,
        fc.subarray(factNames, { minLength: 1 }),
        unknownFact,
        (sheet, settings, lost, unknown) => {
          const less = { ...sheet, ...Object.fromEntries(lost.map((name) => [name, unknown])) };

          const [before, after] = [evaluated(sheet, settings).verdict, evaluated(less, settings).verdict];

          expect(isBetter(after, before), `${before} became ${after}`).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never improves when vaults are hidden from a VM without an item, and the gap is known', () => {
    fc.assert(
      fc.property(factSheet, judgementSettings, fc.array(fc.boolean()), (sheet, settings, isHidden) => {
        const whole = { ...sheet, ...noItem };
        const { vaults } = whole;
        fc.pre(vaults.kind === 'known');
        const rest = vaults.value.vaults.filter((_, at) => !isHidden[at]);

        const before = evaluated(whole, settings).verdict;
        const after = evaluated({ ...whole, vaults: fact({ ...vaults.value, vaults: rest, gap }) }, settings).verdict;

        expect(isBetter(after, before), `${before} became ${after}`).toBe(false);
      }),
    );
  });

  it('calls nobody unprotected whose items may be hidden', () => {
    fc.assert(
      fc.property(factSheet, judgementSettings, (sheet, settings) => {
        const { verdict } = evaluated({ ...sheet, items: fact({ live: [], softDeleted: [], gap }) }, settings);

        expect(['undetermined', 'exempt', 'excluded']).toContain(verdict);
      }),
    );
  });

  it('calls nobody protected who has no recovery point', () => {
    fc.assert(
      fc.property(factSheet, judgementSettings, (sheet, settings) => {
        const { items } = sheet;
        fc.pre(items.kind === 'known');
        const live = items.value.live.map(({ lastRecoveryPoint: _, ...rest }) => rest);

        const { verdict } = evaluated({ ...sheet, items: fact({ ...items.value, live }) }, settings);

        expect(verdict).not.toBe('protected');
      }),
    );
  });
});

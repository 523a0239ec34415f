import { describe, expect, test } from 'vitest';

import { expiringVmsIn } from '../../lib/domain/exemption-ends.ts';
import { type Counted, postureOf } from '../../lib/domain/posture.ts';

const at = new Date('2026-11-20T06:00:00.000Z');

function exempt(endsAt?: string): Counted {
  const exemption = endsAt ? { endsAt } : {};
  return { verdict: 'exempt', failing: [], subscriptionId: 's', owner: 'o', exemption };
}

const others: readonly Counted[] = [{ verdict: 'protected', failing: [], subscriptionId: 's', owner: 'o' }];

describe('exempt VMs whose exemption ends soon', () => {
  test.each([
    ['none is exempt', [], 0],
    ['one has no end', [exempt()], 0],
    ['one ends on the last day', [exempt('2026-12-04T23:59:59.999Z')], 1],
    ['one ends a day later', [exempt('2026-12-05T00:00:00.000Z')], 0],
    ['one has ended, and its VM was not judged since', [exempt('2026-11-01T00:00:00.000Z')], 1],
    ['some do and some do not', [exempt(), exempt('2026-11-21T00:00:00Z'), exempt('2027-11-21T00:00:00Z')], 1],
  ])('are counted where %s', (_, vms, expected) => {
    const { exemptUntil, verdicts } = postureOf([...others, ...vms]);

    expect(expiringVmsIn(exemptUntil, verdicts, at, 14)).toBe(expected);
  });

  test('are unknown where not all were counted with their ends', () => {
    expect(expiringVmsIn(undefined, { exempt: 1 }, at, 14)).toBeNull();
    expect(expiringVmsIn({ '2026-11-21': 1 }, { exempt: 2 }, at, 14)).toBeNull();
  });
});

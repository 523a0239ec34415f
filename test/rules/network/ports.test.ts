import { describe, expect, it } from 'vitest';

import type { Match } from '../../../lib/rules/network/match.ts';
import { destinationPortMatch, sourcePortMatch } from '../../../lib/rules/network/ports.ts';

describe('destination ports that include 443', () => {
  it.each<readonly [entries: readonly unknown[], expected: Match]>([
    [['*'], 'yes'],
    [['443'], 'yes'],
    [['443-443'], 'yes'],
    [['80-443'], 'yes'],
    [['443-8443'], 'yes'],
    [['80', '443'], 'yes'],
    [['442'], 'no'],
    [['444-65535'], 'no'],
    [['0-442'], 'no'],
    [['8443'], 'no'],
    [[], 'maybe'],
    [['https'], 'maybe'],
    [['4430000'], 'maybe'],
    [['x443'], 'maybe'],
    [['443x'], 'maybe'],
    [['443-'], 'maybe'],
    [[443], 'maybe'],
    [['80', 'https'], 'maybe'],
    [['443', 'https'], 'yes'],
  ])('%j: %s', (entries, expected) => {
    expect(destinationPortMatch(entries)).toBe(expected);
  });

  it('may be asked for other ports', () => {
    expect(destinationPortMatch(['32526'], 32526)).toBe('yes');
    expect(destinationPortMatch(['443'], 32526)).toBe('no');
  });
});

describe('source ports that include the port of a client', () => {
  it.each<readonly [entries: readonly unknown[], expected: Match]>([
    [['*'], 'yes'],
    [['1024-65535'], 'yes'],
    [['1024-40000', '40001-65535'], 'yes'],
    [['1024-65535', 'garbage'], 'yes'],
    [['443'], 'no'],
    [['0-1023', '80'], 'no'],
    [['0-1024'], 'maybe'],
    [['49152-65535'], 'maybe'],
    [['1024-65534'], 'maybe'],
    [['80', '50000-60000'], 'maybe'],
    [['garbage'], 'maybe'],
    [['443', 'garbage'], 'maybe'],
    [[], 'maybe'],
  ])('%j: %s', (entries, expected) => {
    expect(sourcePortMatch(entries)).toBe(expected);
  });
});

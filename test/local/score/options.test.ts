import { describe, expect, it } from 'vitest';

import { readOptions, UsageError } from '../../../local/score/options.ts';

describe('the command line of the score', () => {
  it('has defaults', () => {
    expect(readOptions([])).toEqual({ vms: 5000, seed: 7, form: 'text' });
  });

  it('reads numbers and the form', () => {
    expect(readOptions(['--vms', '12', '--seed', '0', '--json'])).toEqual({ vms: 12, seed: 0, form: 'json' });
    expect(readOptions(['--markdown']).form).toBe('markdown');
  });

  it.each([
    [['--vms', 'many'], '--vms many: expected a whole number from 1'],
    [['--vms', '0'], '--vms 0: expected a whole number from 1'],
    [['--vms', ''], 'expected a whole number from 1'],
    [['--seed', '1.5'], '--seed 1.5: expected a whole number from 0'],
    [['--json', '--markdown'], 'one of the two'],
    [['--estate', 'x'], "Unknown option '--estate'"],
    [['5000'], '5000'],
  ])('refuses %j and says how it is used', (args, message) => {
    const read = () => readOptions(args);

    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
    expect(read).toThrow('npm run score');
  });
});

import { expect, test } from 'vitest';

import { parts, readOptions, WrongOption } from './options.ts';

test('everything is measured at three sizes unless told otherwise', () => {
  expect(readOptions([])).toEqual({ sizes: [1000, 10_000, 100_000], parts, json: 'dist/bench.json' });
});

test('sizes, parts and the file can be chosen, each once', () => {
  expect(readOptions(['--sizes', '500,500,20', '--only', 'reads,sweeps', '--json', 'a.json'])).toEqual({
    sizes: [500, 20],
    parts: ['reads', 'sweeps'],
    json: 'a.json',
  });
});

test.each([
  ['a part that does not exist', ['--only', 'sweep'], '--only sweep: expected some of sweeps, events'],
  ['no part', ['--only', ''], '--only : expected some of'],
  ['a size of nothing', ['--sizes', '0'], '--sizes 0: expected whole numbers'],
  ['a size that is no number', ['--sizes', '1000,many'], '--sizes many: expected whole numbers'],
  ['a broken size', ['--sizes', '1e3'], '--sizes 1e3: expected whole numbers'],
  ['a file without a name', ['--json', ''], '--json: expected the name of a file'],
  ['an option that does not exist', ['--size', '1000'], "Unknown option '--size'"],
  ['something that is no option', ['1000'], "Unexpected argument '1000'"],
])('%s is refused, and told what there is', (_, args, message) => {
  expect(() => readOptions(args)).toThrow(WrongOption);
  expect(() => readOptions(args)).toThrow(message);
  expect(() => readOptions(args)).toThrow('npm run bench [-- OPTIONS]');
});

import { expect, test } from 'vitest';

import { breakagesOf, brokenText, type Documented, describeBreakage } from './breakage.ts';

const row = { id: '/a', lastRecoveryPoint: '2026-11-20T01:00:00Z', luns: [1], live: true, note: null };
const request = 'POST /resources?api-version=1 {"query":"resources | where type =~ \'microsoft.x/items\'"}';
const answer = { request, text: JSON.stringify({ data: [row] }) };

function broken(place: string, documented: readonly Documented[] = []): readonly string[] {
  return breakagesOf(answer, documented)
    .filter((breakage) => describeBreakage(breakage).includes(` microsoft.x/items, ${place}: `))
    .map((breakage) => brokenText(answer, [breakage]));
}

test('a value is broken by what is missing, by other types, by unheard-of words and by times that cannot be', () => {
  expect(broken('data.#.lastRecoveryPoint')).toEqual(
    expect.arrayContaining([
      JSON.stringify({ data: [{ ...row, lastRecoveryPoint: undefined }] }),
      ...[null, '', 5, true, [], {}, 'Unheard-of', '2999-01-01T00:00:00Z', 'not a time'].map((lastRecoveryPoint) =>
        JSON.stringify({ data: [{ ...row, lastRecoveryPoint }] }),
      ),
    ]),
  );
});

test.each([
  ['all of it', ''],
  ['data', JSON.stringify({ data: {} })],
  ['data.#', JSON.stringify({ data: [null] })],
  ['data.#.luns', JSON.stringify({ data: [{ ...row, luns: [null] }] })],
  ['data.#.luns.#', JSON.stringify({ data: [{ ...row, luns: [-1] }] })],
  ['data.#.live', JSON.stringify({ data: [{ ...row, live: 'Unheard-of' }] })],
  ['data.#.id', JSON.stringify({ data: [{ ...row, id: 'constructor' }] })],
])('%s is broken too', (place, text) => {
  expect(broken(place)).toContain(text);
});

test('every breakage changes the answer', () => {
  const texts = breakagesOf(answer, []).map((breakage) => brokenText(answer, [breakage]));

  expect(texts.length).toBeGreaterThan(50);
  expect(texts).not.toContain(answer.text);
});

test('a list does not become shorter', () => {
  expect(broken('data.#')).not.toContain(JSON.stringify({ data: [] }));
});

test('what is left out on purpose is not broken by leaving it out', () => {
  const documented = [
    { request: /items/, place: /lastRecoveryPoint$/, may: 'be absent', meaning: 'there is none' },
  ] as const;

  const texts = broken('data.#.lastRecoveryPoint', documented);

  expect(texts).toContain(JSON.stringify({ data: [{ ...row, lastRecoveryPoint: 5 }] }));
  expect(texts).not.toContain(JSON.stringify({ data: [{ ...row, lastRecoveryPoint: null }] }));
});

test('where any text may stand, another one breaks nothing', () => {
  const documented = [{ request: /items/, place: /id$/, may: 'be any text', meaning: 'a name' }] as const;

  const texts = broken('data.#.id', documented);

  expect(texts).toContain(JSON.stringify({ data: [{ ...row, id: 5 }] }));
  expect(texts).not.toContain(JSON.stringify({ data: [{ ...row, id: 'Unheard-of' }] }));
});

test('several breakages meet in one answer, and others stay whole', () => {
  const breakages = [
    { request, path: ['data', '0', 'live'], by: 5 },
    { request, path: ['data', '0', 'id'], by: null },
    { request: 'GET /other', path: ['data'], by: null },
  ];

  expect(JSON.parse(brokenText(answer, breakages))).toEqual({ data: [{ ...row, live: 5, id: null }] });
  expect(brokenText({ request: 'GET /third', text: 'as it is' }, breakages)).toBe('as it is');
});

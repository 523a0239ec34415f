import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { estateFiles } from './estate-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'backstop-corpus-'));
const inside = (...parts: readonly string[]) => join(folder, ...parts);
mkdirSync(inside('estates', 'deep er'), { recursive: true });
mkdirSync(inside('empty.json'));
for (const name of ['b.json', 'a.JSON', 'notes.md', 'deep er/é.json']) {
  writeFileSync(inside('estates', name), '{}');
}

afterAll(() => rmSync(folder, { recursive: true }));

const nowhere = inside('nowhere');

describe('estate files', () => {
  it.each([
    ['beside the repository', undefined, inside('estates')],
    ['in the folder that is named', inside('estates'), nowhere],
  ])('are found %s, whatever they are called', (_, named, beside) => {
    expect(estateFiles(named, beside)).toEqual([
      { name: 'a.JSON', path: inside('estates', 'a.JSON') },
      { name: 'b.json', path: inside('estates', 'b.json') },
      { name: 'deep er/é.json', path: inside('estates', 'deep er', 'é.json') },
    ]);
  });

  it('are the one file that is named', () => {
    const path = inside('estates', 'notes.md');

    expect(estateFiles(path, inside('estates'))).toEqual([{ name: 'notes.md', path }]);
  });

  it('are none where nothing is named and nothing is there', () => {
    expect(estateFiles(undefined, nowhere)).toBeUndefined();
  });

  it.each(['', ' ', nowhere])('do not go missing in silence: %j names nothing', (named) => {
    expect(() => estateFiles(named, inside('estates'))).toThrow(`BACKSTOP_CORPUS is '${named}', which names nothing`);
  });

  it.each([
    ["BACKSTOP_CORPUS is '", inside('empty.json'), nowhere],
    ['The folder beside the repository', undefined, inside('empty.json')],
  ])('do not go missing in silence: %s… is an empty folder', (beginning, named, beside) => {
    expect(() => estateFiles(named, beside)).toThrow(beginning);
    expect(() => estateFiles(named, beside)).toThrow('is a folder without an estate file');
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { shellQuote } from '../../lib/domain/shell.ts';

const shell = '/bin/sh';

it.each([
  ['rg-pay', 'rg-pay'],
  ['/subscriptions/a/resourceGroups/b', '/subscriptions/a/resourceGroups/b'],
  ['backstop-exclude=true', 'backstop-exclude=true'],
  ['IaasVMContainer;v2;rg;vm', "'IaasVMContainer;v2;rg;vm'"],
  ['', "''"],
  ['two words', "'two words'"],
  ["it's", "'it'\\''s'"],
  ['$(reboot)', "'$(reboot)'"],
  ['=ls', "'=ls'"],
  ['a\nb', "'a\nb'"],
  ['~', "'~'"],
  ['größe', "'größe'"],
])('quotes %j as %s', (argument, quoted) => {
  expect(shellQuote(argument)).toBe(quoted);
});

if (!existsSync(shell)) {
  console.warn(`There is no ${shell} here: what a shell makes of quoted arguments is left out.`);
}

describe.runIf(existsSync(shell))('a shell', () => {
  it('gives back every quoted argument as it was', () => {
    const hostile = [
      "it's",
      '"',
      '$(id)',
      '`id`',
      'a;b',
      'a\nb',
      '\\',
      '*',
      '!x',
      '',
      '  ',
      '#',
      '=x',
      "'''",
      '-n',
      'é☃',
    ];

    const printed = execFileSync(shell, ['-c', `printf '%s\\0' ${hostile.map(shellQuote).join(' ')}`], {
      encoding: 'utf8',
    });

    expect(printed.split('\0').slice(0, -1)).toEqual(hostile);
  });
});

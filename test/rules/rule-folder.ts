import { glob } from 'node:fs/promises';
import { basename } from 'node:path';

import type { Rule } from '../../lib/domain/rule.ts';
import type { Case } from './case.ts';

/** One file of `lib/rules`, as it is found there, with its table of cases if it has one. */
export interface RuleFile {
  readonly id: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly cases?: readonly Case[];
}

/** The identifier under which a rule is exported: its id in camel case. */
export function exportName(id: string): string {
  return id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The rule of a file; an error if it is not exported under the camel case of its id. */
export function ruleOf({ id, exports }: RuleFile): Rule {
  const rule = exports[exportName(id)];
  if (!rule) {
    throw new Error(`lib/rules/${id}.ts does not export ${exportName(id)}.`);
  }
  return rule as Rule;
}

/** Ids of the rules: the folder is asked, never the catalogue, so that a forgotten rule is seen. */
async function ruleIds(): Promise<readonly string[]> {
  const files = await Array.fromAsync(glob('lib/rules/*.ts'));
  return files
    .map((file) => basename(file, '.ts'))
    .filter((id) => id !== 'catalogue')
    .toSorted();
}

/** Ids of the tables of cases. */
export async function caseTableIds(): Promise<readonly string[]> {
  const files = await Array.fromAsync(glob('test/rules/*.cases.ts'));
  return files.map((file) => basename(file, '.cases.ts')).toSorted();
}

/** Every rule of the folder with its table. */
export async function readRuleFolder(): Promise<readonly RuleFile[]> {
  const tables = await caseTableIds();
  const read = async (id: string): Promise<RuleFile> => {
    const exports = (await import(`../../lib/rules/${id}.ts`)) as RuleFile['exports'];
    const table = tables.includes(id) ? ((await import(`./${id}.cases.ts`)) as { cases?: readonly Case[] }) : {};
    return { id, exports, ...(table.cases ? { cases: table.cases } : {}) };
  };
  return Promise.all((await ruleIds()).map(read));
}

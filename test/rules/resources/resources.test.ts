import { glob } from 'node:fs/promises';
import { basename } from 'node:path';

import { describe, expect, it } from 'vitest';

import { judgeResources } from '../../../lib/domain/judge-resources.ts';
import type { ResourceRule } from '../../../lib/domain/resource-rule.ts';
import { renderRule } from '../../../lib/reports/rule-page.ts';
import { resourceCatalogue } from '../../../lib/rules/resources/catalogue.ts';
import { posixWords } from '../../domain/posix-words.ts';
import { fact } from '../healthy-vm.ts';
import { exportName } from '../rule-folder.ts';
import {
  backupVault,
  classicVm,
  heldItem,
  itemWithoutVm,
  type ResourceCase,
  resourceFindings,
  storageAccount,
} from './resource-case.ts';

async function idsIn(pattern: string, ending: string): Promise<readonly string[]> {
  const files = await Array.fromAsync(glob(pattern));
  return files
    .map((file) => basename(file, ending))
    .filter((id) => id !== 'catalogue')
    .toSorted();
}

const ids = await idsIn('lib/rules/resources/*.ts', '.ts');

async function ruleFile(id: string) {
  const exports = (await import(`../../../lib/rules/resources/${id}.ts`)) as Readonly<Record<string, ResourceRule>>;
  const { cases } = (await import(`./${id}.cases.ts`)) as { cases: readonly ResourceCase[] };
  const rule = exports[exportName(id)];
  if (!rule) {
    throw new Error(`lib/rules/resources/${id}.ts does not export ${exportName(id)}.`);
  }
  return { id, rule, cases };
}

const files = await Promise.all(ids.map(ruleFile));

describe.each(files.map((file) => [file.id, file] as const))('%s', (id, { rule, cases }) => {
  it.each(cases)('%s', (_what, there, expected) => {
    const findings = resourceFindings(rule, there).map(({ finding }) => finding);

    expect(findings).toMatchObject(expected);
    expect(findings).toHaveLength(expected.length);
  });

  it('bears its id, and shows every failing reason in some case', () => {
    const reasons = cases.flatMap(([, there]) =>
      resourceFindings(rule, there).flatMap(({ finding }) => (finding.outcome === 'fail' ? [finding.reason] : [])),
    );

    expect(rule.id).toBe(id);
    expect([...new Set(reasons)].toSorted()).toEqual(Object.keys(rule.fail).toSorted());
    expect(Object.keys(rule.remedies)).toEqual(Object.keys(rule.fail));
  });

  it('shows every passing reason in some case', () => {
    const outcomes = cases.flatMap(([, there]) => {
      const found = there[rule.about];
      return found?.kind === 'known' ? found.value.map((resource) => rule.check(resource)) : [];
    });

    const passing = outcomes.flatMap((outcome) => (outcome.kind === 'pass' ? [outcome.reason] : []));
    expect([...new Set(passing)].toSorted()).toEqual(Object.keys(rule.pass).toSorted());
  });

  it('has a case in which its kind of resource is unknown', () => {
    expect(cases.map(([, there]) => there[rule.about]?.kind)).toContain('unknown');
  });

  it('says in a title of at most 100 characters what holds, and why in at most 400', () => {
    expect(rule.title.length).toBeLessThanOrEqual(100);
    expect(rule.rationale.length).toBeLessThanOrEqual(400);
    expect(rule.sources).not.toEqual([]);
  });

  it('has a current page', async () => {
    await expect(renderRule(rule)).toMatchFileSnapshot(`../../../docs/rules/${id}.md`);
  });
});

describe('the catalogue of rules about other resources', () => {
  it('has exactly the rules of the folder, each with a table of cases', async () => {
    expect(resourceCatalogue.map((rule) => rule.id)).toEqual(ids);
    expect(await idsIn('test/rules/resources/*.cases.ts', '.cases.ts')).toEqual(ids);
  });

  it('gives commands that a shell cannot misread', () => {
    const name = "it's $(touch owned) `id`; rm -rf ~ {name}";
    const hostile = { name, resourceGroup: name, vaultName: name, containerName: name, itemName: name };

    const findings = judgeResources(resourceCatalogue, {
      classicVms: fact([classicVm({ ...hostile, id: `/x/${name}`, reservedIps: [name], endpoints: 0 })]),
      classicItems: fact([{ ...heldItem('i'), ...hostile }]),
      classicStorageAccounts: fact([{ ...storageAccount, ...hostile, id: `/x/${name}` }]),
      classicBackupVaults: fact([{ ...backupVault, ...hostile, id: `/x/${name}` }]),
      itemsWithoutVm: fact([itemWithoutVm(hostile)]),
    });
    const commands = findings.flatMap(({ finding }) =>
      finding.outcome === 'fail' ? (finding.fix?.commands ?? []) : [],
    );

    expect(commands.length).toBeGreaterThan(5);
    expect(commands.flatMap(posixWords).join(' ').replaceAll(name, '')).not.toContain('owned');
    expect(commands.flatMap(posixWords).filter((word) => word.startsWith('{'))).toEqual([]);
  });

  it('what passes is not listed', () => {
    const vm = classicVm({ reservedIps: ['ip'], endpoints: 2 });

    const [rule] = resourceCatalogue.filter(({ id }) => id === 'classic-reserved-ip-endpoint');

    expect(resourceFindings(rule as ResourceRule, { classicVms: fact([vm]) })).toEqual([]);
  });
});

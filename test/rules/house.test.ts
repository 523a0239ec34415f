import { glob } from 'node:fs/promises';
import { basename } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { Rule } from '../../lib/domain/rule.ts';
import { renderRule, renderRuleIndex } from '../../lib/reports/rule-page.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { resourceCatalogue } from '../../lib/rules/resources/catalogue.ts';
import { serverCatalogue } from '../../lib/rules/servers/catalogue.ts';
import { posixWords } from '../domain/posix-words.ts';
import { type Case, type Differing, findingOf } from './case.ts';
import { healthyVm } from './healthy-vm.ts';
import { hostileName } from './hostile-name.ts';
import { caseTableIds, exportName, readRuleFolder, ruleOf } from './rule-folder.ts';

const files = await readRuleFolder();
const ids = files.map(({ id }) => id);

const namesOfResources = [
  'id',
  'name',
  'resourceGroup',
  'vaultName',
  'vaultResourceGroup',
  'containerName',
  'itemName',
];

/** The same value with every name in it replaced by one that a shell would love to run. */
function withHostileNames(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withHostileNames);
  }
  if (value instanceof Map) {
    return new Map([...value].map(([key, part]) => [key, withHostileNames(part)]));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  // By its id a disk of a VM finds its resource; it never stands in a command.
  const isDisk = 'unmanaged' in value;
  const entries = Object.entries(value).map(([key, part]) =>
    namesOfResources.includes(key) && !(isDisk && key === 'id') ? [key, hostileName] : [key, withHostileNames(part)],
  );
  return Object.fromEntries(entries);
}

function hostile({ settings, now, ...facts }: Differing): Differing {
  const sheet = withHostileNames(healthyVm(facts)) as FactSheet;
  return { ...sheet, settings: { ...settings, defaultPolicyName: hostileName }, ...(now ? { now } : {}) };
}

function failingCases(cases: readonly Case[]): readonly Case[] {
  return cases.filter(([, , expected]) => expected.outcome === 'fail');
}

function casesWithCommands(rule: Rule, cases: readonly Case[]): readonly Case[] {
  const commandsOf = (reason: string) => rule.remedies[reason]?.commands ?? [];
  return cases.filter(([, , expected]) => expected.outcome === 'fail' && commandsOf(expected.reason).length > 0);
}

function producedReasons(rule: Rule, cases: readonly Case[], outcome: 'pass' | 'fail'): readonly string[] {
  const reasons = cases
    .map(([, differing]) => findingOf(rule, differing))
    .flatMap((finding) => (finding.outcome === outcome ? [finding.reason] : []));
  return [...new Set(reasons)].toSorted();
}

/** The words of a template as patterns: what is not in braces stands there literally. */
function wordsOf(template: string): readonly RegExp[] {
  const literally = (text: string) => text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return template.split(' ').map((word) => new RegExp(`^${literally(word).replaceAll(/\{\w+\}/g, '[^]+')}$`));
}

describe.each(files.map((file) => [file.id, file] as const))('%s', (id, file) => {
  const rule = ruleOf(file);
  const cases = file.cases ?? [];

  it('is exported under the camel case of its id, alone', () => {
    expect(rule.id).toBe(id);
    expect(Object.keys(file.exports)).toEqual([exportName(id)]);
  });

  it('is in the catalogue', () => {
    expect(catalogue.map((each) => each.id)).toContain(id);
  });

  it('has a table of cases, each named once', () => {
    const names = cases.map(([name]) => name);

    expect(names).not.toEqual([]);
    expect(names).toEqual([...new Set(names)]);
  });

  it('shows every reason that it declares in some case, and no other', () => {
    expect(producedReasons(rule, cases, 'pass')).toEqual(Object.keys(rule.pass).toSorted());
    expect(producedReasons(rule, cases, 'fail')).toEqual(Object.keys(rule.fail).toSorted());
  });

  it('has a remedy for every reason to fail', () => {
    expect(Object.keys(rule.remedies)).toEqual(Object.keys(rule.fail));
  });

  it.each(Object.keys(rule.needs) as (keyof FactSheet)[])('has a case in which %s is unknown', (name) => {
    const unknowns = cases.filter(([, , expected]) => expected.outcome === 'unknown');

    expect(unknowns.map(([, differing]) => differing[name]?.kind)).toContain('unknown');
  });

  it('says in a title of at most 100 characters what holds when it passes', () => {
    expect(rule.title.length).toBeLessThanOrEqual(100);
    expect(rule.title).not.toMatch(/^ensure|should/i);
  });

  it('gives its reason in at most 400 characters, and a source', () => {
    expect(rule.rationale.length).toBeLessThanOrEqual(400);
    expect(rule.sources).not.toEqual([]);
  });

  it('was reviewed on a day that has been', () => {
    const day = new Date(`${rule.reviewed}T00:00:00Z`);

    expect(day.toISOString().slice(0, 10)).toBe(rule.reviewed);
    expect(day.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it.each(failingCases(cases))('fills in every name of its texts: %s', (_what, differing) => {
    const finding = findingOf(rule, differing);
    const fix = finding.outcome === 'fail' ? finding.fix : undefined;

    expect(finding.message).not.toContain('{');
    expect(fix?.text).toBeTruthy();
    expect([fix?.text, ...(fix?.commands ?? [])].join('\n')).not.toContain('{');
  });

  it.each(casesWithCommands(rule, cases))('gives commands that a shell cannot misread: %s', (_what, differing) => {
    const finding = findingOf(rule, hostile(differing));

    const { reason, fix } = finding.outcome === 'fail' ? finding : {};
    const commands = (fix?.commands ?? []).map(posixWords);

    const templates = rule.remedies[reason ?? '']?.commands.map(wordsOf);
    expect(commands).toEqual(templates?.map((words) => words.map((word) => expect.stringMatching(word))));
    expect(commands.flat().join(' ').replaceAll(hostileName, '')).not.toContain('owned');
  });

  it('has a current page', async () => {
    await expect(renderRule(rule)).toMatchFileSnapshot(`../../docs/rules/${id}.md`);
  });
});

describe('the house', () => {
  it('has no table of cases of a rule that is gone', async () => {
    expect(await caseTableIds()).toEqual(ids);
  });

  it('has a current index of the pages', async () => {
    await expect(renderRuleIndex(files.map(ruleOf), resourceCatalogue, serverCatalogue)).toMatchFileSnapshot(
      '../../docs/rules/README.md',
    );
  });

  it('has no page of a rule that is gone', async () => {
    const pages = (await Array.fromAsync(glob('docs/rules/*.md'))).map((file) => basename(file, '.md'));

    const known = ['README', ...ids, ...[...resourceCatalogue, ...serverCatalogue].map(({ id }) => id)];
    expect(pages.filter((page) => !known.includes(page))).toEqual([]);
  });

  it('has a catalogue of exactly the rules in the folder', async () => {
    const text = [
      '// Generated from the folder by `npm test -- --update`; the house test fails when it is stale.',
      "import type { Rule } from '../domain/rule.ts';",
      ...ids.map((id) => `import { ${exportName(id)} } from './${id}.ts';`),
      '',
      '/** Every rule of the service, by id. */',
      'export const catalogue = [',
      ...ids.map((id) => `  ${exportName(id)},`),
      '] as const satisfies readonly Rule[];',
      '',
    ].join('\n');

    await expect(text).toMatchFileSnapshot('../../lib/rules/catalogue.ts');
  });
});

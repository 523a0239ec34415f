import { glob } from 'node:fs/promises';
import { basename } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Confirmation } from '../../../lib/domain/confirmation.ts';
import type { ServerRule } from '../../../lib/domain/server-rule.ts';
import type { ServerFactName } from '../../../lib/domain/server-sheet.ts';
import { renderRule } from '../../../lib/reports/rule-page.ts';
import { serverCatalogue } from '../../../lib/rules/servers/catalogue.ts';
import { posixWords } from '../../domain/posix-words.ts';
import { fact, hoursAgo, now } from '../healthy-vm.ts';
import { hostileName } from '../hostile-name.ts';
import { exportName } from '../rule-folder.ts';
import {
  bareHost,
  confirmation,
  type DifferingServer,
  engine,
  hostVm,
  judgedServer,
  notExposed,
  type ServerCase,
  serverFinding,
  serverHost,
  serverVault,
} from './server-case.ts';

async function idsIn(pattern: string, ending: string): Promise<readonly string[]> {
  const files = await Array.fromAsync(glob(pattern));
  return files
    .map((file) => basename(file, ending))
    .filter((id) => id !== 'catalogue')
    .toSorted();
}

const ids = await idsIn('lib/rules/servers/*.ts', '.ts');

async function ruleFile(id: string) {
  const exports = (await import(`../../../lib/rules/servers/${id}.ts`)) as Readonly<Record<string, ServerRule>>;
  const { cases } = (await import(`./${id}.cases.ts`)) as { cases: readonly ServerCase[] };
  const rule = exports[exportName(id)];
  if (!rule) {
    throw new Error(`lib/rules/servers/${id}.ts does not export ${exportName(id)}.`);
  }
  return { id, rule, cases };
}

const files = await Promise.all(ids.map(ruleFile));

function reasonsOf(rule: ServerRule, cases: readonly ServerCase[], outcome: 'pass' | 'fail'): readonly string[] {
  const found = cases
    .map(([, differing]) => serverFinding(rule, differing))
    .flatMap((finding) => (finding.outcome === outcome ? [finding.reason] : []));
  return [...new Set(found)].toSorted();
}

describe.each(files.map((file) => [file.id, file] as const))('%s', (id, { rule, cases }) => {
  it.each(cases)('%s', (_what, differing, expected) => {
    expect(serverFinding(rule, differing)).toMatchObject(expected);
  });

  it('bears its id, and names each of its cases once', () => {
    const names = cases.map(([name]) => name);

    expect(rule.id).toBe(id);
    expect(names).toEqual([...new Set(names)]);
  });

  it('shows every reason that it declares in some case, and no other; each failure has a remedy', () => {
    expect(reasonsOf(rule, cases, 'pass')).toEqual(Object.keys(rule.pass).toSorted());
    expect(reasonsOf(rule, cases, 'fail')).toEqual(Object.keys(rule.fail).toSorted());
    expect(Object.keys(rule.remedies)).toEqual(Object.keys(rule.fail));
  });

  it.each(Object.keys(rule.needs) as ServerFactName[])('has a case in which %s is unknown', (name) => {
    const unknowns = cases.filter(([, , expected]) => expected.outcome === 'unknown');

    expect(unknowns.map(([, differing]) => differing[name]?.kind)).toContain('unknown');
  });

  it('fills in every name of its texts and commands', () => {
    const findings = cases.map(([, differing]) => serverFinding(rule, differing));
    const texts = findings.flatMap((finding) =>
      finding.outcome === 'fail'
        ? [finding.message, finding.fix?.text, ...(finding.fix?.commands ?? [])]
        : [finding.message],
    );

    expect(texts.filter((text) => !text || text.includes('{'))).toEqual([]);
  });

  it('says in a title of at most 100 characters what holds, and why in at most 400', () => {
    expect(rule.title.length).toBeLessThanOrEqual(100);
    expect(rule.title).not.toMatch(/^ensure|should/i);
    expect(rule.rationale.length).toBeLessThanOrEqual(400);
    expect(rule.sources).not.toEqual([]);
  });

  it('has a current page', async () => {
    await expect(renderRule(rule)).toMatchFileSnapshot(`../../../docs/rules/${id}.md`);
  });
});

const asked = serverCatalogue.filter((rule: ServerRule) => rule.checklist !== undefined);

/** A registered server on a machine that Azure does not show. */
const unseen: DifferingServer = { host: notExposed, hostVm: notExposed };

describe('what Azure does not show', () => {
  it('is asked of the owner, and leaves the verdict alone', () => {
    const { verdict, checklist } = judgedServer(serverCatalogue, unseen);

    expect(verdict).toBe('working');
    expect(checklist.map(({ rule }) => rule)).toEqual([
      'mabs-dedicated-host',
      'mabs-domain',
      'mabs-domain-allow-list',
      'mabs-extract-space',
      'mabs-os',
      'mabs-scratch-space',
      'mabs-sql-local',
      'mabs-vm-size',
    ]);
  });

  it.each(asked.map((rule) => [rule.id, rule] as const))('passes once it is confirmed: %s', (id, rule) => {
    const finding = serverFinding(rule, {
      ...unseen,
      ...(id === 'mabs-backup-storage' ? { engine: fact('planned') } : {}),
      confirmations: [confirmation(id)],
    });

    const message = `Ada confirmed it on ${hoursAgo(48)}, until ${hoursAgo(-30 * 24)}.`;
    expect(finding).toMatchObject({ outcome: 'pass', reason: 'Confirmed', message });
  });

  const [sql] = serverCatalogue.filter(({ id }) => id === 'mabs-sql-local') as readonly ServerRule[];
  const outcomeWith = (confirmations: readonly Confirmation[], at = now) =>
    sql && serverFinding(sql, { ...unseen, confirmations, now: at }).outcome;
  const end = '2026-11-20T07:00:00+01:00';

  it.each([
    ['of another rule', [confirmation('mabs-domain')], now, 'unknown'],
    [
      'a millisecond before its end',
      [confirmation('mabs-sql-local', { until: end })],
      new Date(now.getTime() - 1),
      'pass',
    ],
    ['at its end, written in another time zone', [confirmation('mabs-sql-local', { until: end })], now, 'unknown'],
    [
      'that was withdrawn later',
      [confirmation('mabs-sql-local'), confirmation('mabs-sql-local', { what: 'withdrawn', at: hoursAgo(1) })],
      now,
      'unknown',
    ],
    [
      'that was made again after a withdrawal',
      [confirmation('mabs-sql-local', { what: 'withdrawn', at: hoursAgo(49) }), confirmation('mabs-sql-local')],
      now,
      'pass',
    ],
  ] as const)('a confirmation %s', (_what, confirmations, at, outcome) => {
    expect(outcomeWith(confirmations, at)).toBe(outcome);
  });

  it('cannot be confirmed away where it is known to be wrong', () => {
    const finding =
      sql &&
      serverFinding(sql, {
        host: fact({ ...bareHost, sqlServer: 'remote' }),
        confirmations: [confirmation('mabs-sql-local')],
      });

    expect(finding).toMatchObject({ outcome: 'fail', reason: 'Remote' });
  });
});

describe('the catalogue of rules about backup servers', () => {
  it('has exactly the rules of the folder, each with a table of cases', async () => {
    const text = [
      '// Generated from the folder by `npm test -- --update`; the house test fails when it is stale.',
      "import type { ServerRule } from '../../domain/server-rule.ts';",
      ...ids.map((id) => `import { ${exportName(id)} } from './${id}.ts';`),
      '',
      '/** Every rule about backup servers, by id. */',
      'export const serverCatalogue = [',
      ...ids.map((id) => `  ${exportName(id)},`),
      '] as const satisfies readonly ServerRule[];',
      '',
    ].join('\n');

    await expect(text).toMatchFileSnapshot('../../../lib/rules/servers/catalogue.ts');
    expect(await idsIn('test/rules/servers/*.cases.ts', '.cases.ts')).toEqual(ids);
  });

  it('can be answered with a confirmation wherever there is a question', () => {
    const confirmable = serverCatalogue.filter(({ pass }) => 'Confirmed' in pass);

    expect(asked.map(({ id }) => id)).toEqual(confirmable.map(({ id }) => id));
  });

  it('finds nothing wrong with a healthy server', () => {
    const { verdict, findings, checklist } = judgedServer(serverCatalogue, {});

    expect(findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect({ verdict, checklist }).toEqual({ verdict: 'working', checklist: [] });
  });

  it('gives commands that a shell cannot misread', () => {
    const name = hostileName;
    const hostile: readonly DifferingServer[] = files
      .flatMap(({ cases }) => cases)
      .filter(([, , { outcome }]) => outcome === 'fail')
      .map(([, differing]) => ({
        ...differing,
        engine: fact(
          differing.engine?.kind === 'known' && differing.engine.value !== 'planned'
            ? { ...differing.engine.value, id: `/x/${name}`, hostName: name }
            : engine({ id: `/x/${name}`, hostName: name }),
        ),
        vault: fact(
          serverVault({
            ...(differing.vault?.kind === 'known' ? differing.vault.value : {}),
            id: `/x/${name}`,
            resourceGroup: name,
          }),
        ),
        host: fact(serverHost({ ...(differing.host?.kind === 'known' ? differing.host.value : {}), vmId: name })),
        hostVm: fact(
          hostVm({
            ...(differing.hostVm?.kind === 'known' && differing.hostVm.value !== 'none' ? differing.hostVm.value : {}),
            vmId: name,
          }),
        ),
      }));

    const commands = hostile.flatMap((differing) =>
      judgedServer(serverCatalogue, differing).findings.flatMap((finding) =>
        finding.outcome === 'fail' ? (finding.fix?.commands ?? []) : [],
      ),
    );

    expect(commands.length).toBeGreaterThan(10);
    expect(commands.flatMap(posixWords).join(' ').replaceAll(name, '')).not.toContain('owned');
  });
});

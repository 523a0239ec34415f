import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path/posix';

import { describe, expect, it } from 'vitest';

/** A source file by its path from the root of the repository. */
interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What may be imported, by its beginning; or what may not, where everything else may. */
type Imports = readonly string[] | { readonly anythingBut: string };

/** What the files below a path may import; the first row that fits a file holds. */
const directions: readonly (readonly [from: string, mayImport: Imports])[] = [
  ['lib/domain/', ['lib/domain/']],
  ['lib/rules/', ['lib/rules/', 'lib/domain/']],
  ['lib/reports/', ['lib/reports/', 'lib/domain/']],
  // node:crypto only hashes and draws random bytes; zod reads what our own queues carry; croner reads a schedule.
  ['lib/use-cases/', ['lib/use-cases/', 'lib/domain/', 'lib/rules/', 'lib/reports/', 'node:crypto', 'zod', 'croner']],
  [
    'lib/azure/',
    [
      'lib/azure/',
      'lib/domain/',
      // The ports, and the rows that they speak of: no use case.
      'lib/use-cases/ports.ts',
      'lib/use-cases/exemption-ports.ts',
      'lib/use-cases/protector-ports.ts',
      'lib/use-cases/blob-ports.ts',
      'lib/use-cases/server-ports.ts',
      'lib/use-cases/judged-server.ts',
      'lib/use-cases/evidence-ports.ts',
      'lib/use-cases/export-ports.ts',
      'lib/use-cases/notification-ports.ts',
      'lib/use-cases/evaluated.ts',
      'lib/use-cases/run.ts',
      'lib/config.ts',
      '@azure/',
      'zod',
      'node:',
    ],
  ],
  ['lib/config.ts', ['lib/app-settings.ts', 'lib/engagement-file.ts', 'lib/domain/', 'lib/use-cases/', 'zod']],
  ['lib/engagement-file.ts', ['lib/engagement-schema.ts', 'lib/domain/', 'node:fs']],
  ['lib/engagement-schema.ts', ['lib/domain/', 'zod']],
  ['lib/protector.ts', ['lib/']],
  ['lib/notifications.ts', ['lib/']],
  ['lib/app-settings.ts', ['lib/domain/', 'zod']],
  ['lib/app.ts', ['lib/']],
  // The one place that reads files: those of the dashboard, which stand beside the built functions.
  ['functions/http/static-files.ts', ['node:']],
  [
    'functions/',
    [
      'functions/http/',
      'lib/app.ts',
      'lib/protector.ts',
      'lib/domain/',
      'lib/reports/',
      'lib/rules/catalogue.ts',
      'lib/rules/resources/catalogue.ts',
      'lib/rules/servers/catalogue.ts',
      'lib/use-cases/',
      '@azure/functions',
      // It only hashes: tags of answers.
      'node:crypto',
      'zod',
    ],
  ],
  ['web/', ['web/', 'react', '@fluentui/']],
  ['local/', { anythingBut: 'test/' }],
  ['test/', { anythingBut: 'dist/' }],
];

/** What a page in a browser may know of the service: the form of what the API answers, which is gone when it is built. */
const typesOnly: readonly (readonly [from: string, typesFrom: string])[] = [['web/', 'lib/']];

const typeImports = /^\s*import type\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm;

const imports = [
  /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
];

/** What a file imports: files from the root of the repository, packages and Node's own modules by name. */
function importsOf({ path, text }: SourceFile): readonly string[] {
  const placeOf = (specifier: string) => (specifier.startsWith('.') ? join(dirname(path), specifier) : specifier);
  const [, typesFrom] = typesOnly.find(([from]) => path.startsWith(from)) ?? [];
  const values = text.replaceAll(typeImports, (statement, specifier: string) =>
    typesFrom && placeOf(specifier).startsWith(typesFrom) ? '' : statement,
  );
  return imports.flatMap((pattern) => [...values.matchAll(pattern)].map(([, specifier = '']) => placeOf(specifier)));
}

function isAllowed(imported: string, mayImport: Imports): boolean {
  return 'anythingBut' in mayImport
    ? !imported.startsWith(mayImport.anythingBut)
    : mayImport.some((beginning) => imported.startsWith(beginning));
}

/** Every import that goes against the directions, as `file -> import`. */
function wrongImports(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const [, mayImport = []] = directions.find(([from]) => file.path.startsWith(from)) ?? [];
    return importsOf(file)
      .filter((imported) => !isAllowed(imported, mayImport))
      .map((imported) => `${file.path} -> ${imported}`);
  });
}

/** What makes a pure function impure; no import is needed for any of it. */
const impure: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['Date.now', /\bDate\.now\(/],
  ['new Date()', /\bnew Date\(\)/],
  ['Math.random', /\bMath\.random\(/],
  ['crypto', /\bcrypto\./],
  ['fetch', /\bfetch\(/],
  ['process', /\bprocess\./],
  ['console', /\bconsole\./],
  ['timers', /\bset(?:Timeout|Interval|Immediate)\(/],
];

/** Every use of a clock, chance or the outside world in the pure folders, as `file -> what`. */
function impurities(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => /^lib\/(?:domain|rules|reports)\//.test(path))
    .flatMap(({ path, text }) =>
      impure.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${path} -> ${what}`),
    );
}

/** Every reader of the environment beside `lib/config.ts`, as `file -> process.env`. */
function environmentReaders(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => /^(?:lib|functions)\//.test(path) && path !== 'lib/config.ts')
    .filter(({ text }) => /\bprocess\s*\.\s*env\b|\bfrom 'node:process'/.test(text))
    .map(({ path }) => `${path} -> process.env`);
}

/** Operations of the SDKs and of HTTP that change Azure. Questions that travel as POST are none. */
const writeOperations =
  /\.(?:createOrUpdate|beginCreateOrUpdate|trigger|delete|beginDelete|undelete|inquire|refresh|provision|revoke)\(|method: '(?:PUT|PATCH|DELETE)'/;

/** The one file that changes Azure, the one that puts it together, and the one function that does so. */
const wayToWrite = ['lib/azure/protection-writes.ts', 'lib/protector.ts', 'functions/protect-vm.ts'] as const;

/** Whatever changes Azure beside that file, or reaches it by another way, as `file -> what`. */
function otherWaysToWrite(sources: readonly SourceFile[]): readonly string[] {
  const [writer, composition, entry] = wayToWrite;
  const service = sources.filter(({ path }) => /^(?:lib|functions)\//.test(path));
  const writing = service
    // Maps and sets delete as well: only adapters hold clients of Azure.
    .filter(
      ({ path, text }) => /^lib\/azure\//.test(path) && path !== writer && writeOperations.test(withoutMaps(text)),
    )
    .map(({ path }) => `${path} -> a write operation`);
  const reaching = service.flatMap((file) =>
    importsOf(file)
      .filter((imported) => imported === writer || imported === composition)
      .filter((imported) => file.path !== (imported === writer ? composition : entry))
      .map((imported) => `${file.path} -> ${imported}`),
  );
  return [...writing, ...reaching];
}

/** Without what deletes from a map or a set of the process, or a message or a row of the service's own storage. */
function withoutMaps(text: string): string {
  return text.replaceAll(/\b(?:memories|clients|tenants|headers|\w+Map|\w+Set)\.delete\(/g, '(');
}

function pathsLike(files: readonly SourceFile[], pattern: RegExp): readonly string[] {
  return files.map(({ path }) => path).filter((path) => pattern.test(path));
}

function defaultExporters(files: readonly SourceFile[]): readonly string[] {
  return files.filter(({ text }) => /^export default\b/m.test(text)).map(({ path }) => path);
}

async function readSources(): Promise<readonly SourceFile[]> {
  const paths = await Array.fromAsync(glob('{lib,functions,local,test,web}/**/*.{ts,tsx}'));
  return Promise.all(
    paths.toSorted().map(async (path) => ({ path: path.replaceAll('\\', '/'), text: await readFile(path, 'utf8') })),
  );
}

const files = await readSources();
const drawers = /(?:^|\/)(?:utils?|helpers?|common|shared|types?)(?:\/|\.tsx?$)/;

describe('the house', () => {
  it('is read at all', () => {
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['lib/app.ts', 'functions/evaluations.ts']));
  });

  it('imports only in the directions of the design', () => {
    expect(wrongImports(files)).toEqual([]);
  });

  it('has no clock, no chance and no outside world in domain, rules and reports', () => {
    expect(impurities(files)).toEqual([]);
  });

  it('reads the environment in one place', () => {
    expect(environmentReaders(files)).toEqual([]);
  });

  it('changes Azure in one file, which only the protector reaches', () => {
    expect(otherWaysToWrite(files)).toEqual([]);
  });

  it('has no drawer for whatever has no name', () => {
    expect(pathsLike(files, drawers)).toEqual([]);
  });

  it('has no barrels', () => {
    expect(pathsLike(files, /(?:^|\/)index\.tsx?$/)).toEqual([]);
  });

  it('has no default exports', () => {
    expect(defaultExporters(files)).toEqual([]);
  });
});

describe('these tests', () => {
  it.each([
    ['lib/domain/a.ts', "import { createHash } from 'node:crypto';", 'node:crypto'],
    ['lib/domain/a.ts', "import * as z from 'zod';", 'zod'],
    ['lib/domain/a.ts', "import type { Ports } from '../use-cases/ports.ts';", 'lib/use-cases/ports.ts'],
    ['lib/rules/network/a.ts', "import {\n  a,\n  b,\n} from '../../azure/arm.ts';", 'lib/azure/arm.ts'],
    ['lib/reports/a.ts', "import { catalogue } from '../rules/catalogue.ts';", 'lib/rules/catalogue.ts'],
    ['lib/use-cases/a.ts', "import { app } from '@azure/functions';", '@azure/functions'],
    ['lib/use-cases/a.ts', "import { readFile } from 'node:fs/promises';", 'node:fs/promises'],
    ['lib/use-cases/a.ts', "export { x } from '../azure/arm.ts';", 'lib/azure/arm.ts'],
    ['lib/azure/a.ts', "import { judgeVm } from '../use-cases/judge-vm.ts';", 'lib/use-cases/judge-vm.ts'],
    ['lib/azure/a.ts', "import '../rules/catalogue.ts';", 'lib/rules/catalogue.ts'],
    ['lib/app.ts', "const a = await import('../local/main.ts');", 'local/main.ts'],
    ['functions/a.ts', "import { TableClient } from '@azure/data-tables';", '@azure/data-tables'],
    ['functions/a.ts', "import { createArm } from '../lib/azure/arm.ts';", 'lib/azure/arm.ts'],
    ['functions/http/a.ts', "import { diskCount } from '../../lib/rules/disk-count.ts';", 'lib/rules/disk-count.ts'],
    ['local/a.ts', "import { healthyVm } from '../test/rules/healthy-vm.ts';", 'test/rules/healthy-vm.ts'],
    ['web/a.ts', "import { x } from '../lib/app.ts';", 'lib/app.ts'],
    ['web/a/b.tsx', "import { verdicts } from '../../lib/domain/verdict.ts';", 'lib/domain/verdict.ts'],
    ['web/a/b.tsx', "import { type Verdict } from '../../lib/domain/verdict.ts';", 'lib/domain/verdict.ts'],
    ['web/a/b.tsx', "import type { App } from '../../functions/http/route.ts';", 'functions/http/route.ts'],
    ['functions/dashboard.ts', "import { readFile } from 'node:fs/promises';", 'node:fs/promises'],
  ])('see that %s may not contain %j', (path, text, imported) => {
    expect(wrongImports([{ path, text }])).toEqual([`${path} -> ${imported}`]);
  });

  it('see that the page may know types of the service', () => {
    const text = "import type {\n  A,\n  B,\n} from '../lib/use-cases/a.ts';\nimport { c } from './c.ts';";

    expect(wrongImports([{ path: 'web/a.ts', text }])).toEqual([]);
  });

  it('see that domain, rules and reports stay pure', () => {
    const text = 'const now = new Date(); const then = Date.now(); await fetch(url);';

    expect(impurities([{ path: 'lib/rules/a.ts', text }])).toEqual([
      'lib/rules/a.ts -> Date.now',
      'lib/rules/a.ts -> new Date()',
      'lib/rules/a.ts -> fetch',
    ]);
  });

  it.each([
    ['functions/a.ts', ['functions/a.ts -> process.env']],
    ['lib/azure/a.ts', ['lib/azure/a.ts -> process.env']],
    ['lib/config.ts', []],
    ['local/a.ts', []],
  ])('see whether %s reads the environment', (path, readers) => {
    expect(environmentReaders([{ path, text: "const mode = process.env['MODE'];" }])).toEqual(readers);
  });

  it.each([
    ['lib/azure/a.ts', 'await backup.protectedItems.createOrUpdate(vault);', ['lib/azure/a.ts -> a write operation']],
    ['lib/azure/a.ts', "createPipelineRequest({ url, method: 'PUT' })", ['lib/azure/a.ts -> a write operation']],
    ['lib/azure/protection-writes.ts', 'await backup.protectedItems.createOrUpdate(vault);', []],
    [
      'lib/app.ts',
      "import { a } from './azure/protection-writes.ts';",
      ['lib/app.ts -> lib/azure/protection-writes.ts'],
    ],
    ['functions/a.ts', "import { a } from '../lib/protector.ts';", ['functions/a.ts -> lib/protector.ts']],
    ['functions/protect-vm.ts', "import { a } from '../lib/protector.ts';", []],
  ])('see other ways to change Azure: %s, %j', (path, text, ways) => {
    expect(otherWaysToWrite([{ path, text }])).toEqual(ways);
  });

  it('see drawers, barrels and default exports', () => {
    const text = 'export default function a() {}';
    const found = [
      'lib/utils/a.ts',
      'local/azure/helpers.ts',
      'lib/types.ts',
      'lib/commonplace.ts',
      'test/index.ts',
    ].map((path) => ({ path, text }));

    expect(pathsLike(found, drawers)).toEqual(['lib/utils/a.ts', 'local/azure/helpers.ts', 'lib/types.ts']);
    expect(defaultExporters(found)).toHaveLength(5);
  });
});

import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import type { Rollup } from 'vite';

import { type BuiltFile, writeOutput, writeWhole } from './build-output.ts';
import { root } from './root.ts';

/** Where `functions/dashboard.ts` looks for the page, beside the built functions. */
const outdir = join(root, 'dist/dashboard');
/** Names what the page was built from; it is no part of the page. */
const stampFile = join(root, 'dist/dashboard.stamp');

/** A hash of everything that goes into the page: its sources, how it is built, the versions of packages. */
async function sourcesHash(): Promise<string> {
  const sources = await Array.fromAsync(glob(['web/**/*.*', 'local/build-page.ts'], { cwd: root }));
  const hash = createHash('sha256');
  for (const source of [...sources.toSorted(), 'package-lock.json']) {
    hash.update(source).update(await readFile(join(root, source)));
  }
  return hash.digest('hex');
}

/** Texts are there a second and a third time, compressed for good: they are sent more often than they are built. */
function compressed({ path, contents }: BuiltFile): readonly BuiltFile[] {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  return [
    { path: `${path}.br`, contents: brotliCompressSync(contents, quality) },
    { path: `${path}.gz`, contents: gzipSync(contents, { level: 9 }) },
  ];
}

async function bundle(): Promise<readonly BuiltFile[]> {
  // Loaded when there is something to build, which is rarely.
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    root: join(root, 'web'),
    base: '/api/dashboard/',
    logLevel: 'warn',
    // Whatever the process is that builds: tests set NODE_ENV, and React would come with all that helps its developers.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      write: false,
      target: 'es2023',
      // Everything is a file of its own: the page's Content-Security-Policy knows no data addresses for scripts and styles.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        onLog(level, log, forward) {
          // Fluent UI marks its modules for servers that render React; there is none here.
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') {
            forward(level, log);
          }
        },
      },
    },
  });
  const { output } = result as Rollup.RollupOutput;
  return output.map((file) => ({
    path: join(outdir, file.fileName),
    contents: Buffer.from(file.type === 'chunk' ? file.code : file.source),
  }));
}

/** Builds the dashboard into `dist/dashboard`, unless it stands there as its sources want it. */
export async function buildPage(): Promise<void> {
  const stamp = await sourcesHash();
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) {
    return;
  }
  const files = await bundle();
  const isEntry = ({ path }: BuiltFile) => Number(path.endsWith('.html'));
  // The page comes last: it names the assets that it needs.
  const inOrder = files.toSorted((a, b) => isEntry(a) - isEntry(b)).flatMap((file) => [...compressed(file), file]);
  await writeOutput(outdir, inOrder, /\.(?:html|js|css|svg|br|gz)$/);
  await writeWhole({ path: stampFile, contents: Buffer.from(stamp) });
}

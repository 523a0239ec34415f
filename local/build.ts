import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { build, type Plugin } from 'esbuild';

import { writeOutput } from './build-output.ts';
import { buildPage } from './build-page.ts';
import { root } from './root.ts';

/** Parts of the SDKs are CommonJS and call `require`, which a module does not have. */
const requireForModules =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/**
 * Requires `node:http` where packages import it: an import reads every property of the module, and one of them loads the
 * whole of undici, a tenth of the time that the app takes to start.
 */
const requireHttp: Plugin = {
  name: 'require-http',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?https?$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'required' } : { path, external: true },
    );
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require('${path}')`,
    }));
  },
};

/**
 * Bundles each function file into `dist/functions`; shared code goes into chunks outside the glob of `main`. An app that
 * is just being loaded from there never finds a file missing or half written.
 */
export async function buildApp(): Promise<void> {
  const outdir = join(root, 'dist');
  const names = (await readdir(join(root, 'functions'))).filter((name) => name.endsWith('.ts'));
  const { outputFiles } = await build({
    entryPoints: names.map((name) => join(root, 'functions', name)),
    outbase: root,
    outdir,
    write: false,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    sourcemap: true,
    // The one module that exists only inside the Functions worker.
    external: ['@azure/functions-core'],
    banner: { js: requireForModules },
    plugins: [requireHttp],
    logLevel: 'warning',
  });
  // Chunks first: a function file names the chunks that it needs.
  const inOrder = outputFiles.toSorted((a, b) => a.path.localeCompare(b.path));
  await writeOutput(outdir, inOrder, /\/(?:functions|chunks)\/[^/]+\.js(?:\.map)?$/);
}

if (import.meta.main) {
  await Promise.all([buildApp(), buildPage()]);
}

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

/** Root of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Parts of the SDKs are CommonJS and call `require`, which a module does not have. */
const requireForModules =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** Bundles each function file into `dist/functions`; shared code goes into chunks outside the glob of `main`. */
export async function buildApp(outdir = join(root, 'dist')): Promise<void> {
  const names = (await readdir(join(root, 'functions'))).filter((name) => name.endsWith('.ts'));
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: names.map((name) => join(root, 'functions', name)),
    outbase: root,
    outdir,
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
    logLevel: 'warning',
  });
}

if (import.meta.main) {
  await buildApp();
}

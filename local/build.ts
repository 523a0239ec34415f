import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type OutputFile, type Plugin } from 'esbuild';

/** Root of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

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

/** Writes a file whole or not at all; one that is the same already stays as it is. */
async function writeWhole({ path, contents }: OutputFile): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents)) {
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, path);
}

/** Removes what an earlier build left in the folders of this one. */
async function removeStrangers(outdir: string, files: readonly OutputFile[]): Promise<void> {
  const wanted = new Set(files.map(({ path }) => path));
  for (const entry of await readdir(outdir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // Drafts of a build beside this one end in its process id.
    if (entry.isFile() && /\.js(\.map)?$/.test(path) && !wanted.has(path)) {
      await rm(path, { force: true });
    }
  }
}

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
  for (const file of outputFiles.toSorted((a, b) => a.path.localeCompare(b.path))) {
    await writeWhole(file);
  }
  await removeStrangers(outdir, outputFiles);
}

if (import.meta.main) {
  await buildApp();
}

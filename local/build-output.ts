import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that a build made. */
export interface BuiltFile {
  /** Absolute. */
  readonly path: string;
  readonly contents: Uint8Array;
}

/** Writes a file whole or not at all; one that is the same already stays as it is. */
export async function writeWhole({ path, contents }: BuiltFile): Promise<void> {
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
async function removeStrangers(outdir: string, files: readonly BuiltFile[], own: RegExp): Promise<void> {
  const wanted = new Set(files.map(({ path }) => path));
  for (const entry of await readdir(outdir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // Drafts of a build beside this one end in its process id.
    if (entry.isFile() && own.test(path) && !wanted.has(path)) {
      await rm(path, { force: true });
    }
  }
}

/**
 * Writes what a build made, in its order, and then removes what is left of an earlier build among the files that are its
 * `own`. Whoever reads meanwhile never finds a file missing or half written, if files come after those that they name.
 */
export async function writeOutput(outdir: string, files: readonly BuiltFile[], own: RegExp): Promise<void> {
  for (const file of files) {
    await writeWhole(file);
  }
  await removeStrangers(outdir, files, own);
}

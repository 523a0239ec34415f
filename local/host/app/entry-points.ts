import { glob, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import * as z from 'zod';

import { describeThrown, messageOf } from '../log.ts';
import { StartError } from '../start-error.ts';

const PackageJson = z.looseObject({ main: z.string().min(1).optional(), type: z.string().optional() });

/**
 * Loads every file that `main` of the app's package.json names, one after the other, awaiting top-level await.
 * Here they come in the order of their paths; production's order is unconfirmed.
 */
export async function loadEntryPoints(appDir: string): Promise<void> {
  const { main, type } = await readPackageJson(appDir);
  if (main === undefined) throw new StartError('package.json has no "main": the host does not know what to load.');
  const files = (await Array.fromAsync(glob(main, { cwd: appDir }))).sort();
  if (files.length === 0) {
    throw new StartError(`package.json "main" is "${main}", which matches no file. Has the app been built?`);
  }
  for (const file of files) await loadEntryPoint(appDir, file, type === 'module');
}

async function readPackageJson(appDir: string) {
  try {
    return PackageJson.parse(JSON.parse(await readFile(join(appDir, 'package.json'), 'utf8')));
  } catch (cause) {
    throw new StartError(`The app's package.json cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** The worker's rule: `.mjs` is ESM, `.cjs` is not, `.js` follows "type" of the *app root's* package.json. */
async function loadEntryPoint(appDir: string, file: string, isModulePackage: boolean): Promise<void> {
  const path = join(appDir, file);
  const extension = extname(file);
  try {
    if (extension === '.mjs' || (extension === '.js' && isModulePackage)) await import(pathToFileURL(path).href);
    else createRequire(path)(path);
  } catch (cause) {
    throw new StartError(`Worker was unable to load entry point "${file}": ${describeThrown(cause)}`, { cause });
  }
}

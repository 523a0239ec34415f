import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';

/** An estate file, and how it is called in the results. */
export interface EstateFile {
  readonly name: string;
  readonly path: string;
}

function filesBelow(folder: string): readonly EstateFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.json$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({ name: relative(folder, path).replaceAll('\\', '/'), path }));
}

/**
 * The estate files in the file or folder that is named, or else in the folder beside the repository. `undefined` where
 * nothing is named and that folder is not there. Throws where something is named that holds no estate file.
 */
export function estateFiles(named: string | undefined, beside: string): readonly EstateFile[] | undefined {
  if (named === undefined && !existsSync(beside)) {
    return undefined;
  }
  const place = named === undefined ? beside : resolve(named);
  const found = named === undefined ? 'The folder beside the repository' : `BACKSTOP_CORPUS is '${named}', which`;
  if (named?.trim() === '' || !existsSync(place)) {
    throw new Error(`${found} names nothing: expected an estate file or a folder with estate files (*.json).`);
  }
  const files = statSync(place).isDirectory() ? filesBelow(place) : [{ name: basename(place), path: place }];
  if (files.length === 0) {
    throw new Error(`${found} is a folder without an estate file (*.json).`);
  }
  return files;
}

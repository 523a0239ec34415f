import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file as it is sent. */
export interface StaticFile {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** Absent: as it is. */
  readonly encoding?: 'br' | 'gzip';
}

/** The files below a folder, by their path from it with slashes. */
export interface StaticFiles {
  /** The file in the best encoding that the caller accepts; `undefined` if there is none of this name. */
  find(path: string, acceptEncoding: string): Promise<StaticFile | undefined>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const encodings = [
  { encoding: 'br', extension: '.br' },
  { encoding: 'gzip', extension: '.gz' },
] as const;

function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((each) => {
    const [name = '', quality = ''] = each.toLowerCase().split(';');
    return name.trim() === encoding && !/^\s*q=0(?:\.0*)?\s*$/.test(quality);
  });
}

/**
 * The files below a folder beside the built functions, listed once and read when they are first asked for. A path is only
 * ever compared with that list, so none leads out of the folder.
 */
export function staticFiles(folder: string): StaticFiles {
  // The code runs from `dist/functions` or `dist/chunks`: both stand beside the folder.
  const root = fileURLToPath(new URL(`../${folder}/`, import.meta.url));
  let listed: Promise<ReadonlySet<string>> | undefined;
  const read = new Map<string, Promise<Uint8Array>>();

  async function list(): Promise<ReadonlySet<string>> {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    return new Set(paths.map((path) => relative(root, path).split(sep).join('/')));
  }

  function content(path: string): Promise<Uint8Array> {
    const known = read.get(path) ?? readFile(join(root, path));
    read.set(path, known);
    return known;
  }

  return {
    async find(path, acceptEncoding) {
      listed ??= list();
      const names = await listed;
      const contentType = contentTypes[extname(path)];
      if (!contentType || !names.has(path)) {
        return undefined;
      }
      const packed = encodings.find(
        (each) => accepts(acceptEncoding, each.encoding) && names.has(path + each.extension),
      );
      return {
        body: await content(path + (packed?.extension ?? '')),
        contentType,
        ...(packed ? { encoding: packed.encoding } : {}),
      };
    },
  };
}

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import type { EvidenceSource } from '../../lib/use-cases/verify-evidence.ts';

/** A folder that a container was downloaded to, read as the container is. */
export function folderSource(root: string): EvidenceSource {
  return {
    async *list() {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => !entry.isDirectory())
        .map(({ parentPath, name }) => join(parentPath, name));
      for (const file of files.toSorted()) {
        const { size, mtime } = await stat(file);
        yield { name: relative(root, file).replaceAll(sep, '/'), bytes: size, modifiedAt: mtime.toISOString() };
      }
    },
    read: async (name) => createReadStream(join(root, name)),
  };
}

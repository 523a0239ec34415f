import type { Export, Exports } from '../use-cases/export-ports.ts';
import type { Stored } from '../use-cases/ports.ts';
import type { JsonTable, Row } from './table.ts';

const partition = 'exports';
/** What is no id has no row, and might hold what a key must not. */
const idForm = /^[0-9a-f]{32}$/;

function stored({ value, version }: Row<Export>): Stored<Export> {
  return version ? { value, version } : { value };
}

/** Table `exports`: a row per export. */
export function createExports(table: JsonTable): Exports {
  return {
    async find(exportId) {
      const row = idForm.test(exportId) ? await table.find<Export>(partition, exportId) : undefined;
      return row && stored(row);
    },
    async all() {
      return (await Array.fromAsync(table.rows<Export>(`PartitionKey eq '${partition}'`))).map(stored);
    },
    write({ value, version }) {
      const row = { partition, key: value.exportId, value, ...(version ? { version } : {}) };
      return table.write(row, 'if-unchanged');
    },
    async remove({ value, version = '*' }) {
      await table.remove(partition, value.exportId, version);
    },
  };
}

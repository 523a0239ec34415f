import type { Prints, StandingKind } from '../domain/standing.ts';
import type { Runs } from '../use-cases/ports.ts';
import type { JsonTable } from './table.ts';

const partition = 'standing';
/** Prints in a row: a property holds so much, and there may be any number of policies. */
const printsPerRow = 500;

function keyOf(kind: StandingKind, from: number): string {
  return `${kind}-${String(from).padStart(8, '0')}`;
}

/** Rows of the table `runs`: how policies, items of vaults and locks stood when a sweep was last planned. */
export function createStandings(table: JsonTable): Pick<Runs, 'standing' | 'noteStanding'> {
  async function note(kind: StandingKind, prints: Prints): Promise<void> {
    const entries = [...prints];
    let from = 0;
    // Nothing is noted as well: what comes later differs from that.
    do {
      const value = { kind, prints: entries.slice(from, from + printsPerRow) };
      await table.write({ partition, key: keyOf(kind, from), value }, 'replace');
      from += printsPerRow;
    } while (from < entries.length);
    // What a longer list has left behind.
    const behind = `PartitionKey eq '${partition}' and RowKey ge '${keyOf(kind, from)}' and RowKey lt '${kind}.'`;
    for await (const { key, version = '' } of table.rows(behind)) {
      await table.remove(partition, key, version);
    }
  }

  return {
    async standing() {
      const standing = new Map<StandingKind, Map<string, string>>();
      const rows = table.rows<{ kind: StandingKind; prints: readonly (readonly [string, string])[] }>(
        `PartitionKey eq '${partition}'`,
      );
      for await (const { value } of rows) {
        const prints = standing.get(value.kind) ?? new Map<string, string>();
        for (const [name, print] of value.prints) {
          prints.set(name, print);
        }
        standing.set(value.kind, prints);
      }
      return standing;
    },
    async noteStanding(standing) {
      for (const [kind, prints] of standing) {
        await note(kind, prints);
      }
    },
  };
}

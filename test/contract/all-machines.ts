import type { Cell } from '../../lib/domain/cell.ts';
import { type Fact, known } from '../../lib/domain/fact.ts';
import { joinedSurroundings, type Surroundings } from '../../lib/domain/surroundings.ts';
import type { Inventory, MachinePage } from '../../lib/use-cases/ports.ts';

/** The pages of VMs as they come. */
export async function pagesOfMachines(
  inventory: Pick<Inventory, 'machines'>,
  cells: readonly Cell[],
): Promise<readonly Fact<MachinePage>[]> {
  return Array.fromAsync(inventory.machines(cells));
}

function joinedParts(all: readonly Fact<Surroundings>[], source: Parameters<typeof known>[1]): Fact<Surroundings> {
  const values: Surroundings[] = [];
  for (const parts of all) {
    if (parts.kind === 'unknown') {
      return parts;
    }
    values.push(parts.value);
  }
  return known(joinedSurroundings(values), source);
}

/** All pages of VMs as one; one that is unknown makes the whole unknown. */
export async function allMachines(
  inventory: Pick<Inventory, 'machines'>,
  cells: readonly Cell[],
): Promise<Fact<MachinePage>> {
  const pages: MachinePage[] = [];
  let source = { where: 'nowhere', readAt: '' };
  for await (const page of inventory.machines(cells)) {
    if (page.kind === 'unknown') {
      return page;
    }
    pages.push(page.value);
    source = page.source;
  }
  return known(
    {
      machines: pages.flatMap(({ machines }) => machines),
      unreadable: pages.flatMap(({ unreadable }) => unreadable),
      parts: joinedParts(
        pages.map(({ parts }) => parts),
        source,
      ),
    },
    source,
  );
}

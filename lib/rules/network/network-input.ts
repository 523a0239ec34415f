import { armId } from '../../domain/ids.ts';
import type { NetworkInput, NicRows } from '../../domain/network-rows.ts';
import { at, isRow, listAt, textAt } from './row.ts';

/** All interfaces of the VM, the one to judge first. */
export interface NicChoice {
  readonly judged: NicRows;
  readonly others: readonly NicRows[];
  /** The row of the judged interface; of one that was not read, its id. */
  readonly named: unknown;
}

/**
 * Picks the interface that carries the VM's outbound traffic: the one that the VM marks primary, else the one that says
 * so itself, else the first.
 */
export function chooseNic(input: NetworkInput): NicChoice {
  const listed = listAt(input, 'otherNics') ?? noOthers;
  const marked = primaryIdOf(input.vm);
  if (listed.length === 0 && (marked === undefined || isNamed(input.nic, marked))) {
    return { judged: input, others: noOthers, named: input.nic };
  }
  const all: readonly NicRows[] = [input, ...listed.filter(isRow)];
  if (marked !== undefined) {
    const judged = all.find(({ nic }) => isNamed(nic, marked));
    return {
      judged: judged ?? {},
      others: all.filter((rows) => rows !== judged),
      named: judged?.nic ?? { id: marked },
    };
  }
  const judged = all.find(({ nic }) => at(nic, 'properties', 'primary') === true) ?? input;
  return { judged, others: all.filter((rows) => rows !== judged), named: judged.nic };
}

const noOthers: readonly NicRows[] = [];

/** Whether a row has this id, which mostly is spelled alike on both sides. */
function isNamed(row: unknown, id: string): boolean {
  const own = textAt(row, 'id');
  return own === id || (own !== undefined && armId(own) === armId(id));
}

/** Rows of all interfaces but one; `undefined` if the others could not be read. */
export function otherNicRows(input: NetworkInput, rows: NicRows): readonly unknown[] | undefined {
  if (input.otherNics === null) {
    return undefined;
  }
  const listed = listAt(input, 'otherNics') ?? [undefined];
  if (listed.length === 0 && rows === input) {
    return noOthers;
  }
  const all = [input, ...listed];
  return all.filter((each) => each !== rows).map((each) => at(each, 'nic'));
}

function primaryIdOf(vm: unknown): string | undefined {
  const nics = listAt(vm, 'properties', 'networkProfile', 'networkInterfaces') ?? [];
  const primary = nics.find((nic) => at(nic, 'properties', 'primary') === true);
  return textAt(primary ?? (nics.length === 1 ? nics[0] : undefined), 'id');
}

import type { Cell } from '../domain/cell.ts';
import { type Fact, known, type UnknownBecause } from '../domain/fact.ts';
import type { Surroundings } from '../domain/surroundings.ts';
import type { MachineFacts, MachinePage } from '../use-cases/ports.ts';
import { type GraphReader, idOf, literals } from './graph-reader.ts';
import { readMachineRow } from './machine-body.ts';
import { readSurroundings } from './surrounding-rows.ts';
import { unknownFrom } from './unknown.ts';

/** A VM by its lower-cased id: rows of VMs and of what belongs to them come in this order. */
type Key = string;

function textAt(raw: unknown, column: string): string {
  const value = (raw as Readonly<Record<string, unknown>> | null)?.[column];
  return typeof value === 'string' ? value : '';
}

function keyOf(raw: unknown): Key {
  return textAt(raw, 'vmKey') || idOf(raw).toLowerCase();
}

/** What belongs to VMs, read as far as the VMs are. */
class PartsInOrder {
  readonly #pages: AsyncIterator<readonly unknown[]>;
  #rows: readonly unknown[] = [];
  #next = 0;
  #refusal: UnknownBecause | undefined;

  constructor(pages: AsyncIterable<readonly unknown[]>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** The parts of VMs up to and with a key; once they could not be read, they stay unknown. */
  async upTo(last: Key): Promise<UnknownBecause | readonly unknown[]> {
    const parts: unknown[] = [];
    try {
      while (!this.#refusal && (await this.#hasRow()) && textAt(this.#rows[this.#next], 'ofVm') <= last) {
        const row = this.#rows[this.#next] as { readonly parts?: unknown } | null;
        parts.push(...(Array.isArray(row?.parts) ? row.parts : []));
        this.#next += 1;
      }
    } catch (error) {
      this.#refusal = unknownFrom(error, 'Resource Graph could not be asked for partsOfVms').because;
    }
    return this.#refusal ?? parts;
  }

  async end(): Promise<void> {
    await this.#pages.return?.();
  }

  async #hasRow(): Promise<boolean> {
    while (this.#next >= this.#rows.length) {
      const page = await this.#pages.next();
      if (page.done) {
        return false;
      }
      this.#rows = page.value;
      this.#next = 0;
    }
    return true;
  }
}

/** Rows that come after the last of the page before; one that stands on both counts once. */
function newRows(page: readonly unknown[], last: Key): readonly unknown[] {
  const fresh = page.filter((row) => keyOf(row) !== last || last === '');
  if (fresh.some((row) => keyOf(row) !== '' && keyOf(row) < last)) {
    throw new Error('Resource Graph did not keep to the order of the query');
  }
  return [...new Map(fresh.map((row) => [keyOf(row) || row, row])).values()];
}

/** The last key of a page, or of those before it. */
function lastOf(page: readonly unknown[], before: Key): Key {
  let last = before;
  for (const key of page.map(keyOf)) {
    if (key > last) {
      last = key;
    }
  }
  return last;
}

/**
 * VMs of cells with their disks, interfaces and extensions. Two queries in the same order are read side by side, so that no
 * more than a page of each is in memory, however many VMs there are.
 */
export async function* machinePages(
  { source, pages }: GraphReader,
  cells: readonly Cell[],
): AsyncGenerator<Fact<MachinePage>> {
  const at = source();
  const subscriptions = [...new Set(cells.map((cell) => cell.subscriptionId))];
  const regions = `location in~ (${literals([...new Set(cells.map((cell) => cell.region))])})`;
  const wanted = new Set(cells.map((cell) => `${cell.subscriptionId}|${cell.region}`));
  const parts = new PartsInOrder(pages('partsOfVms', { subscriptions }, regions));
  let last: Key = '';
  try {
    for await (const page of pages('vms', { subscriptions }, regions)) {
      const machines: MachineFacts[] = [];
      const unreadable: string[] = [];
      for (const raw of newRows(page, last)) {
        const machine = readMachineRow(raw, at);
        if (!machine) {
          unreadable.push(idOf(raw));
        } else if (wanted.has(`${machine.vm.value.subscriptionId}|${machine.vm.value.region}`)) {
          machines.push(machine);
        }
      }
      last = lastOf(page, last);
      yield known({ machines, unreadable, parts: surroundingsOf(await parts.upTo(last), at) }, at);
    }
  } catch (error) {
    yield unknownFrom(error, 'Resource Graph could not be asked for vms');
  } finally {
    await parts.end();
  }
}

function surroundingsOf(
  parts: UnknownBecause | readonly unknown[],
  source: ReturnType<GraphReader['source']>,
): Fact<Surroundings> {
  return 'cause' in parts ? { kind: 'unknown', because: parts } : known(readSurroundings(parts), source);
}

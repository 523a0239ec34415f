import type { Estate } from '../estates/estate.ts';
import type { Neighbourhood } from '../neighbourhood.ts';
import type { Api } from './api.ts';
import type { AzureWriter } from './azure-writer.ts';
import { newMachine } from './new-machine.ts';
import type { Terminal } from './terminal.ts';
import { awaitVerdict } from './watch-event.ts';

const everyMs = 10_000;

/** One change in the simulated Azure, told with the verdict that its event led to. */
type Change = () => Promise<string>;

/** Creates, changes and deletes VMs in turn, so that a watcher sees every kind of event. */
function changes(neighbourhood: Neighbourhood, estate: Estate, api: Api, azure: AzureWriter): Change {
  const alive: string[] = [];
  let number = 1;
  let step = 0;
  const short = (id: string) => id.split('/').at(-1) ?? id;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

  async function create(): Promise<string> {
    const machine = newMachine(estate, number * 7, neighbourhood.clock.now());
    number += 1;
    await azure.put(machine.id, machine.body);
    alive.push(machine.id);
    const { row, ms } = await awaitVerdict(api, machine.id, (each) => !each.goneAt);
    return `${machine.name} created -> ${row.verdict} (${seconds(ms)})`;
  }

  async function change(): Promise<string> {
    const id = alive.at(-1) ?? '';
    const before = await api.vm(id);
    await azure.patch(id, { tags: { 'backstop-exclude': 'true', 'backstop-exclude-until': '2099-12-31' } });
    const { row, ms } = await awaitVerdict(api, id, (each) => each.revision !== before?.revision);
    return `${short(id)} tagged as exempt -> ${row.verdict} (${seconds(ms)})`;
  }

  async function remove(): Promise<string> {
    const id = alive.pop() ?? '';
    await azure.remove(id);
    const { ms } = await awaitVerdict(api, id, (each) => each.goneAt !== undefined);
    return `${short(id)} deleted -> gone (${seconds(ms)})`;
  }

  const turns = [create, create, change, remove];
  return () => {
    const turn = turns[step % turns.length] ?? create;
    step += 1;
    return turn();
  };
}

/** Lives until `end`: every 10 seconds something changes in Azure, and one line tells event and verdict. */
export async function live(
  neighbourhood: Neighbourhood,
  estate: Estate,
  api: Api,
  azure: AzureWriter,
  terminal: Terminal,
  end: AbortSignal,
): Promise<void> {
  const change = changes(neighbourhood, estate, api, azure);
  while (!end.aborted) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      end.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
    if (end.aborted) {
      return;
    }
    try {
      terminal.say(`${new Date().toISOString().slice(11, 19)}  ${await change()}`);
    } catch (error) {
      if (!end.aborted) {
        terminal.say(`A change went wrong: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}

import type { Evaluated } from '../lib/use-cases/evaluated.ts';
import { buildApp } from './build.ts';
import { buildPage } from './build-page.ts';
import { type Api, createApi } from './demo/api.ts';
import { type AzureWriter, createAzureWriter } from './demo/azure-writer.ts';
import { live } from './demo/life.ts';
import { newMachine } from './demo/new-machine.ts';
import { readOptions, type StartOptions, UsageError } from './demo/options.ts';
import { completenessLine, networksLine, otherResourcesLine, postureTable, vmLines } from './demo/report.ts';
import { followSweep } from './demo/sweep-progress.ts';
import { standardOutput, type Terminal } from './demo/terminal.ts';
import { awaitVerdict, type EventVerdict } from './demo/watch-event.ts';
import type { Estate } from './estates/estate.ts';
import { generateEstate } from './estates/generate.ts';
import { EstateFileError, loadEstate } from './estates/load.ts';
import { type Neighbourhood, PartFailed, startNeighbourhood } from './neighbourhood.ts';

const shownBlocked = 3;
const shownServers = 10;

function estateFor({ estateFile, vms, seed, closedVault }: StartOptions): Promise<Estate> | Estate {
  return estateFile === undefined
    ? generateEstate({ vms, seed, closedVault, servers: shownServers })
    : loadEstate(estateFile);
}

/** A few blocked VMs, each for another reason, as long as there are that many reasons. */
function oneOfEachReason(blocked: readonly Evaluated[]): readonly Evaluated[] {
  const byReason = Map.groupBy(blocked, (vm) => vm.findings[0]?.rule);
  const firsts = [...byReason.values()].flatMap(([first]) => (first ? [first] : []));
  return [...firsts, ...blocked.filter((vm) => !firsts.includes(vm))].slice(0, shownBlocked);
}

/** Sweeps, and tells what was found. */
async function sweepAndReport(api: Api, terminal: Terminal) {
  const run = await followSweep(api, terminal);
  const posture = await api.posture();
  terminal.say();
  terminal.say(postureTable(posture));
  terminal.say(completenessLine(posture));
  for (const line of [networksLine(run), otherResourcesLine(await api.otherResources())]) {
    if (line) {
      terminal.say(line);
    }
  }
  for (const vm of oneOfEachReason(await api.blocked(500))) {
    terminal.say();
    terminal.say(vmLines(vm).join('\n'));
  }
  return { run, posture };
}

/** One VM appears in Azure; Event Grid tells the app, which judges it. */
async function createOne(
  neighbourhood: Neighbourhood,
  estate: Estate,
  api: Api,
  azure: AzureWriter,
  terminal: Terminal,
): Promise<EventVerdict> {
  const machine = newMachine(estate, 0, neighbourhood.clock.now());
  await azure.put(machine.id, machine.body);
  const seen = await awaitVerdict(api, machine.id, (row) => !row.goneAt);
  terminal.say();
  terminal.say(`A VM was created: ${(seen.ms / 1000).toFixed(1)} s later`);
  terminal.say(vmLines(seen.row).join('\n'));
  return seen;
}

function sayAddresses({ host, key }: Neighbourhood, terminal: Terminal): void {
  terminal.say();
  terminal.say(`The dashboard: ${host.url}/api/dashboard#key=${key}`);
  terminal.say(`The API, with the key of this development host (${key}):`);
  for (const path of ['posture', 'vms?verdict=blocked', 'sweeps', 'reports/other-resources.json', 'rules', 'health']) {
    const mark = path.includes('?') ? '&' : '?';
    terminal.say(`  curl '${host.url}/api/${path}${mark}code=${key}'`);
  }
}

async function run(
  options: StartOptions,
  terminal: Terminal,
  end: AbortSignal,
  onStop: (stop: () => Promise<void>) => void,
) {
  const estate = await estateFor(options);
  terminal.say('Building the app and starting Azurite, the simulated Azure and the Functions host ...');
  await Promise.all([buildApp(), buildPage()]);
  if (end.aborted) {
    return;
  }
  const neighbourhood = await startNeighbourhood({
    estate,
    port: options.port,
    onLog: (line) => {
      if (/"level":"(warn|error)"|Host\./.test(line)) {
        terminal.say(`  ${line}`);
      }
    },
  });
  if (end.aborted) {
    // Nobody waits any more, and nobody else can stop what has only just started.
    await neighbourhood.stop();
    return;
  }
  onStop(neighbourhood.stop);
  terminal.say(
    `Functions host ${neighbourhood.host.url}, Azure ${neighbourhood.azure.armUrl}, ${neighbourhood.host.functions.length} functions.`,
  );
  const api = createApi(neighbourhood);
  const azure = createAzureWriter(neighbourhood.azure.armUrl, neighbourhood.certificate);
  const swept = await sweepAndReport(api, terminal);
  neighbourhood.runClock();
  const { row, ms } = await createOne(neighbourhood, estate, api, azure, terminal);
  sayAddresses(neighbourhood, terminal);
  if (!options.once) {
    terminal.say();
    terminal.say(
      'Every 10 seconds a VM is created, changed or deleted in the simulated Azure. Ctrl-C ends everything.',
    );
    await live(neighbourhood, estate, api, azure, terminal, end);
  }
  if (options.json) {
    const { runId } = swept.run;
    const { vms, verdicts, completeness } = swept.posture;
    const eventVerdict = { vmId: row.vmId, verdict: row.verdict, ms };
    terminal.say(JSON.stringify({ runId, vms, verdicts, eventVerdict, complete: completeness.complete }));
  }
}

/** What a person needs to know of an error: ours have a text for them, others are bugs and keep their stack. */
function tell(error: unknown): string {
  const isOurs = error instanceof UsageError || error instanceof EstateFileError || error instanceof PartFailed;
  return isOurs ? error.message : String(error instanceof Error ? error.stack : error);
}

async function main(): Promise<number> {
  const end = new AbortController();
  let stop: () => Promise<void> = () => Promise.resolve();
  process.once('SIGINT', () => end.abort());
  process.once('SIGTERM', () => end.abort());
  const ended = new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve(), { once: true }));
  try {
    const options = readOptions(process.argv.slice(2));
    const work = run(options, standardOutput(), end.signal, (how) => {
      stop = how;
    });
    await Promise.race([work, ended]);
    return end.signal.aborted ? 130 : 0;
  } catch (error) {
    console.error(tell(error));
    return 1;
  } finally {
    await stop();
  }
}

process.exitCode = await main();

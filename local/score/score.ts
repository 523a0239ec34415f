import { buildApp } from '../build.ts';
import type { Terminal } from '../demo/terminal.ts';
import { generateLeftoversEstate, generateThoroughEstate, generateWrongKindEstate } from '../estates/generate.ts';
import { PartFailed } from '../neighbourhood.ts';
import { judge } from './judge.ts';
import { markdownOf } from './markdown.ts';
import { readOptions, type ScoreOptions, UsageError } from './options.ts';
import { isRight, type Part, resultOf } from './result.ts';
import { textOf } from './text.ts';

/** VMs of the two small estates, which show what cannot be shown beside everything else. */
const fewVms = 60;
/** An item counts as left behind after the second complete sweep that misses its VM. */
const sweepsForLeftovers = 2;

/** What happens meanwhile goes to the other stream, so that the result can be piped. */
const meanwhile: Terminal = { isInteractive: false, say: (line = '') => console.error(line) };

async function parts({ vms, seed }: ScoreOptions): Promise<readonly Part[]> {
  const estates = [
    { name: 'everything', labelled: generateThoroughEstate({ vms, seed }), sweeps: 1 },
    { name: 'leftovers', labelled: generateLeftoversEstate({ vms: fewVms, seed }), sweeps: sweepsForLeftovers },
    { name: 'no vault for VMs', labelled: generateWrongKindEstate({ vms: fewVms, seed }), sweeps: 1 },
  ];
  await buildApp();
  const judged: Part[] = [];
  for (const { name, labelled, sweeps } of estates) {
    meanwhile.say(`Estate "${name}": ${labelled.truth.size} VMs, ${labelled.estate.resources.length} resources.`);
    judged.push({ name, labelled, judgement: await judge(labelled.estate, sweeps, meanwhile) });
  }
  return judged;
}

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2));
    const result = resultOf(options, await parts(options));
    const forms = { text: textOf, markdown: markdownOf, json: (all: typeof result) => JSON.stringify(all, null, 2) };
    console.log(forms[options.form](result));
    return isRight(result) ? 0 : 1;
  } catch (error) {
    const isOurs = error instanceof UsageError || error instanceof PartFailed;
    console.error(isOurs ? error.message : error);
    return 1;
  }
}

process.exitCode = await main();

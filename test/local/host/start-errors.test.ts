import { it } from 'vitest';

import { startHostProcess } from './support/host-process.ts';
import { removeApp, type SampleApp, writeApp } from './support/sample-app.ts';

const app = `const { app } = require('@azure/functions');\n`;
const http = (name: string, options = '') => `app.http('${name}', { handler: async () => ({}), ${options} });\n`;
const files = (text: string) => ({ files: { 'dist/app.js': text } });

const model = '{ getCapabilities: (capabilities) => capabilities }';

// One process each: this is what a person sees whose app does not start.
it.concurrent.for<readonly [string, SampleApp, RegExp]>([
  ['throws while it loads', files(`${app}${http('a')}throw new Error('no config');`), /"dist\/app\.js".*no config/s],
  ['registers nothing', files(`${app}app.hook.appStart(() => {});`), /never called setProgrammingModel/],
  [
    'has a model and no function',
    files(`require('@azure/functions-core').setProgrammingModel(${model})`),
    /registered no fu/,
  ],
  ['has no main', { ...files(''), packageJson: { main: undefined } }, /no "main"/],
  ['has not been built', { files: {} }, /"dist\/\*\.js", which matches no file/],
  ['has a broken host.json', { files: { 'dist/app.js': '', 'host.json': '{' } }, /host\.json cannot be read/],
  ['has a wrong host.json', { ...files(''), hostJson: queues({ batchSize: 99 }) }, /batchSize/],
  ['fails in a start hook', files(`${app}${http('a')}${hook('throw new Error("no tenant")')}`), /appStart.*no tenant/],
  ['repeats a name in other case', files(app + http('a') + http('A')), /"A" has already been registered/],
  ['has a forbidden name', files(app + http('host')), /'host' is not a valid function name/],
  [
    'takes a route of the host',
    { ...files(app + http('a', "route: 'admin/x'")), ...noPrefix() },
    /'admin\/x' conflicts/,
  ],
  ['has a constraint nobody knows', files(app + http('a', "route: 'x/{y:when}'")), /'when'/],
  ['streams', files(`${app}app.setup({ enableHttpStream: true });${http('a')}`), /HTTP streaming/],
  ['writes to a table', files(app + http('a', `extraOutputs: [${table()}]`)), /'rows' of type 'table' is not supp/],
  ['has a blob trigger', files(`${app}app.storageBlob('b', { path: 'x', handler() {} });`), /blobTrigger/],
  [
    'has a queue without connection',
    files(`${app}${queue('work')}`),
    /"AzureWebJobsStorage__queueServiceUri" is missing/,
  ],
  ['has a setting unset', files(`${app}${queue('%QUEUE%')}`), /no app setting "QUEUE"/],
  ['has a wrong schedule', files(`${app}app.timer('t', { schedule: '* * * * *', handler() {} });`), /six/],
])('an app that %s does not start and says why', async ([, sample, reason], { expect, onTestFinished }) => {
  const appDir = await writeApp(sample);
  onTestFinished(() => removeApp(appDir));

  await expect(startHostProcess({ appDir }, { AzureWebJobsStorage__queueServiceUri: '' })).rejects.toThrow(reason);
});

function queues(settings: object) {
  return { extensions: { queues: settings } };
}

function noPrefix() {
  return { hostJson: { extensions: { http: { routePrefix: '' } } } };
}

function hook(body: string) {
  return `app.hook.appStart(async () => { ${body} });\n`;
}

function table() {
  return `{ type: 'table', name: 'rows', direction: 'out' }`;
}

function queue(name: string) {
  return `app.storageQueue('q', { queueName: '${name}', handler() {} });`;
}

import { fact, unread } from '../healthy-vm.ts';
import {
  bareHost,
  confirmation,
  dpm,
  engine,
  engineWithout,
  notExposed,
  type ServerCase,
  serverHost,
  strange,
} from './server-case.ts';

const v3 = fact(engine({ productVersion: '13.0.657.0' }));
const os = (name: string) => fact(serverHost({ os: name }));

export const cases: readonly ServerCase[] = [
  [
    'Windows Server 2022',
    {},
    {
      outcome: 'pass',
      reason: 'Supported',
      message: 'Windows Server 2022 Datacenter is supported for Azure Backup Server v4.',
      evidence: [
        { fact: 'engine', values: { dpmVersion: '14.0.30.0' } },
        { fact: 'host', values: { osName: 'Windows Server 2022 Datacenter', isServerCore: false } },
      ],
    },
  ],
  ['Windows Server 2019', { host: os('Windows Server 2019 Standard') }, { outcome: 'pass', reason: 'Supported' }],
  ['Windows Server 2019 by its build', { host: os('10.0.17763.6293') }, { outcome: 'pass', reason: 'Supported' }],
  [
    'Windows Server 2016 under version 4',
    { host: os('Windows Server 2016 Datacenter') },
    {
      outcome: 'fail',
      reason: 'NotSupported',
      severity: 'blocker',
      message: 'Windows Server 2016 Datacenter is not supported for Azure Backup Server v4.',
    },
  ],
  [
    'Windows Server 2016 under version 3',
    { engine: v3, host: os('Windows Server 2016') },
    { outcome: 'pass', reason: 'Supported' },
  ],
  [
    'Windows Server 2016 by its build under version 3',
    { engine: v3, host: os('10.0.14393.1') },
    { outcome: 'pass', reason: 'Supported' },
  ],
  [
    'Windows Server 2016 under a version that is not told',
    { engine: fact(engineWithout('productVersion')), host: os('Windows Server 2016') },
    { outcome: 'fail', reason: 'NotSupported' },
  ],
  [
    'Windows Server 2012 R2',
    { host: os('Windows Server 2012 R2 Datacenter') },
    { outcome: 'fail', reason: 'NotSupported' },
  ],
  ['Windows Server 2025', { host: os('Windows Server 2025 Datacenter') }, { outcome: 'fail', reason: 'NotSupported' }],
  ['Ubuntu', { host: os('Ubuntu 24.04') }, { outcome: 'fail', reason: 'NotSupported' }],
  ['Server Core', { host: fact(serverHost({ isServerCore: true })) }, { outcome: 'fail', reason: 'ServerCore' }],
  [
    'Server Core by its name',
    { host: os('Windows Server 2022 Datacenter Core') },
    { outcome: 'fail', reason: 'ServerCore' },
  ],
  ['Hyper-V Server', { host: os('Hyper-V Server 2019') }, { outcome: 'fail', reason: 'ServerCore' }],
  ['a planned server on Windows Server 2022', { engine: fact('planned') }, { outcome: 'pass', reason: 'Supported' }],
  ['a host without a word of its system', { host: fact(bareHost) }, { outcome: 'unknown', cause: 'not-exposed' }],
  ['a machine that Azure does not show', { host: notExposed }, { outcome: 'unknown', cause: 'not-exposed' }],
  [
    'a machine that Azure does not show, confirmed',
    { host: notExposed, confirmations: [confirmation('mabs-os')] },
    { outcome: 'pass', reason: 'Confirmed' },
  ],
  ['a server of an unknown type', { engine: fact(strange) }, { outcome: 'unknown', cause: 'not-reported' }],
  ['DPM', { engine: fact(dpm), host: os('Windows Server 2025') }, { outcome: 'notApplicable' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

import type { healthPrecheck } from '../../lib/rules/health-precheck.ts';
import type { Cases, Differing } from './case.ts';
import { item, live, noItem, unread } from './healthy-vm.ts';

const offline = {
  code: '380008',
  title: 'AzureVmOffline',
  message: 'The VM is off.',
  recommendations: ['Start the VM.', 'Then back up now.'],
};

function health(healthStatus: string, ...healthDetails: readonly (typeof offline)[]): Differing {
  return { items: live(item({ healthStatus, healthDetails })) };
}

const { healthStatus: _status, healthDetails: _details, ...withoutCheck } = item();

export const cases: Cases<typeof healthPrecheck> = [
  ['Passed', {}, { outcome: 'pass', reason: 'Clean', message: 'The pre-check found nothing.' }],
  [
    'ActionRequired, with what Azure recommends',
    health('ActionRequired', offline),
    {
      outcome: 'fail',
      reason: 'ActionRequired',
      severity: 'warning',
      message: 'The pre-check asks for action: AzureVmOffline (380008).',
      fix: { text: 'Azure recommends: Start the VM. Then back up now.', commands: [] },
    },
  ],
  [
    'several findings',
    health('ActionRequired', offline, { ...offline, code: '400001', title: '' }),
    {
      outcome: 'fail',
      reason: 'ActionRequired',
      message: 'The pre-check asks for action: AzureVmOffline (380008); The VM is off. (400001).',
    },
  ],
  [
    'ActionSuggested is advice (ruling 11)',
    health('ActionSuggested', offline),
    {
      outcome: 'fail',
      reason: 'ActionSuggested',
      severity: 'info',
      message: 'The pre-check suggests: AzureVmOffline (380008).',
    },
  ],
  [
    'ActionRequired without a list of reasons',
    { items: live({ ...withoutCheck, healthStatus: 'ActionRequired' }) },
    {
      outcome: 'fail',
      reason: 'ActionRequired',
      message: 'The pre-check asks for action: without saying why.',
    },
  ],
  [
    'no word of a pre-check',
    { items: live(withoutCheck) },
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure reports the result of its pre-check as nothing.' },
  ],
  [
    'ActionRequired without a reason',
    health('ActionRequired'),
    {
      outcome: 'fail',
      reason: 'ActionRequired',
      message: 'The pre-check asks for action: without saying why.',
      fix: { text: 'Azure recommends: nothing; see the health of the item in the vault.' },
    },
  ],
  [
    'Invalid',
    health('Invalid'),
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure reports the result of its pre-check as Invalid.' },
  ],
  ['a result that is not on the list', health('Resting'), { outcome: 'unknown', cause: 'not-reported' }],
  [
    'no result',
    health(''),
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure reports the result of its pre-check as nothing.' },
  ],
  ['no item', noItem, { outcome: 'notApplicable', message: 'No item exists.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];

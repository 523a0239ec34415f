import { expect, test } from 'vitest';

import { sizeFacts } from '../../../local/azure/size-name.ts';

test.each([
  ['Standard_D2s_v5', 2, 8, true],
  ['STANDARD_d2S_V5', 2, 8, true],
  ['standard_ds2_v2', 2, 7, true],
  ['Standard_D2_v5', 2, 8, false],
  ['Standard_D2ls_v5', 2, 4, true],
  ['Standard_E4-2ds_v5', 4, 32, true],
  ['Standard_DC4as_v5', 4, 16, true],
  ['Standard_F2s_v2', 2, 4, true],
  ['Standard_L8s_v3', 8, 64, true],
  ['Standard_M64s', 64, 1024, true],
  ['Standard_NC4as_T4_v3', 4, 36, true],
  ['Standard_B1ls', 1, 0.5, true],
  ['Standard_B1s', 1, 1, true],
  ['Standard_B2s', 2, 4, true],
  ['Standard_B2ms', 2, 8, true],
  ['Standard_B2ts_v2', 2, 1, true],
  ['Standard_B2s_v2', 2, 8, true],
  ['Standard_A2_v2', 2, 4, false],
  ['Standard_A2m_v2', 2, 16, false],
  // Here the number is no count.
  ['Basic_A0', 1, 0.75, false],
  ['Standard_A5', 2, 14, false],
  ['Standard_D2', 2, 7, false],
  ['Standard_D3_v2', 4, 14, false],
  ['Standard_D11_v2_Promo', 2, 14, false],
  ['Standard_DS1_v2', 1, 3.5, true],
  ['Standard_DS13-2_v2', 8, 56, true],
  ['Standard_GS1', 2, 28, true],
])('%s has %d vCPUs, %d GB and premium storage: %s', (name, vCpus, memoryGB, premiumStorage) => {
  expect(sizeFacts(name)).toEqual({ vCpus, memoryGB, premiumStorage });
});

test.each([
  '',
  'Standard_',
  'Standard_D',
  'D2s_v5',
  'Standard_Q4s_v1',
  'Standard_A99',
  'Standard_D0s_v5',
  'Standard_??',
])('the name %s tells nothing', (name) => {
  expect(sizeFacts(name)).toBeUndefined();
});

import { expect, it } from 'vitest';

import { controlMap } from '../../lib/reports/control-map.ts';
import { evidenceFor, renderControls } from '../../lib/reports/controls.ts';
import { familyOfRule } from '../../lib/reports/finding-family.ts';

it('docs/controls.md is current', async () => {
  await expect(renderControls()).toMatchFileSnapshot('../../docs/controls.md');
});

it('no control stands twice', () => {
  const keys = controlMap.map(([framework, version, control]) => `${framework}|${version}|${control}`);

  expect(keys).toEqual([...new Set(keys)]);
});

it('nothing claims that a control is met', () => {
  expect(renderControls()).not.toMatch(/compliant|complies with/i);
});

it('frameworks without a control on VM backup stay empty', () => {
  expect(controlMap.map(([framework]) => framework)).not.toContain('PCI DSS');
  expect(controlMap.map(([framework]) => framework)).not.toContain('CIS Azure Foundations');
});

it('an unprotected VM is evidence for the backup control of NIST', () => {
  expect(evidenceFor('not-protected')).toContainEqual(
    expect.objectContaining({ framework: 'NIST SP 800-53', version: 'Rev 5', control: 'CP-9', relation: 'direct' }),
  );
  expect(familyOfRule('health-protected')).toBe('not-protected');
  expect(familyOfRule('spot-vm')).toBeUndefined();
});

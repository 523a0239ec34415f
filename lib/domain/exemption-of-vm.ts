import { endOfDay, tagExemption } from './exemption.ts';
import type { FactSheet } from './fact-sheet.ts';
import { backupExemption } from './policy-exemption.ts';
import { type ExemptionOfVm, registerSays } from './registered-exemption.ts';
import type { JudgementSettings } from './settings.ts';

type Sheet = Pick<FactSheet, 'vm' | 'tags' | 'azurePolicy' | 'exemptions'>;

function byRegister({ exemptions }: Sheet, now: Date): ExemptionOfVm | undefined {
  const says = exemptions.kind === 'known' ? registerSays(exemptions.value, now) : undefined;
  if (says?.kind !== 'valid') {
    return undefined;
  }
  const { exemptionId: name, until, reason, owner } = says.exemption;
  return { origin: 'register', name, until, endsAt: until, reason, owner };
}

function byTag({ tags }: Sheet, settings: JudgementSettings, now: Date): ExemptionOfVm | undefined {
  const says = tags.kind === 'known' ? tagExemption(tags.value, settings, now) : undefined;
  if (says?.kind !== 'valid') {
    return undefined;
  }
  const lastMoment = endOfDay(says.until);
  return {
    origin: 'tag',
    name: says.tag,
    ...(lastMoment === undefined ? {} : { until: says.until, endsAt: new Date(lastMoment + 1).toISOString() }),
  };
}

function byAzurePolicy({ vm, azurePolicy }: Sheet, now: Date): ExemptionOfVm | undefined {
  const says =
    vm.kind === 'known' && azurePolicy.kind === 'known'
      ? backupExemption(azurePolicy.value, vm.value.key, now)
      : undefined;
  if (says?.kind !== 'valid') {
    return undefined;
  }
  const { name, category, expiresOn } = says.exemption;
  return {
    origin: 'azure-policy',
    name,
    reason: category,
    ...(expiresOn ? { until: expiresOn, endsAt: new Date(expiresOn).toISOString() } : {}),
  };
}

/** By what a VM is exempt at an instant, in the order in which `gov-exclusion-tag` asks; `undefined` if by nothing. */
export function exemptionOfVm(sheet: Sheet, settings: JudgementSettings, now: Date): ExemptionOfVm | undefined {
  return byRegister(sheet, now) ?? byTag(sheet, settings, now) ?? byAzurePolicy(sheet, now);
}

import { type Tags, tagValue } from './machine.ts';
import type { JudgementSettings } from './settings.ts';

/** Environment of a VM: the first environment tag on VM, resource group, subscription; else the default. */
export function environmentOf(tags: readonly Tags[], settings: JudgementSettings): string {
  for (const level of tags) {
    for (const name of settings.environmentTagNames) {
      const value = tagValue(level, name);
      if (value) {
        return value.toLowerCase();
      }
    }
  }
  return settings.defaultEnvironment.toLowerCase();
}

/** Company RPO of an environment in hours: its own where it has one, else the one of the top level. */
export function companyRpoHours(environment: string, settings: JudgementSettings): number {
  const own = Object.entries(settings.environments).find(([name]) => name.toLowerCase() === environment);
  return own?.[1].rpoHours ?? settings.rpoHours;
}

import { type Tags, tagValue } from './machine.ts';
import type { JudgementSettings } from './settings.ts';

/** The environment that the tags of one level name, lower-cased; `undefined` if they name none. */
export function environmentTag(tags: Tags, { environmentTagNames }: JudgementSettings): string | undefined {
  return environmentTagNames
    .map((name) => tagValue(tags, name))
    .find((value) => value)
    ?.toLowerCase();
}

/** Environment of a VM: the first environment tag on VM, resource group, subscription; else the default. */
export function environmentOf(levels: readonly Tags[], settings: JudgementSettings): string {
  const tagged = levels.map((tags) => environmentTag(tags, settings)).find((environment) => environment !== undefined);
  return tagged ?? settings.defaultEnvironment.toLowerCase();
}

/** Company RPO of an environment in hours: its own where it has one, else the one of the top level. */
export function companyRpoHours(environment: string, settings: JudgementSettings): number {
  const own = Object.entries(settings.environments).find(([name]) => name.toLowerCase() === environment);
  return own?.[1].rpoHours ?? settings.rpoHours;
}

import type { UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import { type Tags, tagValue } from './machine.ts';
import { onceFor } from './memo.ts';
import type { EnvironmentSettings, JudgementSettings } from './settings.ts';

/** The environment that the tags of one level name, lower-cased; `undefined` if they name none. */
export function environmentTag(tags: Tags, { environmentTagNames }: JudgementSettings): string | undefined {
  for (const name of environmentTagNames) {
    const value = tagValue(tags, name);
    if (value) {
      return value.toLowerCase();
    }
  }
  return undefined;
}

/** The environment that the first of some levels names, from the VM outwards; `undefined` if none does. */
export function taggedIn(levels: readonly Tags[], settings: JudgementSettings): string | undefined {
  for (const tags of levels) {
    const environment = environmentTag(tags, settings);
    if (environment !== undefined) {
      return environment;
    }
  }
  return undefined;
}

/** Environment of a VM: the first environment tag on VM, resource group, subscription; else the default. */
export function environmentOf(levels: readonly Tags[], settings: JudgementSettings): string {
  return taggedIn(levels, settings) ?? settings.defaultEnvironment.toLowerCase();
}

/** The settings of an environment: its own where it has them, else those of the top level. */
export function settingsOf(environment: string, settings: JudgementSettings): JudgementSettings {
  const own = Object.entries(settings.environments).find(([name]) => name.toLowerCase() === environment);
  return own ? { ...settings, ...withoutAbsent(own[1]) } : settings;
}

function withoutAbsent(own: EnvironmentSettings): Partial<JudgementSettings> {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

/** What is required of a VM, or why that cannot be told. */
export type Requirements =
  | { readonly kind: 'known'; readonly environment: string; readonly settings: JudgementSettings }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** What is required where no environment has settings of its own. */
const sameForAll = onceFor((settings: JudgementSettings): Requirements | undefined =>
  Object.keys(settings.environments).length === 0
    ? { kind: 'known', environment: settings.defaultEnvironment.toLowerCase(), settings }
    : undefined,
);

/**
 * What the environment of a VM requires. Tags are only needed where environments differ: an unread tag that could change
 * nothing leaves nothing unknown.
 */
export function requirementsOf(
  { tags, inheritedTags }: Pick<FactSheet, 'tags' | 'inheritedTags'>,
  settings: JudgementSettings,
): Requirements {
  const onlyOne = sameForAll(settings);
  if (onlyOne) {
    return onlyOne;
  }
  if (tags.kind === 'unknown') {
    return tags;
  }
  if (!environmentTag(tags.value, settings) && inheritedTags.kind === 'unknown') {
    return inheritedTags;
  }
  const inherited = inheritedTags.kind === 'known' ? inheritedTags.value : [];
  const environment = environmentOf([tags.value, ...inherited], settings);
  return { kind: 'known', environment, settings: settingsOf(environment, settings) };
}

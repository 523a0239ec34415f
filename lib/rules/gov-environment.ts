import { environmentTag, taggedIn } from '../domain/environment.ts';
import { onceFor } from '../domain/memo.ts';
import { defineRule } from '../domain/rule.ts';
import type { JudgementSettings } from '../domain/settings.ts';

/** Environments that every organisation has; the settings may add others. */
const usual = ['prod', 'nonprod', 'sandbox'];

const definedEnvironments = onceFor(({ environments, defaultEnvironment }: JudgementSettings): readonly string[] => {
  const own = [defaultEnvironment, ...Object.keys(environments)].map((name) => name.toLowerCase());
  return [...new Set([...usual, ...own])].toSorted();
});

export const govEnvironment = defineRule({
  id: 'gov-environment',
  title: 'The environment of the VM is defined',
  category: 'governance',
  severity: 'info',
  rationale:
    'RPO, retention and redundancy that are required differ by environment. The first tag of environmentTagNames on VM, resource group or subscription names it (prod, nonprod, sandbox, or one of the settings); without one the default holds. A name that is not defined is judged like the default.',
  sources: ['Design decision of the catalogue of rules'],
  reviewed: '2026-11-21',
  needs: { tags: (tags) => tags },
  pass: {
    Defined: 'The environment {environment} is defined.',
    ByDefault: 'No tag names an environment: {environment} holds by default.',
  },
  fail: { NotDefined: "Environment '{environment}' is not defined; defined are {defined}." },
  remedies: {
    NotDefined: {
      text: 'Correct the tag on the VM, its resource group or its subscription, or define the environment (setting environments).',
      commands: ['az tag update --resource-id {vmId} --operation Merge --tags {tag}={default}'],
    },
  },
  check({ tags }, { settings }, { inheritedTags }) {
    const own = environmentTag(tags, settings);
    if (own === undefined && inheritedTags.kind === 'unknown') {
      return inheritedTags;
    }
    const environment = own ?? (inheritedTags.kind === 'known' ? taggedIn(inheritedTags.value, settings) : undefined);
    if (environment === undefined) {
      return { kind: 'pass', reason: 'ByDefault', details: { environment: settings.defaultEnvironment.toLowerCase() } };
    }
    const defined = definedEnvironments(settings);
    return defined.includes(environment)
      ? { kind: 'pass', reason: 'Defined', details: { environment } }
      : {
          kind: 'fail',
          reason: 'NotDefined',
          details: { environment, defined: defined.join(', ') },
          commandDetails: { tag: settings.environmentTagNames[0] ?? '', default: settings.defaultEnvironment },
        };
  },
});

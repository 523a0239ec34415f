import { region as plainRegion } from '../../domain/ids.ts';
import type { Destination } from './destination.ts';
import type { Match } from './match.ts';

/** A service tag in lower case; `region` is set for the regional form, for example `storage` in `westeurope`. */
export interface ServiceTag {
  readonly name: string;
  readonly region?: string;
}

/** Region names of AzureCloud tags that differ from the region's own name (service tags page). */
const irregularRegions = new Map([
  ['centralfrance', 'francecentral'],
  ['southfrance', 'francesouth'],
  ['germanywc', 'germanywestcentral'],
  ['germanyn', 'germanynorth'],
  ['norwaye', 'norwayeast'],
  ['norwayw', 'norwaywest'],
  ['switzerlandn', 'switzerlandnorth'],
  ['switzerlandw', 'switzerlandwest'],
]);

/** A region in the one spelling in which regions are compared. */
export function tagRegion(text: string): string {
  const plain = plainRegion(text);
  return irregularRegions.get(plain) ?? plain;
}

/** Reads the name of a service tag in any case; `undefined` if the text cannot be one. */
export function parseServiceTag(text: string): ServiceTag | undefined {
  const [, name, region] = /^([a-z][a-z0-9]*)(?:\.([a-z0-9 ]+))?$/i.exec(text) ?? [];
  if (!name) {
    return undefined;
  }
  return { name: name.toLowerCase(), ...(region ? { region: tagRegion(region) } : {}) };
}

/** The one spelling under which a tag is looked up in service tag data. */
export function tagKey({ name, region }: ServiceTag): string {
  return region ? `${name}.${region}` : name;
}

/** The tag of a destination as rules and routes name it; storage without a known region is all of storage. */
export function tagOf(destination: Destination, region: string | undefined): string {
  return destination === 'Storage' && region ? `Storage.${region}` : destination;
}

function ifRegion(tag: ServiceTag, region: string | undefined): Match {
  if (region === undefined) {
    return 'maybe';
  }
  return tag.region === region ? 'yes' : 'no';
}

type Covers = (tag: ServiceTag, destination: Destination, region: string | undefined) => Match;

/** Tags that have to do with a destination; every other tag covers none of them. */
const coverage = new Map<string, Covers>([
  ['internet', () => 'yes'],
  [
    'azurecloud',
    (tag, destination, region) => {
      if (!tag.region) {
        return 'yes';
      }
      return destination === 'Storage' ? ifRegion(tag, region) : 'maybe';
    },
  ],
  [
    'storage',
    (tag, destination, region) => {
      if (destination !== 'Storage') {
        return 'no';
      }
      return tag.region ? ifRegion(tag, region) : 'yes';
    },
  ],
  [
    'azurebackup',
    (tag, destination) => {
      if (destination !== 'AzureBackup') {
        return 'no';
      }
      // Regional forms of this tag are not documented.
      return tag.region ? 'maybe' : 'yes';
    },
  ],
  [
    'azureactivedirectory',
    (tag, destination) => (destination === 'AzureActiveDirectory' && !tag.region ? 'yes' : 'no'),
  ],
]);

/**
 * How much of a destination a tag covers, without service tag data: all, some or none of it. That AzureCloud holds all
 * prefixes of Entra ID, and that unrelated tags never overlap, is unconfirmed.
 */
export function tagCovers(tag: ServiceTag, destination: Destination, region: string | undefined): Match {
  return coverage.get(tag.name)?.(tag, destination, region) ?? 'no';
}

import { controlMap, controlMapAsOf, frameworksWithoutControl } from './control-map.ts';
import { type FindingFamily, findingFamilies } from './finding-family.ts';
import { table } from './markdown.ts';

/** A control for which a finding is evidence; never a statement that the control is met. */
export interface EvidenceFor {
  readonly framework: string;
  readonly version: string;
  readonly control: string;
  readonly title: string;
  /** Whether the title was re-read in the standard when the map was made. */
  readonly titleIs: 'read' | 'unconfirmed';
  readonly relation: 'direct' | 'supporting';
  readonly source: string;
}

/** The controls for which findings of a family are evidence, in the order of the map. */
export function evidenceFor(family: FindingFamily): readonly EvidenceFor[] {
  return controlMap
    .filter(([, , , , , , , families]) => families.includes(family))
    .map(([framework, version, control, title, titleIs, relation, source]) => ({
      framework,
      version,
      control,
      title,
      titleIs,
      relation,
      source,
    }));
}

/** The whole map as a Markdown page. */
export function renderControls(): string {
  const families = Object.keys(findingFamilies) as FindingFamily[];
  const rows = controlMap.map(([framework, version, control, title, titleIs, relation, source, of]) => [
    framework,
    version,
    control,
    titleIs === 'unconfirmed' && title !== '' ? `${title} (unconfirmed)` : title,
    relation,
    source,
    of.map((family) => findingFamilies[family]).join('; '),
  ]);
  const empty = frameworksWithoutControl.map(({ framework, version, why }) => `- ${framework} ${version}: ${why}`);
  return `${[
    '# Controls',
    `Findings of Backstop are evidence for these controls. Nothing here says that a control is met. As of ${controlMapAsOf}; relations from a Microsoft initiative are marked as such, titles that were not re-read as unconfirmed.`,
    table(['framework', 'version', 'control', 'title', 'relation', 'source', 'findings'], rows),
    '## Without a control',
    empty.join('\n'),
    '## Groups of findings',
    families.map((family) => `- \`${family}\`: ${findingFamilies[family]}`).join('\n'),
  ].join('\n\n')}\n`;
}

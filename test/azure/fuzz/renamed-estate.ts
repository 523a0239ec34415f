import { Estate } from '../../../local/estates/estate.ts';
import { mapTexts } from './map-texts.ts';

/** Types whose names an organisation chooses, and which other resources and jobs name. */
const renamedTypes = /^microsoft\.(compute\/(virtualmachines|disks)|recoveryservices\/vaults(\/backuppolicies)?)$/i;

/** Groups that a platform names, and by whose names it is known. */
const platformGroup = /^(mc_|azurebackuprg|databricks|synapse)/i;

function namesIn({ resources }: Estate): readonly string[] {
  const groups = resources.flatMap(({ id }) => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? []);
  const own = resources.filter(({ type }) => renamedTypes.test(type)).map(({ name }) => name);
  return [
    ...new Set([...groups.filter((group) => !platformGroup.test(group)), ...own].map((name) => name.toLowerCase())),
  ];
}

/** The same estate, every VM, disk, vault, policy and resource group called by its former name and a suffix. */
export function renamedEstate(estate: Estate, suffix: string): Estate {
  const names = new Set(namesIn(estate));
  // Names stand alone, in ids between slashes, and in the names of containers and items between semicolons.
  const renamed = (text: string) =>
    text
      .split(/([/;])/)
      .map((part) => (names.has(part.toLowerCase()) ? `${part}${suffix}` : part))
      .join('');
  return Estate.parse(mapTexts(estate, renamed));
}

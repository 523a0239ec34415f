import { makeStyles, tokens } from '@fluentui/react-components';

import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';

const useStyles = makeStyles({ whole: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 } });

/** A scope in words, with the filter of the VMs that it contains. */
interface Place {
  readonly name: string;
  readonly kind: string;
  readonly filter: Readonly<Record<string, string>>;
}

function placeOf(scope: string): Place {
  const [, subscription = '', , resourceGroup, ...rest] = scope.split('/').filter(Boolean);
  const name = rest.at(-1);
  if (resourceGroup === undefined) {
    return { name: subscription, kind: 'subscription', filter: { subscription } };
  }
  if (name === undefined) {
    return { name: resourceGroup, kind: `resource group in ${subscription}`, filter: { subscription, resourceGroup } };
  }
  return { name, kind: `VM in ${resourceGroup}, ${subscription}`, filter: { subscription, resourceGroup, q: name } };
}

/** What an exemption covers: its name, which leads to its VMs, and where that stands. */
export function ExemptionScope({ scope }: { readonly scope: string }) {
  const styles = useStyles();
  const { name, kind, filter } = placeOf(scope);
  return (
    <>
      <PageLink to={addressOf('vms', undefined, filter)}>{name}</PageLink>
      <div className={styles.whole}>{kind}</div>
    </>
  );
}

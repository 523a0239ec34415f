import { Text } from '@fluentui/react-components';

import { addressOf } from './location.ts';
import { Page } from './page.tsx';
import { PageLink } from './page-link.tsx';

/** What is shown at an address that leads nowhere. */
export function NoView() {
  return (
    <Page title="There is no such page">
      <Text>
        The address leads nowhere. <PageLink to={addressOf('posture')}>The posture</PageLink> is a place to start from.
      </Text>
    </Page>
  );
}

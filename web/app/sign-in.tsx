import { Link, Text } from '@fluentui/react-components';

import { Page } from './page.tsx';

/** Shown where the platform asks for a sign-in: App Service authentication does that at an address of this app. */
export function SignIn() {
  const back = encodeURIComponent(location.pathname + location.search);
  return (
    <Page title="Sign in">
      <Text>
        The API answers only to callers who are signed in, and a sign-in ends after some time.{' '}
        <Link href={`/.auth/login/aad?post_login_redirect_uri=${back}`}>Sign in with Microsoft Entra ID</Link>
      </Text>
    </Page>
  );
}

import { FluentProvider } from '@fluentui/react-components';

import { useRefusal } from '../api/session.ts';
import { useAppearance } from './appearance.ts';
import { Frame } from './frame.tsx';
import { KeyForm } from './key-form.tsx';
import { usePlace } from './location.ts';
import { SignIn } from './sign-in.tsx';
import { View } from './view.tsx';

/** The dashboard: a frame with one view in it, or the way in. */
export function App() {
  const { appearance, theme, choose } = useAppearance();
  const place = usePlace();
  const refusal = useRefusal();
  return (
    <FluentProvider theme={theme}>
      <Frame place={place} appearance={appearance} onAppearance={choose}>
        {refusal === 'none' && <View place={place} />}
        {refusal === 'key' && <KeyForm />}
        {refusal === 'sign-in' && <SignIn />}
      </Frame>
    </FluentProvider>
  );
}

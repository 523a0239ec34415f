import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';

import type { ApiError } from '../api/request.ts';

interface FailureProps {
  readonly error: ApiError;
  readonly onAgain?: () => void;
}

/** What the API said when it did not answer, in its words. */
export function Failure({ error, onAgain }: FailureProps) {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{error.title}</MessageBarTitle>
        {error.message}
      </MessageBarBody>
      {onAgain && (
        <MessageBarActions>
          <Button onClick={onAgain}>Try again</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

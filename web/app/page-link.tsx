import { Link } from '@fluentui/react-components';
import type { MouseEvent, ReactNode } from 'react';

import { navigate } from './location.ts';

interface PageLinkProps {
  /** An address made by `addressOf`. */
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly current?: boolean;
  readonly label?: string;
}

/** A link to another view: it works in a new tab like any other, and without loading the page anew in this one. */
export function PageLink({ to, children, className, current, label }: PageLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      navigate(to);
    }
  };
  return (
    <Link
      href={to}
      onClick={follow}
      className={className}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
    >
      {children}
    </Link>
  );
}

import { lazy, Suspense } from 'react';

import { Loading } from '../elements/loading.tsx';
import { PostureView } from '../posture/posture-view.tsx';
import type { Place } from './location.ts';
import { NoView } from './no-view.tsx';

// The posture is what most people come for: it is there at once, the others are loaded when they are wanted.
const VmsView = lazy(async () => ({ default: (await import('../vms/vms-view.tsx')).VmsView }));
const VmView = lazy(async () => ({ default: (await import('../vm/vm-view.tsx')).VmView }));
const ExemptionsView = lazy(async () => ({
  default: (await import('../exemptions/exemptions-view.tsx')).ExemptionsView,
}));
const SweepsView = lazy(async () => ({ default: (await import('../sweeps/sweeps-view.tsx')).SweepsView }));
const RulesView = lazy(async () => ({ default: (await import('../rules/rules-view.tsx')).RulesView }));

function viewAt({ path, query }: Place) {
  const [name, part, ...rest] = path;
  if (rest.length > 0) {
    return <NoView />;
  }
  switch (name) {
    case undefined:
      return <PostureView />;
    case 'vms':
      return part === undefined ? <VmsView query={query} /> : <VmView key={part} vmKey={part} />;
    case 'exemptions':
      return <ExemptionsView query={query} />;
    case 'sweeps':
      return <SweepsView />;
    case 'rules':
      return <RulesView chosen={part} query={query} />;
    default:
      return <NoView />;
  }
}

/** The view at a place. */
export function View({ place }: { readonly place: Place }) {
  return <Suspense fallback={<Loading what="the page" />}>{viewAt(place)}</Suspense>;
}

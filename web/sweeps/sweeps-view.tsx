import { Page } from '../app/page.tsx';
export function SweepsView(_: object) {
  return <Page title="SweepsView">soon</Page>;
}

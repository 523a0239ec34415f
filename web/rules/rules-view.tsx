import { Page } from '../app/page.tsx';
export function RulesView(_: { readonly chosen: string | undefined }) {
  return <Page title="RulesView">soon</Page>;
}

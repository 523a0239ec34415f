import type { Finding } from '../../lib/domain/finding.ts';
import { Section } from '../elements/section.tsx';
import { FindingList } from './finding-list.tsx';

interface FindingsProps {
  readonly findings: readonly Finding[];
  /** Whether those that passed are among them. */
  readonly areAll: boolean;
}

const isOpen = ({ outcome }: Finding) => outcome === 'fail' || outcome === 'unknown';

/** What the rules said about the VM; what is open comes first. */
export function Findings({ findings, areAll }: FindingsProps) {
  const open = findings.filter(isOpen);
  const closed = findings.filter((finding) => !isOpen(finding));
  return (
    <>
      <Section title={`Open findings (${open.length})`}>
        {open.length === 0 ? <div>No rule failed, and none had to stay open.</div> : <FindingList findings={open} />}
        {!areAll && <div>Rules that passed are not stored: "Judge now" reads the VM and shows them all.</div>}
      </Section>
      {areAll && (
        <Section title={`Passed, or without a question (${closed.length})`}>
          <FindingList findings={closed} />
        </Section>
      )}
    </>
  );
}

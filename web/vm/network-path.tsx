import type { Finding } from '../../lib/domain/finding.ts';
import { Section } from '../elements/section.tsx';
import { PathDrawing } from './path-drawing.tsx';
import { networkOf } from './path-of-findings.ts';

interface NetworkPathProps {
  readonly findings: readonly Finding[];
  readonly wasJudgedNow: boolean;
}

function whyNot(findings: readonly Finding[], wasJudgedNow: boolean): string {
  const open = findings.find(({ category, outcome }) => category === 'network' && outcome === 'unknown');
  if (open) {
    return `The network is unknown: ${open.message}`;
  }
  return wasJudgedNow
    ? 'No rule looked at the network of this VM.'
    : 'No network rule is open, so the path is not stored: "Judge now" reads and draws it.';
}

/** How backup traffic gets out, from the evidence of the network rules. */
export function NetworkPath({ findings, wasJudgedNow }: NetworkPathProps) {
  const network = networkOf(findings);
  return (
    <Section title="Network path">
      {network ? <PathDrawing network={network} /> : <div>{whyNot(findings, wasJudgedNow)}</div>}
      <div>
        Plain VM backup needs no way out; workload backup, MARS and some VMs need TCP 443. Whether this VM does, its
        findings say.
      </div>
    </Section>
  );
}

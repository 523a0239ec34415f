import { agentReadiness } from '../domain/agent.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import { policyInQuestion } from '../domain/intended-policy.ts';
import { cannotTell, defineRule, type JudgementContext, notApplicable } from '../domain/rule.ts';
import { isOneOf, isWord } from '../domain/word.ts';
import { groupNames } from './network/evidence-names.ts';
import { hostChannel } from './network/host-channel.ts';
import { judgedNetwork } from './network/judged-network.ts';

/** Power states in which nothing runs that could use the channel (ruling 8). */
const notRunning = ['stopped', 'stopping', 'deallocated', 'deallocating'];

function isAgentReady({ vm, agent }: FactSheet, { now }: JudgementContext): boolean {
  return vm.kind === 'known' && agent.kind === 'known' && agentReadiness(vm.value, agent.value, now).kind === 'ready';
}

export const networkWireserver = defineRule({
  id: 'network-wireserver',
  title: 'No NSG rule denies the Azure host at 168.63.129.16',
  category: 'network',
  severity: 'warning',
  rationale:
    'Agent and extensions talk to 168.63.129.16 on TCP 80, 443 and 32526; without it no snapshot is consistent for files or applications. Crash-consistent backup without agent does not need it. Whether an NSG rule can cut the channel at all is unconfirmed; a firewall in the guest can, and cannot be seen.',
  sources: [
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12',
    'What is IP address 168.63.129.16',
  ],
  reviewed: '2026-11-21',
  needs: {
    power: (power) => ({ powerState: power }),
    network: groupNames,
  },
  pass: { NotDenied: 'No NSG rule denies 168.63.129.16, and the agent is ready.' },
  fail: { Denied: 'Rule {rule} of NSG {nsg} ({level}) denies the Azure host channel 168.63.129.16.' },
  remedies: {
    Denied: {
      text: 'Delete the rule; allow the address in the guest firewall.',
      commands: [
        'az network nsg rule delete --subscription {nsgSubscription} -g {nsgResourceGroup} --nsg-name {nsg} -n {rule}',
      ],
    },
  },
  concerns({ power }) {
    const isOff = power.kind === 'known' && isOneOf(power.value, notRunning);
    return !isOff || `The VM is ${power.value}: nothing in it uses the channel.`;
  },
  check({ network }, context, sheet) {
    const channel = hostChannel(judgedNetwork(network));
    if (channel.kind === 'open' && isAgentReady(sheet, context)) {
      return { kind: 'pass', reason: 'NotDenied', details: {} };
    }
    const question = policyInQuestion(sheet, context.settings);
    const policy = 'policy' in question ? question.policy : undefined;
    if (isWord(policy?.snapshotConsistency, 'OnlyCrashConsistent')) {
      return notApplicable('The policy is crash-consistent only and needs no agent.');
    }
    switch (channel.kind) {
      case 'denied': {
        const { group, level, rule } = channel.denial;
        return question.kind === 'unknown'
          ? question
          : {
              kind: 'fail',
              reason: 'Denied',
              details: { rule, nsg: group.name, level },
              commandDetails: { nsgSubscription: group.subscription, nsgResourceGroup: group.resourceGroup },
            };
      }
      case 'unread':
        return cannotTell('partial-inventory', 'A network security group of the VM could not be read.');
      case 'doubtful':
        return cannotTell('not-reported', 'An NSG rule about 168.63.129.16 may or may not be for this VM.');
      default:
        return cannotTell(
          'not-exposed',
          'No NSG rule denies 168.63.129.16, but the agent is not known to be ready; a firewall in the guest cannot be seen.',
        );
    }
  },
});

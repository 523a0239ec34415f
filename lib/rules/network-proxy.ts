import { tagValue } from '../domain/machine.ts';
import { networkErrorOf, networkNeed } from '../domain/network-need.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { isWord } from '../domain/word.ts';

export const networkProxy = defineRule({
  id: 'network-proxy',
  title: 'The proxy of the VM, if it uses one, does not ask who it is',
  category: 'network',
  severity: 'info',
  rationale:
    'A proxy that needs no sign-in is supported, one with sign-in is not (HTTP 407 in its log). Which one is used only the guest knows: Windows for the SYSTEM account, Linux in /etc/environment and /etc/waagent.conf (HttpProxy.Host, HttpProxy.Port; Python 2.7 or later). So this only explains failures, by a tag of the VM.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26'],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({
      healthDetails: judgedItem(items)
        ?.healthDetails?.map(({ code }) => code)
        .join(', '),
    }),
  },
  pass: {},
  fail: {
    SignInNeeded:
      'The last backup failed ({error}), and tag {tag} says that the VM uses a proxy that requires authentication.',
  },
  remedies: {
    SignInNeeded: {
      text: 'Use a proxy without authentication and with outbound stickiness, or none for 168.63.129.16 and the service tags AzureBackup, Storage and AzureActiveDirectory.',
      commands: [],
    },
  },
  check(_, { settings }, sheet) {
    const need = networkNeed(sheet, settings);
    if (need.kind !== 'needed') {
      return notApplicable('Nothing shows that the backup of the VM uses its network.');
    }
    const error = networkErrorOf(sheet);
    const { tags } = sheet;
    const declared = tags.kind === 'known' ? tagValue(tags.value, settings.proxyTagName) : undefined;
    return error.kind === 'seen' && isWord(declared, 'authenticated')
      ? { kind: 'fail', reason: 'SignInNeeded', details: { error: error.name, tag: settings.proxyTagName } }
      : cannotTell(
          'not-exposed',
          'Azure does not show the proxy of a guest. If this VM uses one, it must not require authentication (HTTP 407 in its log).',
        );
  },
});

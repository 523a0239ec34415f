import { region } from '../domain/ids.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { isWord } from '../domain/word.ts';

export const securityConfidentialVm = defineRule({
  id: 'security-confidential-vm',
  title: 'The Confidential VM is within the preview of its backup',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    "Preview since January 2026: DC-series v6 in some regions (setting confidentialVmRegions), OS-disk encryption only, subscription feature registered, vault of the same subscription, not for production. Within a region only Azure's own pre-validation tells, and the documents disagree: until it was asked, nothing passes.",
  sources: [
    'Back up Confidential VM (preview), 2026-01-28',
    'Support matrix for Azure VM backups, 2026-01-28 and 2026-03-26 (the list of regions moved away)',
  ],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({
      'securityProfile.securityType': vm.securityType,
      location: vm.region,
      'hardwareProfile.vmSize': vm.vmSize,
      securityEncryptionType: vm.confidentialEncryption,
    }),
  },
  pass: {},
  fail: { RegionNotListed: 'Confidential VM backup is not available for {vmSize} in {region}; it is in {regions}.' },
  remedies: {
    RegionNotListed: {
      text: 'Accept the gap by an exemption, or move the workload to a listed region or to a VM that is not confidential.',
      commands: [],
    },
  },
  concerns({ vm }) {
    return vm.kind === 'unknown' || isWord(vm.value.securityType, 'ConfidentialVM') || 'The VM is not confidential.';
  },
  check({ vm }, { settings }) {
    const vmSize = vm.vmSize ?? 'a VM of unknown size';
    const regions = settings.confidentialVmRegions;
    return regions.some((each) => region(each) === vm.region)
      ? cannotTell(
          'docs-disagree',
          `The preview is open in ${vm.region}; whether it takes ${vmSize} only Azure's pre-validation tells.`,
        )
      : {
          kind: 'fail',
          reason: 'RegionNotListed',
          details: { vmSize, region: vm.region, regions: regions.join(', ') || 'no region' },
        };
  },
});

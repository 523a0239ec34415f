import { everyAddress, parseCidr } from './cidr.ts';
import { type RangeSet, without } from './range-set.ts';

/**
 * Ranges in which no public service lives, and the host address 168.63.129.16: it is exempt from network security
 * groups and user routes, so a rule about it must not make the rest uncertain.
 */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '168.63.129.16/32',
].flatMap((text) => parseCidr(text) ?? []);

/** All IPv4 addresses at which a public Azure service may answer. */
export const publicSpace: RangeSet = without([everyAddress], notPublic);

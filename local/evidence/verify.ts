import { parseArgs } from 'node:util';

import { DefaultAzureCredential } from '@azure/identity';

import { createBlobs } from '../../lib/azure/blobs.ts';
import { type EvidenceSource, verifyEvidence } from '../../lib/use-cases/verify-evidence.ts';
import { folderSource } from './folder.ts';
import { evidenceLines } from './report.ts';

const usage = `Usage: npm run verify-evidence -- --from <folder or https://account.blob.core.windows.net/evidence> [--noted <SHA-256>]
  --from   a folder that the container was downloaded to, or the container (read with your own login)
  --noted  SHA-256 of a manifest that was noted elsewhere: everything up to its day is then compared with that`;

/** A container by its address, or a folder. */
function sourceOf(from: string): EvidenceSource {
  if (!/^https?:\/\//.test(from)) {
    return folderSource(from);
  }
  const [, uri = '', container = ''] = /^(.+)\/([^/]+)\/?$/.exec(from) ?? [];
  return createBlobs(uri, container, { credential: new DefaultAzureCredential() });
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, noted: { type: 'string' } } });
  const { from, noted } = values;
  if (from === undefined || (noted !== undefined && !/^[0-9a-f]{64}$/.test(noted))) {
    console.error(usage);
    return 2;
  }
  const verified = await verifyEvidence(sourceOf(from), noted);
  for (const line of evidenceLines(verified, noted)) {
    console.log(line);
  }
  if (verified.days.length === 0) {
    console.error(`There is no snapshot in ${from}.`);
    return 1;
  }
  return verified.problems.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.error(usage);
  process.exitCode = 2;
}

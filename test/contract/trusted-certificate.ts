import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

import { afterAll } from 'vitest';

import { type Certificate, makeCertificate } from '../../local/azure/certificate.ts';

/**
 * A certificate that this process trusts, for the servers of a test file: NODE_EXTRA_CA_CERTS would have to be there before
 * the process starts. Its files are gone when the file is done.
 */
export async function trustedCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'backstop-test-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const certificate = await makeCertificate(folder);
  setDefaultCACertificates([...getCACertificates('default'), certificate.cert]);
  return certificate;
}

import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { must } from '../../scripts/lib/process.mjs';
import { testRun } from './namespace.js';

/** A CA of a test's own, and a certificate of it for this machine; files in PEM. */
export interface Certificates {
  ca: string;
  cert: string;
  key: string;
  caFile: string;
  certFile: string;
  keyFile: string;
}

const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:192.0.2.1';

/** Makes both, good for a day. */
export async function makeCertificates(): Promise<Certificates> {
  const { folder } = await testRun();
  const at = await mkdtemp(path.join(folder, 'tls-'));
  const [caFile, caKey] = [path.join(at, 'ca.pem'), path.join(at, 'ca-key.pem')];
  const [certFile, keyFile] = [path.join(at, 'cert.pem'), path.join(at, 'key.pem')];
  const request = path.join(at, 'request.pem');
  const extensions = path.join(at, 'extensions');
  await writeFile(extensions, names);
  const fresh = ['-newkey', 'rsa:2048', '-nodes'];
  await must('openssl', [
    ...['req', '-x509', ...fresh, '-days', '1', '-keyout', caKey, '-out', caFile],
    ...['-subj', '/CN=test CA', '-addext', 'basicConstraints=critical,CA:TRUE'],
  ]);
  await must('openssl', [
    ...['req', ...fresh, '-keyout', keyFile, '-out', request, '-subj', '/CN=localhost'],
  ]);
  await must('openssl', [
    ...['x509', '-req', '-in', request, '-CA', caFile, '-CAkey', caKey, '-CAcreateserial'],
    ...['-days', '1', '-out', certFile, '-extfile', extensions],
  ]);
  const [ca, cert, key] = await Promise.all([caFile, certFile, keyFile].map(pem));
  return { ca: ca ?? '', cert: cert ?? '', key: key ?? '', caFile, certFile, keyFile };
}

const pem = (file: string) => readFile(file, 'utf8');

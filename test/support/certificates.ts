import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { must } from '../../scripts/lib/process.mjs';
import { testRun } from './namespace.js';

/** A certificate with its key in PEM, and the files that hold them. */
export interface Pair {
  cert: string;
  key: string;
  certFile: string;
  keyFile: string;
}

/** A CA of a test's own, and a certificate of it for this machine; files in PEM. */
export interface Certificates extends Pair {
  ca: string;
  caFile: string;
  /** Makes another certificate of that CA; of one that has expired the days are negative. */
  another(days: number): Promise<Pair>;
}

const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:192.0.2.1,IP:10.210.0.254';
const fresh = ['-newkey', 'rsa:2048', '-nodes'];

/** Makes both, good for a day. */
export async function makeCertificates(): Promise<Certificates> {
  const { folder } = await testRun();
  const at = await mkdtemp(path.join(folder, 'tls-'));
  const [caFile, caKey] = [path.join(at, 'ca.pem'), path.join(at, 'ca-key.pem')];
  await must('openssl', [
    ...['req', '-x509', ...fresh, '-days', '1', '-keyout', caKey, '-out', caFile],
    ...['-subj', '/CN=test CA', '-addext', 'basicConstraints=critical,CA:TRUE'],
  ]);
  const another = async (days: number): Promise<Pair> => {
    const own = await mkdtemp(path.join(at, 'pair-'));
    const [certFile, keyFile] = [path.join(own, 'cert.pem'), path.join(own, 'key.pem')];
    const request = path.join(own, 'request.pem');
    const extensions = path.join(own, 'extensions');
    await writeFile(extensions, names);
    await must('openssl', [
      ...['req', ...fresh, '-keyout', keyFile, '-out', request, '-subj', '/CN=localhost'],
    ]);
    await must('openssl', [
      ...['x509', '-req', '-in', request, '-CA', caFile, '-CAkey', caKey, '-CAcreateserial'],
      ...['-days', String(days), '-out', certFile, '-extfile', extensions],
    ]);
    return { cert: await pem(certFile), key: await pem(keyFile), certFile, keyFile };
  };
  return { ca: await pem(caFile), caFile, another, ...(await another(1)) };
}

const pem = (file: string) => readFile(file, 'utf8');

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';

/** The files of a self-signed certificate for 127.0.0.1 and of its key. */
export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/**
 * Makes a certificate for 127.0.0.1 in a folder.
 *
 * @throws Error with the command that installs openssl when it is missing.
 */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const extensions = ['basicConstraints=critical,CA:FALSE', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  try {
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-keyout', keyFile, '-out', certificateFile],
      ...extensions.flatMap((extension) => ['-addext', extension]),
    ]);
  } catch (error) {
    throw new Error('cannot make a certificate; openssl is installed, for example, by: apt-get install openssl', {
      cause: error,
    });
  }
  return { certificateFile, keyFile };
}

/** Has this process trust a certificate from now on, and returns the variables that have others do: Node.js and the CDK. */
export async function trust({ certificateFile }: Certificate): Promise<Readonly<Record<string, string>>> {
  setDefaultCACertificates([...getCACertificates('default'), await readFile(certificateFile, 'utf8')]);
  return { NODE_EXTRA_CA_CERTS: certificateFile, AWS_CA_BUNDLE: certificateFile };
}

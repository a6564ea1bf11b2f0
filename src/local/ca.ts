import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generate } from 'selfsigned';

/** Certificates in PEM. Whoever trusts `certPem` can speak https with the local tenant, and with nobody else. */
export interface LoopbackCertificates {
  readonly certPem: string;
  readonly keyPem: string;
  readonly serverCertPem: string;
  readonly serverKeyPem: string;
}

/** `caFile` is the path for NODE_EXTRA_CA_CERTS. */
export interface LoopbackCa extends LoopbackCertificates {
  readonly caFile: string;
}

const DAY_MS = 86_400_000;
const CA_DAYS = 3650;
const SERVER_DAYS = 390; // some clients refuse server certificates that live longer than 398 days
const RENEW_BEFORE_MS = DAY_MS;

interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** Each authority has a name of its own: of two with one name, a client that trusts both tries only the first. */
const authorityName = (): string => `ITIL-NEXT local tenant ${randomBytes(4).toString('hex')}`;

const makePair = async (now: number, issuer?: Pair): Promise<Pair> => {
  const days = issuer ? SERVER_DAYS : CA_DAYS;
  const made = await generate([{ name: 'commonName', value: issuer ? 'localhost' : authorityName() }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + days * DAY_MS),
    extensions: issuer
      ? [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'keyUsage', digitalSignature: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: 'localhost' },
              { type: 7, ip: '127.0.0.1' },
            ],
          },
        ]
      : [
          { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
          { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
        ],
    ...(issuer ? { ca: issuer } : {}),
  });
  return { cert: made.cert, key: made.private };
};

/** A pair is usable when both halves belong together, were issued by `issuer` and live for another day. */
const usable = (pair: Pair, now: number, issuer?: Pair): boolean => {
  try {
    const certificate = new X509Certificate(pair.cert);
    const issuedBy = new X509Certificate((issuer ?? pair).cert);
    return (
      certificate.checkPrivateKey(createPrivateKey(pair.key)) &&
      certificate.verify(issuedBy.publicKey) &&
      Date.parse(certificate.validTo) > now + RENEW_BEFORE_MS
    );
  } catch {
    return false; // not a certificate at all: the same cure, a new one
  }
};

const readPair = async (folder: string, name: string): Promise<Pair | undefined> => {
  try {
    const [cert, key] = await Promise.all([
      readFile(path.join(folder, `${name}.pem`), 'utf8'),
      readFile(path.join(folder, `${name}-key.pem`), 'utf8'),
    ]);
    return { cert, key };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
};

const keep = async (file: string, pem: string): Promise<void> => {
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, pem, { mode: 0o600 });
  await rename(draft, file);
};

const writePair = async (folder: string, name: string, pair: Pair): Promise<void> => {
  await keep(path.join(folder, `${name}-key.pem`), pair.key);
  await keep(path.join(folder, `${name}.pem`), pair.cert);
};

/**
 * The certificate authority of the local tenant, made at the first start and kept in `folder` (keys 0600).
 * A pair that has expired, or does not fit together, is made anew; a new CA also renews the server's certificate.
 * @param now milliseconds since 1970
 */
export const loopbackCa = async (folder: string, now: number = Date.now()): Promise<LoopbackCa> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let ca = await readPair(folder, 'ca');
  if (!ca || !usable(ca, now)) {
    ca = await makePair(now);
    await writePair(folder, 'ca', ca);
  }
  let server = await readPair(folder, 'localhost');
  if (!server || !usable(server, now, ca)) {
    server = await makePair(now, ca);
    await writePair(folder, 'localhost', server);
  }
  return {
    certPem: ca.cert,
    keyPem: ca.key,
    serverCertPem: server.cert,
    serverKeyPem: server.key,
    caFile: path.join(folder, 'ca.pem'),
  };
};

import tls from 'node:tls';

/**
 * Makes this process trust a local CA from now on: https, fetch and the SDKs built on them.
 * NODE_EXTRA_CA_CERTS cannot do that once the process runs.
 * @param pem the CA's certificate
 */
export const trustLoopbackCa = (pem: string): void => {
  const known = tls.getCACertificates('default');
  if (!known.includes(pem)) tls.setDefaultCACertificates([...known, pem]);
};

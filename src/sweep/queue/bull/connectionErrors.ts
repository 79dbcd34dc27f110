import { InklingError, messageOf } from '../../../core/errors.js';
import { codeOf } from '../../../platform/fileErrors.js';

/** Replies of Redis. */
const LOGIN = /^(?:WRONGPASS|NOPERM|ERR invalid password|ERR AUTH)/;
const NO_LOGIN = 'NOAUTH';
/** Codes of Node.js for certificates that it does not trust. */
const CERTIFICATE = /^(?:DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET|VERIFY)_|CERT_|ERR_TLS_CERT_)/;

/**
 * The error for users if an attempt to connect failed for a reason that trying again does not change.
 *
 * @param address of Redis, without the password
 */
export function permanentError(error: Error, address: string): InklingError | undefined {
  const message = messageOf(error);
  if (message.startsWith(NO_LOGIN)) {
    return new InklingError(
      `queue: ${address} requires a password; state it in the URL, which has the form rediss://user:password@host:port`,
    );
  }
  if (LOGIN.test(message)) {
    return new InklingError(
      `queue: ${address} rejected the user name or the password: ${message}; correct the URL, which has the form rediss://user:password@host:port`,
    );
  }
  if (CERTIFICATE.test(codeOf(error) ?? '')) {
    return new InklingError(
      `queue: the certificate of ${address} is not trusted: ${message}; correct the host name, or set the environment variable NODE_EXTRA_CA_CERTS to the file of the authority that issued it`,
    );
  }
  return undefined;
}

// The public keys with which a client may sign its assertions, and the assertions that it has used.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** All that the service takes; others, like ES256, are not documented. */
export const ASSERTION_ALGORITHMS = ['RS256', 'RS384', 'PS256'] as const;
export type AssertionAlgorithm = (typeof ASSERTION_ALGORITHMS)[number];

/** A credential of the client: a key, and the algorithms with which it may be used. */
export interface ClientKey {
  /** The `kid`, which an assertion may leave out. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly algorithms: readonly AssertionAlgorithm[];
}

export interface OwnKey {
  readonly keyId: string;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
}

const KEY_BITS = 2_048;

export class ClientKeys {
  readonly #keys: ClientKey[] = [];
  readonly #expiryOfUsed = new Map<string, number>();
  #own: OwnKey | undefined;

  /** The key that the client has from the start. Made when it is first asked for, because that takes a tenth of a second. */
  get own(): OwnKey {
    if (this.#own === undefined) {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', {
        modulusLength: KEY_BITS,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      this.#own = { keyId: this.register(publicKey), privateKey };
    }
    return this.#own;
  }

  /**
   * @param publicKeyPem a public key or an X.509 certificate
   * @returns the `kid` of the key
   * @throws Error if it is no RSA public key of at least 2,048 bits
   */
  register(publicKeyPem: string, algorithms: readonly AssertionAlgorithm[] = ASSERTION_ALGORITHMS): string {
    const publicKey = rsaPublicKey(publicKeyPem);
    if (publicKey === undefined) throw new Error('The sandbox wants an RSA public key of at least 2048 bits, as PEM.');
    const keyId = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64url');
    this.#keys.push({ keyId, publicKey, algorithms });
    return keyId;
  }

  /** The keys that an assertion may be signed with. */
  candidates(algorithm: AssertionAlgorithm, keyId: string | undefined): readonly ClientKey[] {
    return this.#keys.filter(key => key.algorithms.includes(algorithm) && (keyId === undefined || key.keyId === keyId));
  }

  /** @returns whether it is the first use of this `jti` in its lifetime. */
  use(jti: string, expiresS: number, nowS: number): boolean {
    for (const [used, untilS] of this.#expiryOfUsed) if (untilS <= nowS) this.#expiryOfUsed.delete(used);
    if (this.#expiryOfUsed.has(jti)) return false;
    this.#expiryOfUsed.set(jti, expiresS);
    return true;
  }
}

function rsaPublicKey(pem: string): KeyObject | undefined {
  // From a private key Node would make the public one: whoever sends that here has mixed them up.
  if (pem.includes('PRIVATE KEY')) return undefined;
  try {
    const key = createPublicKey(pem);
    const bits = key.asymmetricKeyType === 'rsa' ? key.asymmetricKeyDetails?.modulusLength : undefined;
    return bits !== undefined && bits >= KEY_BITS ? key : undefined;
  } catch {
    return undefined;
  }
}

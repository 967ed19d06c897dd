// Private key JWT: whether a signed assertion proves that a request comes from the client.
import { constants, verify } from 'node:crypto';
import { isObject, type JsonObject, parseJson } from '../json';
import { ASSERTION_ALGORITHMS, type AssertionAlgorithm, type ClientKeys } from '../state/clientKeys';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Who is asked, and when. */
export interface Verifier {
  readonly domain: string;
  readonly clientId: string;
  readonly clientKeys: ClientKeys;
  readonly now: () => number;
}

/** Limits of the service's documentation. */
const MAX_BYTES = 2_048;
const MAX_JTI_LENGTH = 64;
const MAX_LIFETIME_S = 300;
/** How far `iat` and `nbf` may be in the future. */
const SKEW_S = 10;

const HASHES: Readonly<Record<AssertionAlgorithm, string>> = { RS256: 'sha256', RS384: 'sha384', PS256: 'sha256' };

/** What is wrong with an assertion, for tests; undefined if it is accepted, and has thereby been used. */
export function assertionProblem(assertion: string, verifier: Verifier): string | undefined {
  if (Buffer.byteLength(assertion) > MAX_BYTES) return 'too long';
  const [header, payload, signature, ...rest] = assertion.split('.');
  const [head, claims] = [decoded(header), decoded(payload)];
  if (!head || !claims || signature === undefined || rest.length > 0) return 'no JWT';
  const nowS = verifier.now() / 1000;
  return (
    signatureProblem(head, `${header}.${payload}`, signature, verifier.clientKeys) ??
    partiesProblem(claims, verifier) ??
    timesProblem(claims, nowS) ??
    jtiProblem(claims, verifier.clientKeys, nowS)
  );
}

function signatureProblem(head: JsonObject, signed: string, signature: string, keys: ClientKeys): string | undefined {
  const algorithm = ASSERTION_ALGORITHMS.find(name => name === head.alg);
  if (algorithm === undefined) return 'algorithm';
  if (head.kid !== undefined && typeof head.kid !== 'string') return 'key';
  const candidates = keys.candidates(algorithm, head.kid);
  if (candidates.length === 0) return 'key';
  const bytes = Buffer.from(signature, 'base64url');
  const padding =
    algorithm === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING };
  const isSigned = candidates.some(({ publicKey }) =>
    verify(HASHES[algorithm], Buffer.from(signed), { key: publicKey, ...padding }, bytes),
  );
  return isSigned ? undefined : 'signature';
}

function partiesProblem({ iss, sub, aud }: JsonObject, { clientId, domain }: Verifier): string | undefined {
  if (iss !== clientId) return 'iss';
  if (sub !== clientId) return 'sub';
  // The only form that is documented.
  return aud === `https://${domain}/` ? undefined : 'aud';
}

function timesProblem({ exp, iat, nbf }: JsonObject, nowS: number): string | undefined {
  if (typeof exp !== 'number' || exp <= nowS) return 'exp';
  for (const [name, claim] of Object.entries({ iat, nbf })) {
    if (claim !== undefined && (typeof claim !== 'number' || claim > nowS + SKEW_S)) return name;
  }
  return exp - (typeof iat === 'number' ? iat : nowS) > MAX_LIFETIME_S ? 'lifetime' : undefined;
}

function jtiProblem({ jti, exp }: JsonObject, keys: ClientKeys, nowS: number): string | undefined {
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) return 'jti';
  return keys.use(jti, Number(exp), nowS) ? undefined : 'used before';
}

function decoded(part: string | undefined): JsonObject | undefined {
  try {
    const value = parseJson(Buffer.from(part ?? '', 'base64url').toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

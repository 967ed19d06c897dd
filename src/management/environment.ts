// What a tenant is for: development, staging or production. Auth0 does not tell, so it is guessed, and the user decides.

export const ENVIRONMENTS = ['development', 'staging', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** `unlocked` by the user, for a while; `readOnly` for good. */
export type LockState = 'open' | 'unlocked' | Refusing;

/** The states in which nothing may be changed. */
export type Refusing = 'locked' | 'readOnly';

export function isRefusing(state: LockState): state is Refusing {
  return state === 'locked' || state === 'readOnly';
}

/** Words in names, the strongest first: `prod-test` is more likely production than a test. */
const SIGNS: readonly (readonly [Environment, RegExp])[] = [
  ['production', /^(prod|production|prd|live)$/],
  ['staging', /^(staging|stage|stg|uat|preprod|preproduction|preview|acceptance)$/],
  ['development', /^(dev|develop|development|tests?|testing|qa|sandbox|demo|local|playground)$/],
];

/**
 * Guesses the environment from a tenant's domain and names: `acme-dev.eu.auth0.com`, `Acme (staging)`. Without a sign it
 * is production, where a wrong guess costs a click and not data.
 */
export function guessEnvironment(...names: readonly (string | undefined)[]): Environment {
  const text = names
    .join(' ')
    .toLowerCase()
    .replace(/\bpre[-_ ](?=prod)/g, 'pre');
  const words = text.match(/\p{Letter}+/gu) ?? [];
  return SIGNS.find(([, sign]) => words.some(word => sign.test(word)))?.[0] ?? 'production';
}

export function isEnvironment(value: unknown): value is Environment {
  return ENVIRONMENTS.some(environment => environment === value);
}

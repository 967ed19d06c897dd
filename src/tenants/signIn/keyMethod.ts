// Signing in with the private key of an application (Private Key JWT).
import * as vscode from 'vscode';
import { ASSERTION_ALGORITHMS, isAlgorithm } from '../../management/auth/credentials';
import { cleanKey } from '../../management/auth/pasted';
import { readPrivateKey } from '../../management/auth/privateKey';
import { audienceIn, audienceQuestion, clientIdQuestion, grantRefusal } from './applicationQuestions';
import { clientMethod } from './clientMethod';
import { copyScopes } from './copyScopes';
import { chooseKeyFile } from './keyFile';
import type { MethodFor } from './method';
import { type Answerable, type Question, required } from './question';
import { wrongKey } from './wrongKey';

const HELP = 'https://auth0.com/docs/get-started/applications/configure-private-key-jwt';
const help = () => ({ tooltip: vscode.l10n.t('How to Register a Key'), url: HELP });

/** The one in Auth0’s examples and SDKs. */
const USUAL = 'RS256';

const algorithmQuestion: Question = {
  name: 'algorithm',
  words: () => ({
    placeholder: ASSERTION_ALGORITHMS.join(', '),
    prompt: vscode.l10n.t(
      'The algorithm of the credential in Auth0: {0}. A JWK that names its own is used with that.',
      ASSERTION_ALGORITHMS.join(', '),
    ),
    help: help(),
  }),
  check(answer) {
    const text = cleanKey(answer).toUpperCase();
    if (text === '' || isAlgorithm(text)) return required(text);
    if (/^[A-Z]{2}\d{3}$/.test(text)) return wrongKey({ kind: 'algorithm', algorithm: text });
    // A secret may have been pasted here, where it can be read: it goes, and is quoted nowhere.
    return {
      says: vscode.l10n.t('This is no algorithm. The key and the secret are asked for in a box of their own.'),
      offers: USUAL,
    };
  },
  suggestion: USUAL,
};

const keyQuestion: Question = {
  name: 'privateKey',
  words: () => ({
    placeholder: '-----BEGIN PRIVATE KEY-----',
    prompt: vscode.l10n.t(
      'The [private key]({0}) of the application, as PEM or JWK: paste it, or choose its file with the button above. It is kept in the secret storage of VS Code, and never sent.',
      HELP,
    ),
    password: true,
    copy: copyScopes(),
    help: help(),
    file: { tooltip: vscode.l10n.t('Choose a File…'), read: chooseKeyFile },
  }),
  check(answer) {
    if (answer === '') return required(answer);
    const key = readPrivateKey(answer);
    return 'kind' in key ? wrongKey(key) : undefined;
  },
};

/** With longer ones, an assertion might not fit into the 2,048 bytes that Auth0 takes. */
const MAX_KEY_ID = 128;

const keyIdArgument: Answerable = {
  name: 'keyId',
  check: answer =>
    /^[\x21-\x7e]+$/.test(answer) && answer.length <= MAX_KEY_ID
      ? undefined
      : vscode.l10n.t('`keyId` is not the ID of a key.'),
};

export const keyMethod: MethodFor<'key'> = {
  kind: 'key',
  words: () => ({
    label: vscode.l10n.t('$(shield) Use a private key'),
    detail: vscode.l10n.t('Client ID and key of an application (Private Key JWT). The key stays here.'),
  }),
  questions: [clientIdQuestion, audienceQuestion, algorithmQuestion, keyQuestion],
  alsoPassed: [keyIdArgument],
  read(answers) {
    const clientId = cleanKey(answers.clientId ?? '');
    const key = readPrivateKey(answers.privateKey ?? '');
    const answered = cleanKey(answers.algorithm ?? USUAL).toUpperCase();
    if (clientId === '' || 'kind' in key || !isAlgorithm(answered)) return undefined;
    const { keyId } = answers;
    const audience = audienceIn(answers.audience ?? '');
    return {
      kind: 'key',
      clientId,
      privateKey: key.pem,
      algorithm: key.algorithm ?? answered,
      ...(keyId === undefined ? {} : { keyId }),
      ...(audience === undefined ? {} : { audience }),
    };
  },
  // Auth0 documents no codes that tell an unknown client ID from an unknown key.
  tokenRefusal(error, tenant, { clientId, algorithm, audience }) {
    if (error.kind === 'forbidden') return grantRefusal(error, tenant, audience);
    if (error.kind !== 'unauthorized') return undefined;
    return vscode.l10n.t(
      '{0} does not accept this key for the client ID {1}. Register its public key in the credentials of that application, with the algorithm {2}, and check the client ID.',
      tenant.domain,
      clientId,
      algorithm,
    );
  },
  listRefusal: clientMethod.listRefusal,
};

// What each cell of the matrix must be, reasoned from the design: never taken over from what was observed.
import type { ErrorKind } from '../../../src/management/errors';
import type { Observed, Operation } from './bench';
import type { FaultRow, Outcome } from './rows';
import type { WaitObserved, Write } from './waits';

const TENANT = 'acme.eu.auth0.com';

/** What a person is told of an error, by its kind: a shape, as some sentences name a status or what the service says. */
const SENTENCES: Readonly<Record<ErrorKind, RegExp>> = {
  network: /^acme\.eu\.auth0\.com cannot be reached \(…\)\.$/,
  timeout: /^acme\.eu\.auth0\.com did not answer in time\.$/,
  server:
    /^acme\.eu\.auth0\.com (has a problem of its own \(5\d\d\)\. Try again later\.|gave an answer that cannot be read\b.*)$/,
  invalid: /^acme\.eu\.auth0\.com refused the request: (Expected type object|Payload content length).*$/,
  unauthorized:
    /^The token for acme\.eu\.auth0\.com has expired or is not accepted\.(?: Nothing was saved, your text is kept\.)?$/,
  forbidden: /^The token for acme\.eu\.auth0\.com lacks a scope: update:users\.$/,
  notFound: /^(There is no such user in acme\.eu\.auth0\.com\.|acme\.eu\.auth0\.com has nothing at this address.*)/,
  conflict: /^acme\.eu\.auth0\.com says that this conflicts with what it holds \(409\)\.$/,
  rateLimited: /^The rate limit of acme\.eu\.auth0\.com is reached\. Try again in 1 hour\.$/,
  cancelled: /^$/,
  locked: /^acme\.eu\.auth0\.com is locked in this window\. /,
  readOnly: /^You have made acme\.eu\.auth0\.com read-only\. /,
};

const LOST = `${TENANT} gave no usable answer, and the change is not there: it was not saved. Save again.`;
const SAVED = 'Saved user_metadata.hobby of jane@example.com.';
const READ_BACK = `${SAVED.slice(0, -1)}: the answer was lost, reading back shows the change.`;

/** Sentences; empty where the cell is as it must be. */
export function deviations(row: FaultRow, operation: Operation, { told, server, shows }: Observed): string[] {
  const found: string[] = [];
  const must = (what: string, holds: boolean) => {
    if (!holds) found.push(`${what}: ${JSON.stringify({ told, server, shows })}`);
  };
  const outcome = outcomeOf(row, operation);
  const isSave = operation.startsWith('save');
  if (outcome === 'works') {
    must('a save is said to be done, and nothing else is said', told === (isSave ? SAVED : ''));
    must('the server holds what it should', server === (isSave ? 'sailing' : 'surfing'));
    must('it is shown', shows === (isSave ? 'sailing, saved' : operation === 'list' ? 'the users' : 'surfing, saved'));
  } else if (outcome === 'unknown') {
    // Read back before anything is said: saved only where the server holds it.
    must('the server holds what was applied', server === (row.applied ? 'sailing' : 'surfing'));
    must('what is said is what is', told === (row.applied ? READ_BACK : LOST));
    must('the document is saved or keeps the text', shows === `sailing, ${row.applied ? 'saved' : 'unsaved'}`);
  } else {
    const sentence = operation === 'list' ? (/ \((.*?)( Click to [a-z ]+\.)?\)$/.exec(told)?.[1] ?? told) : told;
    must(`one plain sentence about ${outcome}`, isTold(outcome, row, operation, sentence));
    must('the server holds what it held', server === 'surfing');
    must('nothing is lost', shows === (isSave ? 'sailing, unsaved' : operation === 'list' ? 'one row' : 'no document'));
  }
  must('no status, code or address of ours is called a user', !/undefined|\[object/.test(told));
  return found;
}

/** What is told where somebody on the way has answered: nothing of Auth0, its tokens, or scopes. */
const BETWEEN =
  /^(Something between VS Code and acme\.eu\.auth0\.com answered (with a redirect \(3\d\d\): a captive portal|in its place \([45]\d\d\): a firewall)|acme\.eu\.auth0\.com has nothing at this address \(404\), and it is not Auth0 that says so)/;

function isTold(kind: ErrorKind, { name, between }: FaultRow, operation: Operation, sentence: string): boolean {
  if (between) return BETWEEN.test(sentence) && !/token|scope|credentials|[Ss]ign in again/.test(sentence);
  const gone = name === '404, the user is gone' && operation !== 'token';
  if (kind === 'notFound' && gone !== sentence.startsWith('There is no such user')) return false;
  if (kind === 'unauthorized' && operation === 'token') {
    return sentence === `${TENANT} does not accept the client ID with its secret or key.`;
  }
  if (kind === 'forbidden' && operation === 'token') {
    return sentence === `${TENANT} does not allow this with the present credentials.`;
  }
  if (gone && operation.startsWith('save')) {
    return /^There is no such user in .*\. It may have been deleted\. Your text is kept: .*$/.test(sentence);
  }
  if (name === '400 with a path' && operation.startsWith('save')) {
    return SENTENCES.invalid.test(sentence) && sentence.endsWith(' [at user_metadata.hobby]');
  }
  return SENTENCES[kind].test(sentence);
}

function outcomeOf(row: FaultRow, operation: Operation): Outcome {
  if (operation === 'save: PATCH') return row.patch;
  return operation === 'token' ? (row.token ?? row.read) : row.read;
}

/** Nobody's write is lost without a question, and what is sent last was planned on what was read just before. */
export function deviationsOfWait(write: Write, { requests, asked, server, shows }: WaitObserved): string[] {
  const found: string[] = [];
  const must = (what: string, holds: boolean) => {
    if (!holds) found.push(`${what}: ${JSON.stringify({ requests, asked, server, shows })}`);
  };
  if (write === 'beside it') {
    must('both changes are on the server', server === '{"theme":"dark","lang":"en","consent":true}');
    must('and in the editor', shows === `${server}, saved`);
    must('the PATCH follows a GET', requests.endsWith('GET PATCH'));
  } else {
    must('the other value is on the server', server === '{"theme":"dark","lang":"fr"}');
    must('the text is kept', shows === '{"theme":"dark","lang":"en"}, unsaved');
    must('it was asked', asked.endsWith('Compare'));
    must('nothing was sent after it was read', requests.endsWith('GET'));
  }
  return found;
}

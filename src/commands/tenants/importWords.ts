// What *Import Tenants…* says of a file and of its tenants.
import * as vscode from 'vscode';
import { problemWords } from '../../documents/problemWords';
import type { JsonProblemCode } from '../../json/problems';
import { environmentName } from '../../shell/tenantWords';
import type { Suspicion } from '../../tenants/transfer/suspicions';
import { FILE_VERSION, type FileProblem, type FileTenant, MAX_FILE_BYTES } from '../../tenants/transfer/tenantsFile';
import { inSentence } from '../../text/visibleText';

const MAX_TEXT = 80;

/** One sentence that says what is wrong, and one that says what to do. @param file its name, safe to show */
export function problemInWords(problem: FileProblem | { readonly kind: 'unreadable' }, file: string): string {
  const text = 'text' in problem ? inSentence(problem.text, MAX_TEXT) : '';
  const number = 'number' in problem ? problem.number : 0;
  switch (problem.kind) {
    case 'unreadable':
      return vscode.l10n.t('{0} cannot be read. Choose another file, or a copy of it.', file);
    case 'tooLarge':
      return vscode.l10n.t(
        '{0} is larger than {1} KB, and no export of tenants is. Choose the file that Export Tenants… wrote.',
        file,
        MAX_FILE_BYTES / 1024,
      );
    case 'notText':
    case 'notJson':
      return vscode.l10n.t('{0} is not JSON. Choose the file that Export Tenants… wrote.', file);
    case 'syntax':
      return vscode.l10n.t(
        '{0}, line {1}, column {2}: {3}',
        file,
        problem.line,
        problem.column,
        whyNotJson(problem.code),
      );
    case 'notTenants':
      return vscode.l10n.t(
        '{0} is no export of tenants: it needs a `version` and a list of `tenants`. Choose the file that Export Tenants… wrote.',
        file,
      );
    case 'version':
      return vscode.l10n.t(
        '{0} has the version {1}, and this extension reads version {2}. Update the older of the two extensions, and export again.',
        file,
        text,
        FILE_VERSION,
      );
    case 'noTenants':
      return vscode.l10n.t('{0} holds no tenants. Export again from a VS Code that has some.', file);
    case 'noDomain':
      return vscode.l10n.t(
        '{0}: tenant {1} has no `domain`. Write it into the file, or take the tenant out.',
        file,
        number,
      );
    case 'domain':
      return vscode.l10n.t(
        '{0}: the `domain` of tenant {1} is “{2}”, which is none. It looks like acme.eu.auth0.com, without a port.',
        file,
        number,
        text,
      );
    case 'thisMachine':
      return vscode.l10n.t(
        '{0}: tenant {1} is {2}, which exists on one machine only. Take it out of the file.',
        file,
        number,
        text,
      );
    case 'twice':
      return vscode.l10n.t(
        '{0}: tenant {1} is {2} once more. Take one of the two out of the file.',
        file,
        number,
        text,
      );
    case 'name':
      return vscode.l10n.t('{0}: the `name` of tenant {1} is {2}. Write a text.', file, number, text);
    case 'environment':
      return vscode.l10n.t(
        '{0}: the `environment` of tenant {1} is “{2}”. Write development, staging or production.',
        file,
        number,
        text,
      );
    case 'readOnly':
      return vscode.l10n.t('{0}: `readOnly` of tenant {1} is {2}. Write true or false.', file, number, text);
  }
}

function whyNotJson(code: JsonProblemCode): string {
  return code === 'commentNotAllowed' ? vscode.l10n.t('JSON has no comments: remove it.') : problemWords({ code });
}

/** What stands below a tenant in the list: first what to beware of, for the end may be cut. */
export function detailOf(tenant: FileTenant, suspicions: readonly Suspicion[]): string {
  const { domain, written, environment, readOnly } = tenant;
  const parts = suspicions.map(suspicionInWords);
  if (written.trim().toLowerCase() !== domain) {
    parts.push(vscode.l10n.t('In the file: {0}', inSentence(written, MAX_TEXT)));
  }
  parts.push(
    environment === undefined || environment === 'production'
      ? vscode.l10n.t('Added for production')
      : vscode.l10n.t('Added for production, although the file says {0}', environmentName(environment)),
  );
  if (readOnly) parts.push(vscode.l10n.t('Read-only for good, as the file says'));
  return parts.join(' · ');
}

function suspicionInWords(suspicion: Suspicion): string {
  const text = 'text' in suspicion ? inSentence(suspicion.text, MAX_TEXT) : '';
  switch (suspicion.kind) {
    case 'encoded':
      return vscode.l10n.t('$(warning) Stands for {0}, and may look like another domain', text);
    case 'mixedScripts':
      return vscode.l10n.t('$(warning) Stands for {0}, which mixes letters of several scripts', text);
    case 'brokenEncoding':
      return vscode.l10n.t('$(warning) The encoded part of the domain (xn--) stands for nothing');
    case 'long':
      return vscode.l10n.t('$(warning) A very long domain, which ends in {0}', text);
    case 'nameOfOther':
      return vscode.l10n.t('$(warning) {0} has the same name', text);
    case 'nameIsDomain':
      return vscode.l10n.t('$(warning) Its name is another domain');
  }
}

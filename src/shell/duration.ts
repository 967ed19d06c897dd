// Puts a duration into words.
import * as vscode from 'vscode';

/** Seconds up to 90 seconds, then minutes, from one hour on hours and minutes. Always rounded up. */
export function durationInWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds === 1) return vscode.l10n.t('1 second');
  if (seconds <= 90) return vscode.l10n.t('{0} seconds', seconds);
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return vscode.l10n.t('{0} minutes', minutes);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const inHours = hours === 1 ? vscode.l10n.t('1 hour') : vscode.l10n.t('{0} hours', hours);
  if (rest === 0) return inHours;
  const inMinutes = rest === 1 ? vscode.l10n.t('1 minute') : vscode.l10n.t('{0} minutes', rest);
  return vscode.l10n.t('{0} and {1}', inHours, inMinutes);
}

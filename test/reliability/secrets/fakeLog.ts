// An output channel that keeps what is written to it, at every level.
import type * as vscode from 'vscode';

export function fakeLog(): { readonly log: vscode.LogOutputChannel; readonly lines: string[] } {
  const lines: string[] = [];
  const write = (...parts: readonly unknown[]) => void lines.push(parts.map(String).join(' '));
  const nothing = () => undefined;
  const log: vscode.LogOutputChannel = {
    name: 'log',
    logLevel: 1,
    onDidChangeLogLevel: () => ({ dispose: nothing }),
    trace: write,
    debug: write,
    info: write,
    warn: write,
    error: write,
    append: write,
    appendLine: write,
    replace: write,
    clear: nothing,
    show: nothing,
    hide: nothing,
    dispose: nothing,
  };
  return { log, lines };
}

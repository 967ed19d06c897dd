// An output channel that hands over what is written to it, at every level.
import type * as vscode from 'vscode';

const nothing = () => undefined;

export function outputChannel(write: (line: string) => void = nothing): vscode.LogOutputChannel {
  const line = (...parts: readonly unknown[]) => write(parts.map(String).join(' '));
  return {
    name: 'log',
    logLevel: 1,
    onDidChangeLogLevel: () => ({ dispose: nothing }),
    trace: line,
    debug: line,
    info: line,
    warn: line,
    error: line,
    append: line,
    appendLine: line,
    replace: line,
    clear: nothing,
    show: nothing,
    hide: nothing,
    dispose: nothing,
  };
}

// What extensions make and pass to VS Code, as far as the shell uses it.
import type { Range } from './text';

export class FileSystemError extends Error {
  readonly code: string;

  constructor(message: unknown, code = 'Unknown') {
    super(String(message));
    this.name = `${code} (FileSystemError)`;
    this.code = code;
  }

  static FileNotFound = (what: unknown) => new FileSystemError(what, 'FileNotFound');
  static NoPermissions = (what: unknown) => new FileSystemError(what, 'NoPermissions');
  static Unavailable = (what: unknown) => new FileSystemError(what, 'Unavailable');
}

export class TreeItem {
  readonly label: string;

  constructor(label: string) {
    this.label = label;
  }
}

/** An icon, or a colour: known by its id. */
class Theme {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon extends Theme {}

export class ThemeColor extends Theme {}

export class CodeLens {
  readonly range: Range;
  readonly command: { readonly title: string; readonly command: string };

  constructor(range: Range, command: CodeLens['command']) {
    this.range = range;
    this.command = command;
  }
}

export class Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;

  constructor(range: Range, message: string, severity: number) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}

export const CONSTANTS = {
  DiagnosticSeverity: { Error: 0 },
  ExtensionMode: { Production: 1, Development: 2, Test: 3 },
  FileChangeType: { Changed: 1, Created: 2, Deleted: 3 },
  FilePermission: { Readonly: 1 },
  FileType: { Unknown: 0, File: 1, Directory: 2 },
  InputBoxValidationSeverity: { Info: 1, Warning: 2, Error: 3 },
  ProgressLocation: { Window: 10, Notification: 15 },
  StatusBarAlignment: { Left: 1 },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  ViewColumn: { Active: -1 },
} as const;

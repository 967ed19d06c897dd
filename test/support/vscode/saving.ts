// How and why a document is saved.

/** As in vscode.TextDocumentSaveReason. */
export const SAVE_REASON = { Manual: 1, AfterDelay: 2, FocusOut: 3 } as const;
export type SaveReason = (typeof SAVE_REASON)[keyof typeof SAVE_REASON];

export interface SaveOptions {
  readonly reason?: SaveReason;
  /** Ctrl+S: a document without unsaved text is written as well. An extension's `save` and *Save All* are without it. */
  readonly force?: boolean;
  /** *Save without Formatting*, which is Ctrl+S without a will-save event. */
  readonly withoutFormatting?: boolean;
  /** *Overwrite*, where VS Code has said that the file is newer. */
  readonly overwrite?: boolean;
}

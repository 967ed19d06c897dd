// The tabs of a user's document.
import * as vscode from 'vscode';
import { fromUserUri, sameUser, USER_SCHEME, type UserIdentity } from './userUri';

/** The tabs that show the document of `identity`, under whatever label. */
export function tabsOf(identity: UserIdentity): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(group =>
    group.tabs.filter(({ input }) => {
      const uri =
        input instanceof vscode.TabInputText
          ? input.uri
          : input instanceof vscode.TabInputTextDiff
            ? input.modified
            : undefined;
      return uri?.scheme === USER_SCHEME && sameUser(fromUserUri(uri), identity);
    }),
  );
}

/** Whether any tab shows the document of `identity`. */
export function hasTab(identity: UserIdentity): boolean {
  return tabsOf(identity).length > 0;
}

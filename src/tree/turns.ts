// Decides which call of getChildren may return rows.
import type { TreeNode } from './model/nodes';

/**
 * VS Code may call getChildren again before the first call resolves, and rejects duplicate ids. Only the latest call for a
 * node returns rows. getTreeItem starts a new turn too: re-rendering a row orphans children still on their way.
 */
export class Turns {
  readonly #latest = new WeakMap<TreeNode, number>();

  begin(node: TreeNode): number {
    const turn = (this.#latest.get(node) ?? 0) + 1;
    this.#latest.set(node, turn);
    return turn;
  }

  isLatest(node: TreeNode, turn: number): boolean {
    return this.#latest.get(node) === turn;
  }
}

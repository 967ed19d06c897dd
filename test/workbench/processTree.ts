// A child process that is stopped together with all of its own children.
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { onProcessEnd } from './lifetime';

const GRACE_MS = 2000;

export class ProcessTree {
  readonly child: ChildProcess;
  readonly #forget: () => void;

  private constructor(child: ChildProcess) {
    this.child = child;
    this.#forget = onProcessEnd(() => this.#kill('SIGKILL'));
  }

  /** @throws (through the child's `error` event) when the command cannot be started */
  static spawn(command: string, args: readonly string[], options: SpawnOptions): ProcessTree {
    // A group of its own: one signal reaches every descendant, and the terminal's Ctrl+C reaches only us.
    return new ProcessTree(spawn(command, args, { ...options, detached: process.platform !== 'win32' }));
  }

  get running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Calls back when the process ends by itself, not when it is stopped. */
  onExit(listener: () => void): void {
    this.child.once('exit', listener);
  }

  /** Asks, waits two seconds, insists. Resolves when the child is gone. */
  async stop(): Promise<void> {
    this.child.removeAllListeners('exit');
    if (this.running) {
      const exited = once(this.child, 'exit');
      const insist = setTimeout(() => this.#kill('SIGKILL'), GRACE_MS);
      this.#kill('SIGTERM');
      await exited;
      clearTimeout(insist);
    }
    // Descendants that outlived their parent are still in its group.
    this.#kill('SIGKILL');
    this.#forget();
  }

  #kill(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    if (process.platform === 'win32') {
      if (this.running) spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch {
      // ESRCH: the group is gone already.
    }
  }
}

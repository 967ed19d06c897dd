// The sample tenant: a sandbox in this process. It is loaded and started on first use, and ends with the window.
import type * as vscode from 'vscode';
import { parseTenantDomain, type Tenant, tenantOf } from '../management/tenant';
import type { Sandbox } from '../sandbox/http/server';
import { loadPart } from '../shell/loading';

export interface StartedSample {
  readonly tenant: Tenant;
  readonly token: string;
}

export class SampleTenant implements vscode.Disposable {
  #sandbox: Promise<Sandbox> | undefined;
  #disposed: boolean = false;

  /** Starts the sandbox unless it is running. Its data begin anew with each start: nothing is kept on disk. */
  async start(): Promise<StartedSample> {
    this.#sandbox ??= this.#launch();
    const { url, domain, token } = await this.#sandbox;
    const parsed = parseTenantDomain(domain);
    if (parsed === undefined) throw new Error('The sandbox has no usable domain');
    return { tenant: tenantOf(parsed, url), token };
  }

  dispose(): void {
    this.#disposed = true;
    void this.#sandbox?.then(
      sandbox => sandbox.close(),
      () => undefined,
    );
    this.#sandbox = undefined;
  }

  async #launch(): Promise<Sandbox> {
    try {
      const { startSandbox } = await loadPart(() => import('../sandbox/http/server'));
      const sandbox = await startSandbox({});
      if (this.#disposed) await sandbox.close();
      return sandbox;
    } catch (error) {
      this.#sandbox = undefined;
      throw error;
    }
  }
}

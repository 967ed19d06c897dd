// Marks the tabs of a tenant's documents, and its row, with the letter and the colour of what the tenant is for.
import * as vscode from 'vscode';
import type { TenantDomain } from '../management/tenant';
import { tenantOfUri } from '../shell/tenantUri';
import { badgeOf, colorOf, tenantInWords } from '../shell/tenantWords';
import type { TenantProfile } from './record';

export interface DecorationParts {
  profileOf(domain: TenantDomain): TenantProfile | undefined;
  readonly onDidChange: vscode.Event<{ readonly domain: TenantDomain; readonly what: string }>;
}

export class TenantDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #profileOf: DecorationParts['profileOf'];
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor({ profileOf, onDidChange }: DecorationParts) {
    this.#profileOf = profileOf;
    this.#subscription = vscode.Disposable.from(
      this.#changed,
      onDidChange(({ what }) => {
        if (what === 'added' || what === 'removed' || what === 'profile') this.#changed.fire(undefined);
      }),
      vscode.window.registerFileDecorationProvider(this),
    );
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const domain = tenantOfUri(uri);
    const profile = domain && this.#profileOf(domain);
    if (!profile) return undefined;
    const { environment } = profile;
    return { badge: badgeOf(environment), color: colorOf(environment), tooltip: tenantInWords(profile) };
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

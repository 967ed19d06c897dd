// Typed access to our settings. All have the scope `application`: a workspace cannot set them.
import * as vscode from 'vscode';
import { isRecord } from '../json/plain';
import type { Environment } from '../management/environment';
import type { HttpSettings } from '../management/http/chooseTransport';

/** Auth0 gives at most 1,000 results, and at most 100 per page. These sizes divide 1,000, so the last page is full. */
const PAGE_SIZES = [10, 20, 25, 50, 100];

/** The values of `auth0Metadata.confirmSave`. */
const CONFIRM_SAVE = ['always', 'replacements', 'removals', 'never'] as const;

/** What a careful person would choose. A value of another type counts as missing. */
const CONFIRM_IN = { production: 'always', staging: 'never', development: 'never' } as const;

/** The save history never takes more disk space than this. */
const HISTORY_BYTES = 50 * 1024 * 1024;

export const settings = {
  /** Users per page, one of PAGE_SIZES. */
  pageSize(): number {
    const value = ours().get('pageSize');
    return PAGE_SIZES.find(size => size === value) ?? 50;
  },
  /** When a save asks for confirmation. */
  confirmSave(): (typeof CONFIRM_SAVE)[number] {
    return policyIn(ours().get('confirmSave')) ?? 'replacements';
  },
  /** When a save on tenants of this environment asks at least, whatever `confirmSave` says. */
  confirmSaveIn(environment: Environment): (typeof CONFIRM_SAVE)[number] {
    return policyIn(valueIn(ours().get('environments.confirmSave'), environment)) ?? CONFIRM_IN[environment];
  },
  /** Whether tenants of this environment are locked until the user unlocks them. */
  isLocked(environment: Environment): boolean {
    const value = valueIn(ours().get('environments.locked'), environment);
    return typeof value === 'boolean' ? value : environment === 'production';
  },
  /** An unlocked tenant is locked again after this time without a save; 0 for never. */
  relockMs(): number {
    const minutes = ours().get('environments.relockAfter');
    return minutes === 0 ? 0 : clamp(minutes, 1, 24 * 60, 60) * 60_000;
  },
  requestTimeoutMs(): number {
    return clamp(ours().get('requestTimeout'), 1, 600, 30) * 1000;
  },
  /** The share of each rate limit, 0 to 0.9, that only what the user waits for may use. */
  rateReserve(): number {
    return clamp(ours().get('rateReserve'), 0, 90, 20) / 100;
  },
  /** Whether open documents are compared with the server when the window is focused again. */
  checkOnFocus(): boolean {
    return ours().get('checkOnFocus') !== false;
  },
  /** Whether requests that write carry a correlation ID. */
  correlationId(): boolean {
    return ours().get('correlationId') !== false;
  },
  historyEnabled(): boolean {
    return ours().get('history.enabled') !== false;
  },
  historyLimits(): { readonly maxEntries: number; readonly maxBytes: number } {
    return { maxEntries: clamp(ours().get('history.maxEntries'), 1, 10_000, 500), maxBytes: HISTORY_BYTES };
  },
  /** VS Code's own proxy settings. `readProxySettings` makes sense of them, in a bundle that loads later. */
  proxy(): HttpSettings {
    return vscode.workspace.getConfiguration('http');
  },
} as const;

export function onDidChangeProxySettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(change => {
    if (change.affectsConfiguration('http')) listener();
  });
}

export function onDidChangeEnvironmentSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(change => {
    if (change.affectsConfiguration('auth0Metadata.environments')) listener();
  });
}

function policyIn(value: unknown): (typeof CONFIRM_SAVE)[number] | undefined {
  return CONFIRM_SAVE.find(policy => policy === value);
}

function valueIn(values: unknown, environment: Environment): unknown {
  return isRecord(values) ? values[environment] : undefined;
}

function ours(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('auth0Metadata');
}

/** Settings are typed by hand: a value of another type or out of range must not reach a request. */
function clamp(value: unknown, min: number, max: number, fallback: number): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback;
  return Math.min(max, Math.max(min, Math.round(value)));
}

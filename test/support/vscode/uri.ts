// VS Code's Uri, as far as the shell uses it: the path is held decoded, and encoded again in `toString`.
import { posix } from 'node:path';

/** What is asked of a URI here; the real class has it too. */
export interface UriLike {
  readonly scheme: string;
  readonly path: string;
  toString(skipEncoding?: boolean): string;
}

interface Parts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path?: string;
  readonly query?: string;
  readonly fragment?: string;
}

export class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;

  private constructor({ scheme, authority = '', path = '', query = '', fragment = '' }: Parts) {
    this.scheme = scheme;
    this.authority = authority;
    this.path = path;
    this.query = query;
    this.fragment = fragment;
  }

  static from(parts: Parts): Uri {
    return new Uri(parts);
  }

  static parse(text: string): Uri {
    const [, scheme = '', authority = '', path = '', query = '', fragment = ''] =
      /^([^:]+):(?:\/\/([^/]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(text) ?? [];
    return new Uri({ scheme, authority, path: decodeURIComponent(path), query, fragment });
  }

  static file(path: string): Uri {
    return new Uri({ scheme: 'file', path });
  }

  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    return base.with({ path: posix.join(base.path, ...parts) });
  }

  get fsPath(): string {
    return this.path;
  }

  with(parts: Partial<Parts>): Uri {
    return new Uri({ ...this, ...parts });
  }

  toString(skipEncoding = false): string {
    const path = skipEncoding ? this.path : this.path.split('/').map(encodeURIComponent).join('/');
    const query = this.query ? `?${this.query}` : '';
    return `${this.scheme}://${this.authority}${path}${query}${this.fragment ? `#${this.fragment}` : ''}`;
  }
}

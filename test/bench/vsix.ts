// What is downloaded.
import { statSync } from 'node:fs';
import { vsixPath } from '../workbench/paths';
import { packageExtension } from '../workbench/vsix';
import type { Bench } from './model';

export const vsixBench: Bench = {
  name: 'vsix',
  title: 'The package',
  async measure() {
    await packageExtension();
    const kilobytes = statSync(vsixPath).size / 1000;
    return { figures: [{ id: 'vsix.size', what: 'VSIX', value: kilobytes, unit: 'KB', aim: { atMost: 350 } }] };
  },
};

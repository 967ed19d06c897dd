// The curves of a run as SVG files.
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { chart } from './chart/chart';
import type { Curve } from './model';

/** One `<id>.svg` each; their paths. */
export function writeCurves(folder: string, curves: readonly Curve[]): readonly string[] {
  return curves.map(curve => {
    const file = path.join(folder, `${curve.id}.svg`);
    writeFileSync(file, `${chart(curve)}\n`);
    return file;
  });
}

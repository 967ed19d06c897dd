// Draws the curves of out/bench/results.json, or of the JSON that is named. --png: as pictures, too, by a browser.
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../workbench/browser';
import { outRoot } from '../workbench/paths';
import { runMain } from '../workbench/setupError';
import { writeCurves } from './curves';
import type { Curve, Series } from './model';

runMain(async () => {
  const { values, positionals } = parseArgs({ options: { png: { type: 'boolean' } }, allowPositionals: true });
  const results = positionals[0] ?? path.join(outRoot, 'bench', 'results.json');
  const files = writeCurves(path.dirname(results), curvesIn(JSON.parse(readFileSync(results, 'utf8'))));
  const pictures = values.png ? await asPictures(files) : [];
  for (const file of [...files, ...pictures]) console.log(path.relative(process.cwd(), file));
});

async function asPictures(files: readonly string[]): Promise<readonly string[]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ deviceScaleFactor: 2 });
    const pictures: string[] = [];
    for (const file of files) {
      const picture = file.replace(/\.svg$/, '.png');
      await page.goto(pathToFileURL(file).href);
      await page.locator('svg').screenshot({ path: picture });
      pictures.push(picture);
    }
    return pictures;
  } finally {
    await browser.close();
  }
}

/** @throws Error if this is not what a run writes */
function curvesIn(results: unknown): readonly Curve[] {
  const curves = listIn(results, 'sections').flatMap(section =>
    has(section, 'curves') ? listIn(section, 'curves') : [],
  );
  if (!curves.every(isCurve)) throw new Error('These are not the results of a bench.');
  return curves;
}

function isCurve(value: unknown): value is Curve {
  const texts = ['id', 'title', 'xLabel', 'yLabel'];
  return (
    texts.every(key => has(value, key) && typeof value[key] === 'string') && listIn(value, 'series').every(isSeries)
  );
}

function isSeries(value: unknown): value is Series {
  const isPoint = (point: unknown) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite);
  return has(value, 'name') && typeof value.name === 'string' && listIn(value, 'points').every(isPoint);
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = has(value, key) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function has<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}

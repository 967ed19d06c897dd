// Where the parts of a text stand on the screen, whatever order its characters have in memory.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Runs in the page: the left and right edges of each part, looked for one after the other in the element's text. */
const MEASURE = `(selector, parts) => {
  const element = [...document.querySelectorAll(selector)].find(each => parts.every(part => each.textContent.includes(part)));
  if (!element) return undefined;
  const nodes = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = '';
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, start: text.length });
    text += walker.currentNode.data;
  }
  const place = at => {
    const { node, start } = nodes.findLast(each => each.start <= at);
    return [node, at - start];
  };
  let from = 0;
  return parts.map(part => {
    const start = text.indexOf(part, from);
    if (start < 0) return [NaN, NaN, NaN];
    from = start + part.length;
    const range = document.createRange();
    range.setStart(...place(start));
    const [node, last] = place(from - 1);
    range.setEnd(node, last + 1);
    const { left, right, top } = range.getBoundingClientRect();
    return [left, right, top];
  });
}`;

/** @param selector of elements, one of which holds all of `parts`; these must stand on one line, from left to right */
export async function assertLeftToRight(page: Page, selector: string, parts: readonly string[]): Promise<void> {
  const edges: unknown = await page.evaluate(`(${MEASURE})(${JSON.stringify(selector)}, ${JSON.stringify(parts)})`);
  const what = `${parts.join(' | ')}: ${JSON.stringify(edges)}`;
  assert(Array.isArray(edges), `${what} is not there`);
  let before = 0;
  for (const [left, right] of edges) {
    // Half a pixel: edges are rounded.
    assert(left >= before - 0.5 && right > left, what);
    before = right;
  }
}

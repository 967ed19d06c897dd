// A PATCH on the wire: whether it is what a save was to send, and what it wrote over.
import assert from 'node:assert/strict';
import { judgeBody, mergeOf, type Side } from '../../reliability/model/oracle';
import {
  equal,
  isObject,
  type Metadata,
  own,
  type PlainObject,
  parse,
  patched,
  SECTIONS,
  sameMetadata,
} from '../../reliability/model/plain';
import { show } from './metadata';
import type { Exchange } from './server';

/** What is wrong with a PATCH if it was planned on `read`. */
export function broken(body: PlainObject, base: Metadata, saved: Metadata, read: Metadata, chosen?: Side): string[] {
  const wrong = judgeBody(body, base, saved, read);
  const { result } = mergeOf(base, saved, read, chosen ?? 'mine');
  if (!sameMetadata(patched(read, body), result)) wrong.push(`it does not make ${show(result)}`);
  return wrong;
}

/** Whether a root key of `body` is not what it was. */
export function touches(body: PlainObject, before: Metadata, now: Metadata): boolean {
  return SECTIONS.some(section => {
    const sent = own(body, section);
    if (!isObject(sent)) return false;
    return Object.keys(sent).some(key => !equal(own(before[section], key), own(now[section], key)));
  });
}

export function bodyOf({ body }: Exchange): PlainObject {
  const parsed = parse(body);
  assert(isObject(parsed));
  return parsed;
}

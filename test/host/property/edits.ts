// What an edit makes of metadata.
import { isObject, type Metadata, own, type Plain, type PlainObject, withKey } from '../../reliability/model/plain';
import type { Edit } from './steps';

/** Where every history starts. */
export const START: Metadata = {
  user_metadata: { a: 's00', b: 's01', o: { x: 's02', y: 's03' } },
  app_metadata: { p: 's04' },
};

/** @param value undefined: the key is removed */
export function edited(metadata: Metadata, { key }: Edit, value: Plain | undefined): Metadata {
  const { user_metadata, app_metadata } = metadata;
  if (key === 'p') return { user_metadata, app_metadata: put(app_metadata, key, value) };
  const [root = '', below] = key.split('.');
  if (below === undefined) return { user_metadata: put(user_metadata, root, value), app_metadata };
  const object = own(user_metadata, root);
  const inner = put(isObject(object) ? object : {}, below, value);
  return { user_metadata: put(user_metadata, root, inner), app_metadata };
}

/** In its place, as a person types it. */
function put(object: PlainObject, key: string, value: Plain | undefined): PlainObject {
  if (value === undefined || own(object, key) === undefined) return withKey(object, key, value);
  return Object.fromEntries(Object.entries(object).map(([name, old]) => [name, name === key ? value : old]));
}

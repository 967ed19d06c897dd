// Converts between the document of a user and its two metadata objects, and finds the problems that prevent saving.
import { parseJson } from '../json/parse';
import type { JsonProblem } from '../json/problems';
import { getMember, type JsonObject, type JsonPath, type JsonValue, jsonObject } from '../json/value';
import { writeJson } from '../json/write';

/** The two objects that a PATCH of a user may change, in document order. */
export const SECTIONS = ['user_metadata', 'app_metadata'] as const;
export type Section = (typeof SECTIONS)[number];

/** The content of a document: each section by its name. */
export type Sections = Readonly<Record<Section, JsonObject>>;

export function mapSections<T>(map: (section: Section) => T): Readonly<Record<Section, T>> {
  return { user_metadata: map('user_metadata'), app_metadata: map('app_metadata') };
}

export type DocumentProblemCode =
  | JsonProblem['code']
  | 'notAnObject'
  | 'unknownKey'
  | 'missingSection'
  | 'sectionNotAnObject'
  | 'nullAtRoot';

/** Why a text cannot be saved, and the UTF-16 range that causes it. */
export interface DocumentProblem {
  readonly code: DocumentProblemCode;
  readonly offset: number;
  readonly end: number;
  /** The key or literal concerned, where there is one. */
  readonly subject?: string;
  readonly path?: JsonPath;
}

export interface ParsedDocument {
  /** Undefined exactly when there is a syntax problem. */
  readonly value: JsonValue | undefined;
  /** Undefined exactly when there are problems. */
  readonly metadata: Sections | undefined;
  /** Ordered by offset. */
  readonly problems: readonly DocumentProblem[];
}

export const EMPTY_OBJECT: JsonObject = jsonObject([]);

/** Parses a document. A text with any problem has no metadata, so that none of it can be sent. */
export function parseDocument(text: string): ParsedDocument {
  const { value, problems } = parseJson(text);
  const all: DocumentProblem[] = [...problems];
  const metadata = value && readSections(value, all);
  all.sort((a, b) => a.offset - b.offset);
  return { value, metadata: all.length ? undefined : metadata, problems: all };
}

/** The document's text: two spaces, keys in the given order, a newline at the end. */
export function formatDocument(metadata: Sections): string {
  return `${writeJson(asObject(metadata), 2)}\n`;
}

/** Both sections as one JSON value, so that paths begin with the section's name. */
export function asObject(metadata: Sections): JsonObject {
  return jsonObject(SECTIONS.map(section => [section, metadata[section]]));
}

/**
 * The metadata of a profile from the Management API. A missing section counts as an empty one, because the service
 * omits an empty `app_metadata`.
 */
export function metadataOf(profile: JsonObject): Sections {
  return mapSections(section => {
    const value = getMember(profile, section);
    return value?.type === 'object' ? value : EMPTY_OBJECT;
  });
}

/** A section that is missing or not an object is returned as an empty one. */
function readSections(root: JsonValue, problems: DocumentProblem[]): Sections | undefined {
  if (root.type !== 'object') {
    problems.push({ code: 'notAnObject', offset: root.offset, end: root.end });
    return undefined;
  }
  for (const { key, keyOffset, keyEnd } of root.members) {
    if (isSection(key)) continue;
    problems.push({ code: 'unknownKey', offset: keyOffset, end: keyEnd, subject: key, path: [key] });
  }
  return mapSections(section => readSection(root, section, problems));
}

function readSection(root: JsonObject, section: Section, problems: DocumentProblem[]): JsonObject {
  const value = getMember(root, section);
  if (!value) {
    // A missing section could mean "leave it alone" or "remove everything". A guess could lose data.
    problems.push({ code: 'missingSection', offset: root.end - 1, end: root.end, subject: section, path: [section] });
    return EMPTY_OBJECT;
  }
  if (value.type !== 'object') {
    problems.push({
      code: 'sectionNotAnObject',
      offset: value.offset,
      end: value.end,
      subject: section,
      path: [section],
    });
    return EMPTY_OBJECT;
  }
  for (const { key, value: child } of value.members) {
    if (child.type !== 'null') continue;
    const { offset, end } = child;
    problems.push({ code: 'nullAtRoot', offset, end, subject: key, path: [section, key] });
  }
  return value;
}

function isSection(key: string): boolean {
  return SECTIONS.some(section => section === key);
}

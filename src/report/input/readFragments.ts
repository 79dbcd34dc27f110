import { join } from 'node:path';
import { kindOf, readBytes } from '../../platform/files.js';
import { namesIn } from '../../platform/folders.js';
import type { Block } from '../document.js';
import { parseFragment } from './parseFragment.js';

/** The folder with what a user wrote for the sections of the report, in that of the run. */
const FOLDER = 'report';
const MAX_BYTES = 2 ** 20;

/**
 * What a user wrote for each section, by its id, and by `abstract`; reports never write these files.
 *
 * @throws {InklingError} for Markdown that reports do not have
 */
export function readFragments(runFolder: string): ReadonlyMap<string, readonly Block[]> {
  const folder = join(runFolder, FOLDER);
  if (kindOf(folder) !== 'folder') return new Map();
  const names = namesIn(folder).filter((name) => name.endsWith('.md'));
  return new Map(
    names.sort().map((name) => {
      const id = name.slice(0, -'.md'.length);
      const text = new TextDecoder().decode(readBytes(join(folder, name), MAX_BYTES));
      return [id, parseFragment(text, `${FOLDER}/${name}`, id)];
    }),
  );
}

import { basename, extname, join, resolve } from 'node:path';
import * as z from 'zod';
import { parseJson } from '../../core/json.js';
import { nonEmptyString, validate } from '../../core/validate.js';
import { kindOf, readBytes, writeFileAtomic } from '../../platform/files.js';
import type { FrontMatter } from './frontMatter.js';
import { logoFrom } from './logo.js';

/** What a user wrote for the title page of the reports on a run or a sweep, in its folder. */
export const REPORT_FILE = 'report.json';

/** Larger than any front matter, and than any logo. */
const [MAX_FILE_BYTES, MAX_LOGO_BYTES] = [2 ** 20, 2 ** 24];

const schema = z.strictObject({
  title: z.optional(nonEmptyString),
  author: z.optional(z.union([nonEmptyString, z.array(nonEmptyString).min(1)])),
  affiliation: z.optional(nonEmptyString),
  course: z.optional(nonEmptyString),
  institution: z.optional(nonEmptyString),
  date: z.optional(nonEmptyString),
  /** The path of an image, relative to the folder. */
  logo: z.optional(nonEmptyString),
});

/** Front matter with the path of a logo. */
export type ReportFile = FrontMatter & { readonly logo?: string | undefined };

/**
 * The front matter in a folder; empty if there is none.
 *
 * @throws {InklingError} when the file is not JSON, or has an unknown or empty entry
 */
export function readReportFile(folder: string): ReportFile {
  const file = join(folder, REPORT_FILE);
  if (kindOf(file) === 'none') return {};
  return validate(schema, parseJson(new TextDecoder().decode(readBytes(file, MAX_FILE_BYTES)), file), file);
}

/** The image of a path, relative to a folder. */
export function readLogo(path: string, folder: string) {
  const file = resolve(folder, path);
  return logoFrom(readBytes(file, MAX_LOGO_BYTES), file);
}

/**
 * Keeps front matter for later reports on a run: what is set replaces what its folder has. A logo is copied into the folder, which
 * can then be moved or shared as a whole.
 *
 * @throws {InklingError} when the present file is invalid, the logo cannot be read, or a file cannot be written
 */
export function keepFrontMatter(folder: string, { logo, ...titles }: ReportFile): void {
  const set = Object.fromEntries(Object.entries(titles).filter(([, value]) => value !== undefined));
  const kept = {
    ...readReportFile(folder),
    ...set,
    ...(logo !== undefined && { logo: copyLogo(logo, folder) }),
  };
  if (Object.keys(set).length === 0 && logo === undefined) return;
  writeFileAtomic(join(folder, REPORT_FILE), `${JSON.stringify(kept, undefined, 2)}\n`);
}

/** @returns the name of the copy */
function copyLogo(path: string, folder: string): string {
  const { bytes, format } = readLogo(path, '.');
  const name = `${basename(path, extname(path))}.${format}`;
  writeFileAtomic(join(folder, name), bytes);
  return name;
}

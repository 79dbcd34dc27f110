import { unzipSync, zipSync } from 'fflate';
import * as z from 'zod/mini';
import { OpenLimit } from '../data/openLimit.js';
import type { LessonId } from '../lessons/lesson.js';
import { LESSONS } from '../lessons/lessons.js';
import { OtherFormatError } from '../storage/labIndex.js';
import type { LabState } from '../storage/labState.js';
import { DamagedError, seal, unseal } from '../storage/sealed.js';
import { Store, TooLargeError } from '../storage/store.js';
import { text } from '../text/text.js';
import { memoryFolder } from './memoryFolder.js';

/** Everything that somebody did. */
export interface ProjectContent {
  readonly state: LabState;
  /** The lesson that is shown. */
  readonly lesson: LessonId | undefined;
}

/** What makes an archive a project; its other files are those that the lab keeps on a device. */
export const PROJECT_FILE = 'inkling-project';
const FORMAT = 1;

const projectSchema = z.strictObject({
  format: z.literal(FORMAT),
  lesson: z.optional(z.string()),
});

/** The same project is always the same file. */
const MODIFIED = new Date(2000, 0, 1);
/** Pixels shrink to a few percent at any level, and weights hardly: the fastest does not keep the page waiting. */
const LEVEL = 1;

/**
 * A project as a zip archive.
 *
 * @throws {Error} when it is too large
 */
export async function encodeProject({ state, lesson }: ProjectContent): Promise<Uint8Array<ArrayBuffer>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  try {
    await new Store(memoryFolder(files)).save(state);
  } catch (error) {
    throw error instanceof TooLargeError ? new Error(text.project.tooLarge) : error;
  }
  files.set(PROJECT_FILE, await seal(JSON.stringify({ format: FORMAT, lesson })));
  return zipSync(Object.fromEntries(files), { level: LEVEL, mtime: MODIFIED });
}

/**
 * Inverse of `encodeProject`.
 *
 * @param name of the file, for errors
 * @throws {Error} when it is another file, damaged, or from another version of the lab
 */
export async function decodeProject(bytes: Uint8Array, name: string): Promise<ProjectContent> {
  const files = unzip(bytes);
  const project = files?.get(PROJECT_FILE);
  if (files === undefined || project === undefined) throw new Error(text.project.foreign(name));
  try {
    const lesson = lessonOf(await unseal(project));
    const state = await new Store(memoryFolder(files)).load();
    if (state === undefined) throw new DamagedError('there is no index');
    return { state, lesson };
  } catch (error) {
    const { otherVersion, damaged } = text.project;
    throw new Error(error instanceof OtherFormatError ? otherVersion(name) : damaged(name), { cause: error });
  }
}

/** The files of an archive; undefined if it is none. */
function unzip(archive: Uint8Array): Map<string, Uint8Array<ArrayBuffer>> | undefined {
  const limit = new OpenLimit();
  try {
    const files = unzipSync(archive, {
      // Nothing unpacks to more than the archive states: what follows is cut off.
      filter: ({ size, originalSize }) => {
        limit.countFile();
        limit.countUnpacked(Math.max(size, originalSize));
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch {
    return undefined;
  }
}

/** @throws {OtherFormatError} when another version of the lab wrote it */
function lessonOf(json: string): LessonId | undefined {
  const content: unknown = JSON.parse(json);
  const { format } = z.looseObject({ format: z.unknown() }).parse(content);
  if (format !== FORMAT) throw new OtherFormatError(`expected format ${FORMAT}`);
  const { lesson } = projectSchema.parse(content);
  return LESSONS.find(({ id }) => id === lesson)?.id;
}

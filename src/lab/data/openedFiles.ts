import { unzipSync } from 'fflate';
import { PROJECT_FILE } from '../project/projectFile.js';
import { text } from '../text/text.js';
import { isIdx } from './idxNames.js';
import { OpenLimit } from './openLimit.js';

/** A file of one or more images, and the name of the folder that it was in, which names its class; undefined for a file without one. */
export interface OpenedFile {
  readonly file: File;
  readonly folder: string | undefined;
}

const IMAGE = /\.(png|jpe?g|webp|gif|avif|bmp|svg)$/i;
/** What archives of other programs contain besides the user's files. */
const HIDDEN = /(^|\/)(\.|__MACOSX\/)/;

/**
 * The files that were chosen, with the images in folders and in zip archives.
 *
 * @throws {Error} when there are too many, they unpack to too much, or an archive is damaged
 */
export async function filesOf(files: Iterable<File>): Promise<OpenedFile[]> {
  const limit = new OpenLimit();
  const opened = await Promise.all([...files].map((file) => openOne(file, file.webkitRelativePath, limit)));
  return opened.flat();
}

/** Those that were dropped, among which there may be folders. */
export async function droppedFilesOf({ items }: DataTransfer): Promise<OpenedFile[]> {
  // The items are gone once this function has waited for anything.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const limit = new OpenLimit();
  return (await Promise.all(entries.map((entry) => readEntry(entry, limit)))).flat();
}

async function readEntry(entry: FileSystemEntry, limit: OpenLimit): Promise<OpenedFile[]> {
  if (isDirectory(entry)) {
    const inside = await entriesOf(entry);
    return (await Promise.all(inside.map((each) => readEntry(each, limit)))).flat();
  }
  if (!isFile(entry)) return [];
  const file = await new Promise<File>((resolve, reject) => {
    entry.file(resolve, reject);
  });
  return openOne(file, entry.fullPath.slice(1), limit);
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** A browser returns the entries of a folder in several parts. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (part.length === 0) return all;
    all.push(...part);
  }
}

async function openOne(file: File, path: string, limit: OpenLimit): Promise<OpenedFile[]> {
  if (HIDDEN.test(path)) return [];
  limit.countFile();
  if (!/\.zip$/i.test(file.name)) return [{ file, folder: folderOf(path) }];
  return unzip(new Uint8Array(await file.arrayBuffer()), limit);
}

function unzip(archive: Uint8Array, limit: OpenLimit): OpenedFile[] {
  const contents = unzipSync(archive, {
    // Nothing unpacks to more than the archive states: what follows is cut off.
    filter: ({ name, size, originalSize }) => {
      limit.countFile();
      if (name === PROJECT_FILE) throw new Error(text.project.notExamples);
      if (!isWanted(name) || HIDDEN.test(name)) return false;
      limit.countUnpacked(Math.max(size, originalSize));
      return true;
    },
  });
  return Object.entries(contents).map(([name, bytes]) => ({
    file: new File([bytes], nameOf(name)),
    folder: folderOf(name),
  }));
}

function isWanted(path: string): boolean {
  return IMAGE.test(path) || isIdx(nameOf(path));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string | undefined {
  return path.split('/').at(-2);
}

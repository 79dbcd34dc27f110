import { InklingError } from '../../core/errors.js';
import { abbreviate, formatPlural } from '../../core/format.js';
import type { ListedFile, Listing } from '../files/listing.js';
import { partNamed } from '../partNames.js';
import { DATASET_PARTS, type DatasetPart } from '../parts.js';
import { checkClasses, checkNames, type ClassFolder } from './checkClasses.js';
import { type FolderNode, hasOnlyDocuments, treeOf } from './folderTree.js';
import { namesMasks, separateMasks } from './masks.js';
import { findClassFolders } from './partFolders.js';

/** The maximum number of names that a note lists. */
const MAX_LISTED = 5;

/** A year, or a date with the year first or last, such as 2019, 2019-05, 20190517, and 17.5.2019. */
const DATE =
  /^(?:(?:19|20)\d\d(?:[-_. ]?(?:0?[1-9]|1[0-2])(?:[-_. ]?(?:0?[1-9]|[12]\d|3[01]))?)?|\d{1,2}[-_. ]\d{1,2}[-_. ](?:19|20)\d\d)$/;

/** An image file that belongs to a class. */
export interface ClassifiedFile {
  readonly file: ListedFile;
  readonly part: DatasetPart;
  readonly label: number;
}

/** The classes and parts that the folder structure defines. */
export interface Layout {
  /** Sorted by name, in Unicode normalization form C. */
  readonly classes: readonly string[];
  /** Sorted by part, class and name. */
  readonly files: readonly ClassifiedFile[];
  /** Notes on skipped files, and on folders that may not be classes, one line each. */
  readonly notes: readonly string[];
}

/**
 * Reads classes and parts from the folder structure: `class/…`, or `train/class/…` with optional `validation` and `test`
 * folders next to `train`, in any of the usual spellings. Folders that only wrap this structure are ignored.
 *
 * @param location the data set, for error messages
 * @throws {InklingError} when there are fewer than 2 classes or too many, a class is empty, or names collide
 */
export function readLayout(listing: Listing, location: string): Layout {
  const root = withoutWrappers(treeOf(listing));
  const { classFolders, notes } = findClassFolders(root, location);
  const classes = [...new Set(classFolders.map((folder) => folder.class))].sort();
  checkNames(classFolders, classes, location);
  checkClasses(classFolders, classes, location);
  const nodes = new Map(nodesBelow(root).map((node) => [node.path, node]));
  const masks: ListedFile[] = [];
  const filesOf = ({ path }: ClassFolder): ListedFile[] => {
    const folder = nodes.get(path);
    const separated = folder === undefined ? { images: [], masks: [] } : separateMasks(folder);
    if (separated.images.length === 0) throw emptyClass(path, location);
    masks.push(...separated.masks);
    return separated.images;
  };
  const files = DATASET_PARTS.flatMap((part) =>
    classes.flatMap((name, label) =>
      classFolders
        .filter((folder) => folder.part === part && folder.class === name)
        .flatMap((folder) => filesOf(folder).map((file) => ({ file, part, label }))),
    ),
  );
  return {
    classes,
    files,
    notes: [
      ...describeUnused(listing, [...files.map(({ file }) => file), ...masks], notes.length > 0),
      ...notes,
      ...describeMasks(masks),
      ...hintMasks(classes),
      ...hintDates(classes),
      ...describeSystemFiles(listing.systemFiles ?? []),
    ],
  };
}

/** Descends through folders that contain only one other, unless that is a part or the only class. */
function withoutWrappers(folder: FolderNode): FolderNode {
  const candidates = folder.folders.filter((each) => !hasOnlyDocuments(each));
  if (candidates.length !== 1 || candidates[0].folders.length === 0) return folder;
  const [only] = candidates;
  return partNamed(only.name) !== undefined && !wrapsParts(only) ? folder : withoutWrappers(only);
}

/** Whether a folder named like a part contains parts itself. */
function wrapsParts({ folders }: FolderNode): boolean {
  return folders.length > 1 && folders.every(({ name }) => partNamed(name) !== undefined);
}

function nodesBelow(folder: FolderNode): FolderNode[] {
  return [folder, ...folder.folders.flatMap(nodesBelow)];
}

function emptyClass(path: string, location: string): InklingError {
  return new InklingError(
    `${location}: the class folder "${path.slice(0, -1)}" is empty; add images or remove it`,
  );
}

/** @param areListed whether other notes list the unused folders */
function describeUnused({ files }: Listing, used: readonly ListedFile[], areListed: boolean): string[] {
  const usedNames = new Set(used.map(({ name }) => name));
  const unused = files.filter(({ name }) => !usedNames.has(name) && (!areListed || !name.includes('/')));
  return unused.length === 0
    ? []
    : [`ignored: ${formatPlural(unused.length, 'file')} outside the class folders`];
}

function describeMasks(masks: readonly ListedFile[]): string[] {
  if (masks.length === 0) return [];
  return [
    `ignored: ${formatPlural(masks.length, 'segmentation mask')} next to the images, such as ${masks[0].name}`,
  ];
}

/** A hint if some classes probably contain segmentation masks. */
function hintMasks(classes: readonly string[]): string[] {
  const masks = classes.filter(namesMasks);
  if (masks.length === 0 || classes.length > 3) return [];
  return [
    `${formatPlural(classes.length, 'class', 'classes')}: ${classes.join(', ')}; "${masks[0]}" seems to contain segmentation masks rather than a class; expected one folder per class, each with its images`,
  ];
}

/** A hint if all classes have names of years or dates, by which photos are often sorted. */
function hintDates(classes: readonly string[]): string[] {
  if (!classes.every((name) => DATE.test(name))) return [];
  return [
    `all classes are named like dates (${abbreviate(classes, MAX_LISTED)}), which a model would learn to predict; expected one folder per class, such as "oak", with all images of this class: sort them by what they show`,
  ];
}

function describeSystemFiles(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const kinds = [...new Set(names.map((name) => name.split('/').at(-1) ?? name))];
  return [
    `skipped: ${formatPlural(names.length, 'system file or folder', 'system files and folders')} (${abbreviate(kinds, MAX_LISTED)})`,
  ];
}

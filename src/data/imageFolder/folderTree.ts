import { byName, type ListedFile, type Listing } from '../files/listing.js';

/** A folder of a listing. */
export interface FolderNode {
  readonly name: string;
  /** Relative to the root of the listing, with a trailing slash; empty for the root. */
  readonly path: string;
  /** Sorted by name. */
  readonly folders: readonly FolderNode[];
  /** Directly in the folder. */
  readonly files: readonly ListedFile[];
}

/** Files of these types are documents that accompany the images. */
const DOCUMENT =
  /\.(csv|tsv|txt|json|jsonl|xml|md|rst|html?|ya?ml|pdf|py|ipynb|mat|npy|npz|h5|pkl|log|ini|cfg|docx?|xlsx?|url|lnk|db)$/i;

/** Arranges the files of a listing by folder. */
export function treeOf({ files, folders }: Listing): FolderNode {
  const root = new MutableNode('', '');
  for (const path of folders) root.descend(path.split('/'));
  for (const file of files) root.descend(file.name.split('/').slice(0, -1)).files.push(file);
  return root;
}

class MutableNode implements FolderNode {
  readonly files: ListedFile[] = [];
  readonly #folders = new Map<string, MutableNode>();

  constructor(
    readonly name: string,
    readonly path: string,
  ) {}

  get folders(): readonly FolderNode[] {
    return [...this.#folders.values()].sort(byName);
  }

  descend(segments: readonly string[]): MutableNode {
    const [first, ...rest] = segments;
    if (segments.length === 0) return this;
    const known = this.#folders.get(first) ?? new MutableNode(first, `${this.path}${first}/`);
    this.#folders.set(first, known);
    return known.descend(rest);
  }
}

/** All files in a folder and its subfolders, sorted by name. */
export function filesBelow(folder: FolderNode): ListedFile[] {
  return unsortedFiles(folder).sort(byName);
}

function unsortedFiles({ files, folders }: FolderNode): ListedFile[] {
  return [...files, ...folders.flatMap(unsortedFiles)];
}

/** Whether a folder contains files, all of which are documents. */
export function hasOnlyDocuments(folder: FolderNode): boolean {
  const files = unsortedFiles(folder);
  return files.length > 0 && files.every(({ name }) => DOCUMENT.test(name));
}

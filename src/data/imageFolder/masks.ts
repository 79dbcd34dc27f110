import { wordsOf } from '../partNames.js';
import { filesBelow, type FolderNode } from './folderTree.js';
import type { ListedFile } from '../files/listing.js';

const MASK_WORDS = [
  'mask',
  'masks',
  'segmentation',
  'segmentations',
  'groundtruth',
  'annotation',
  'annotations',
];
/** `benign (1)_mask.png`, `benign (1)_mask_2.png` */
const MASK_FILE = /^(.+)[_-]mask(?:[_-]?\d+)?(\.\w+)$/i;

/** Whether a folder's name indicates that it contains segmentation masks. */
export function namesMasks(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => MASK_WORDS.includes(word)) || words.join(' ') === 'ground truth';
}

/** The images of a class folder without the masks next to them, and the masks. */
export function separateMasks(folder: FolderNode): { images: ListedFile[]; masks: ListedFile[] } {
  const all = filesBelow(folder);
  const names = new Set(all.map(({ name }) => name));
  const isMask = ({ name }: ListedFile): boolean => {
    const inner = name.slice(folder.path.length).split('/');
    if (inner.slice(0, -1).some(namesMasks)) return true;
    const match = MASK_FILE.exec(name);
    return match !== null && names.has(`${match[1]}${match[2]}`);
  };
  const masks = all.filter(isMask);
  // Without other images, the class consists of them.
  return masks.length === all.length
    ? { images: all, masks: [] }
    : { images: all.filter((file) => !isMask(file)), masks };
}

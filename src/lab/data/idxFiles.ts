import { gunzipSync } from 'fflate';
import { decodeIdx, type IdxImageSet } from '#inkling/index.js';
import { messageOf } from '../../components/format.js';
import { text } from '../text/text.js';
import { idxContent, otherIdxName } from './idxNames.js';
import { OpenLimit } from './openLimit.js';
import type { Failure } from './readExamples.js';

/** What follows the size of the unpacked data, at the end of a gzip file, and the smallest such file. */
const [SIZE_BYTES, MIN_GZIP_BYTES] = [4, 18];

/** Images and labels of IDX files, the format of MNIST. */
export interface ReadIdx {
  readonly sets: readonly IdxImageSet[];
  readonly failures: readonly Failure[];
}

/** Reads pairs of files, packed with gzip or not: the images, and the labels that belong to them by their names. */
export async function readIdx(files: readonly File[]): Promise<ReadIdx> {
  const pairs = new Map<string, { images?: File; labels?: File }>();
  for (const file of files) {
    const { set, content } = idxContent(file.name);
    const pair = pairs.get(set) ?? {};
    pairs.set(set, pair);
    // Archives may contain both spellings of a name.
    pair[content] ??= file;
  }
  const sets: IdxImageSet[] = [];
  const failures: Failure[] = [];
  const limit = new OpenLimit();
  for (const { images, labels } of pairs.values()) {
    const name = (images ?? labels)?.name ?? '';
    try {
      if (images === undefined || labels === undefined)
        throw new Error(text.data.unpaired(otherIdxName(name)));
      sets.push(decodeIdx(await unpack(images, limit), await unpack(labels, limit)));
    } catch (error) {
      failures.push({ name, reason: messageOf(error) });
    }
  }
  return { sets, failures };
}

async function unpack(file: File, limit: OpenLimit): Promise<Uint8Array> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length < MIN_GZIP_BYTES || bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  // Nothing unpacks to more than the file states: what follows is cut off.
  limit.countUnpacked(new DataView(bytes.buffer).getUint32(bytes.length - SIZE_BYTES, true));
  return gunzipSync(bytes);
}

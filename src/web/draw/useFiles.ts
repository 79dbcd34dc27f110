import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { DecodedImage } from '#inkling/images/decodedImage.js';
import type { PageModel } from '../pageModel.js';
import { openImage } from './openImage.js';
import { type DrawingPrediction, predictDrawing } from './predictDrawing.js';
import { pixelsOf } from '../../components/draw/rasterize.js';

/** More files are not classified: the command line is made for them. */
export const MAX_FILES = 100;
/** The larger side of the small version of an image in the list, in pixels. */
const THUMBNAIL_SIDE = 128;

/** A file, and what the model says about it. The image itself is not kept: a hundred photographs would not fit into memory. */
export interface FileResult {
  readonly file: File;
  /** A small version; undefined for a file that cannot be opened. */
  readonly thumbnail: DecodedImage | undefined;
  /** The prediction, or why there is none. */
  readonly result: DrawingPrediction | string;
}

/** Several files that are classified one after another. */
export interface Files {
  /** The number of files that were chosen. */
  readonly chosen: number;
  /** Those that are classified so far, in order. */
  readonly results: readonly FileResult[];
}

/**
 * Classifies files, one after another, so that the page responds in between. A bad file does not stop the others.
 *
 * @param onFirst receives the first image that could be opened, and its file
 */
export function useFiles(model: PageModel, onFirst: (image: ImageBitmap, file: File) => void) {
  const [files, setFiles] = useState<Files>();
  const current = useRef(new AbortController());
  const close = useCallback(() => {
    current.current.abort();
    setFiles(undefined);
  }, []);
  useEffect(() => close, [model, close]);
  const classify = useCallback(
    async (chosen: readonly File[]) => {
      current.current.abort();
      const { signal } = (current.current = new AbortController());
      let results: readonly FileResult[] = [];
      let isFirst = true;
      setFiles({ chosen: chosen.length, results });
      for (const file of chosen.slice(0, MAX_FILES)) {
        const image = await openImage(file);
        if (signal.aborted) return;
        results = [...results, resultOf(file, image, model)];
        setFiles({ chosen: chosen.length, results });
        if (typeof image === 'string') continue;
        if (isFirst) onFirst(image, file);
        else image.close();
        isFirst = false;
      }
    },
    [model, onFirst],
  );
  return { files, classify, close };
}

function resultOf(file: File, image: ImageBitmap | string, model: PageModel): FileResult {
  if (typeof image === 'string') return { file, thumbnail: undefined, result: image };
  const result = predictDrawing(model, { strokes: [], image });
  return { file, thumbnail: pixelsOf(image, THUMBNAIL_SIDE), result };
}

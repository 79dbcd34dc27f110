import { Random } from '#inkling/core/random.js';
import { InklingError } from '#inkling/core/errors.js';
import { normalizeDigit } from '#inkling/images/digit/normalizeDigit.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';
import type { Calibration } from '#inkling/interop/calibrationRecord.js';
import { confidencesOf } from '#inkling/predict/calibration.js';
import type { CompiledModel } from '#inkling/predict/compiledModel.js';
import { assessDoubt } from '#inkling/predict/doubt.js';
import type { Glyph } from './glyphs.js';
import { photoKinds, plainScene } from './photoKinds.js';
import { photograph } from './photos.js';

/** The photos of a kind have the same seeds, however many of them are generated. */
const SEEDS_PER_KIND = 25;
const MIN_CONFIDENCE = 0.9;

export interface Photo {
  readonly kind: string;
  readonly digit: number;
  readonly image: DecodedImage;
}

/** What became of a photo. A prediction may be both correct and doubtful. */
export interface Outcome {
  readonly isCorrect: boolean;
  readonly isRejected: boolean;
  readonly isDoubtful: boolean;
  /** Wrong, but with a confidence of more than 90 % and without a reason to doubt it. */
  readonly isConfidentlyWrong: boolean;
}

/** The first photos of each kind, at most 25. */
export function* generatePhotos(glyphAt: (index: number) => Glyph, perKind: number): Generator<Photo> {
  for (const [number, [kind, change]] of Object.entries(photoKinds).entries()) {
    for (let i = 0; i < perKind; i++) {
      const index = SEEDS_PER_KIND * number + i;
      const random = new Random(index);
      const scene = plainScene(random);
      const glyph = glyphAt(index);
      yield {
        kind,
        digit: glyph.digit,
        image: photograph({ ...scene, ...change(scene, random) }, glyph, index),
      };
    }
  }
}

export function scorePhoto(
  { digit, image }: Photo,
  compiled: CompiledModel,
  calibration: Calibration | undefined,
): Outcome {
  const outcome = { isCorrect: false, isRejected: false, isDoubtful: false, isConfidentlyWrong: false };
  try {
    const { pixels, concerns } = normalizeDigit(image);
    const logits = compiled.runSync(pixels).logits;
    const confidences = confidencesOf(logits, calibration);
    const isCorrect = logits.indexOf(Math.max(...logits)) === digit;
    const shape = compiled.saved.model.input;
    const isDoubtful = assessDoubt({ logits, pixels, shape, concerns }, calibration).doubtful;
    const isConfident = !isDoubtful && Math.max(...confidences) > MIN_CONFIDENCE;
    return { ...outcome, isCorrect, isDoubtful, isConfidentlyWrong: isConfident && !isCorrect };
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    return { ...outcome, isRejected: true };
  }
}

import multipart from '@fastify/multipart';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { MAX_IMAGE_FILE_BYTES } from '../images/limits.js';
import type { ImagePreprocessor } from '../images/preprocessor.js';
import { countParameters } from '../models/weights.js';
import { codeOf } from '../platform/files.js';
import { type BatchPredictor, BusyError } from '../predict/batchPredictor.js';
import { rank, type RankedClass } from '../predict/ranking.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { parsePixels } from './parsePixels.js';
import { Problem, problemOf } from './problem.js';
import { withTimeLimit } from './timeLimit.js';

/** Files a request, and the bytes of all of them. */
const FILES_LIMIT = 16;
const FILES_LIMIT_BYTES = 2 * MAX_IMAGE_FILE_BYTES;
/** Pictures that wait to be read, of all requests. */
const PICTURES_WAITING_LIMIT = 32;
/** How long an answer may take. */
const TIME_LIMIT_MS = 15_000;
const RETRY_SECONDS = 1;
/** Codes of errors of a form that has more parts than it may. */
const TOO_MANY_PARTS: readonly (string | undefined)[] = ['FST_FILES_LIMIT', 'FST_FIELDS_LIMIT'];

const querySchema = z.strictObject({ top: z.coerce.number().int().min(1).max(1000).default(2) });

/** What answers need. */
export interface PredictionParts {
  readonly trained: TrainedModel;
  readonly predictor: BatchPredictor;
  readonly preprocessor: ImagePreprocessor;
}

/** An image's classes, best first; the first stands beside them as well. */
interface Prediction extends RankedClass {
  readonly file?: string;
  readonly top: readonly RankedClass[];
}

/** A picture as it came. */
interface Upload {
  readonly name: string | undefined;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** `POST /v1/predict`: what is on pictures, or on images given as numbers. `GET /v1/model`: who says so. */
export function predictRoutes({ trained, predictor, preprocessor }: PredictionParts): FastifyPluginAsync {
  const { calibration } = trained;
  const { model, classes, dataset } = trained.saved;
  const [height, width, channels] = model.input;

  const predict = async (pixels: Float32Array, top: number, signal: AbortSignal): Promise<Prediction[]> => {
    const logits = await predictor.logits(pixels, signal).catch(refuseWhenBusy);
    return rank(logits, { classes, calibration, count: top }).map((ranks) => ({ ...ranks[0], top: ranks }));
  };

  const predictUploads = async (uploads: readonly Upload[], top: number, signal: AbortSignal) => {
    const predictions: Prediction[] = [];
    for (const { name, bytes } of uploads) {
      if (preprocessor.pending >= PICTURES_WAITING_LIMIT) {
        throw new Problem(
          503,
          `${preprocessor.pending} pictures wait already; ask again later`,
          RETRY_SECONDS,
        );
      }
      const pixels = await preprocessor.preprocess(bytes, 'single', signal).catch((error: unknown) => {
        throw error instanceof InklingError ? new Problem(422, named(name, error.message)) : error;
      });
      const [prediction] = await predict(pixels, top, signal);
      predictions.push(name === undefined ? prediction : { file: name, ...prediction });
    }
    return predictions;
  };

  return async (server) => {
    await server.register(multipart, {
      limits: { files: FILES_LIMIT, fields: 0, fileSize: MAX_IMAGE_FILE_BYTES, headerPairs: 100 },
    });
    for (const type of [/^image\//, 'application/octet-stream']) {
      server.addContentTypeParser(
        type,
        { parseAs: 'buffer', bodyLimit: MAX_IMAGE_FILE_BYTES },
        (_request, body, done) => {
          done(null, body);
        },
      );
    }

    server.removeContentTypeParser('text/plain');
    server.addContentTypeParser('*', (_request, _body, done) => {
      done(new Problem(415, 'expected a picture ("Content-Type: image/png"), a form of pictures, or JSON'));
    });

    server.get('/v1/model', () => ({
      name: model.name,
      dataset,
      classes,
      input: { height, width, channels },
      parameters: countParameters(model),
    }));

    server.post('/v1/predict', async (request) => {
      const { top } = queryOf(request);
      const { body } = request;
      // A client may take its time to send a form: only what comes behind that is ours.
      const uploads = request.isMultipart() ? await uploadsOf(request).catch(refuseDamaged) : uploadOf(body);
      const predictions = await withTimeLimit(TIME_LIMIT_MS, (signal) =>
        uploads === undefined
          ? predict(parsePixels(body, model.input), top, signal)
          : predictUploads(uploads, top, signal),
      );
      return { model: model.name, predictions };
    });
  };
}

/** A body that is a picture, where it is one. */
function uploadOf(body: unknown): Upload[] | undefined {
  return Buffer.isBuffer(body) ? [{ name: undefined, bytes: new Uint8Array(body) }] : undefined;
}

function queryOf({ query }: FastifyRequest): z.infer<typeof querySchema> {
  const result = querySchema.safeParse(query);
  if (result.success) return result.data;
  throw new Problem(400, 'the query: expected nothing, or top=K with a whole number from 1 to 1000');
}

/** The files of a form, in its order. */
async function uploadsOf(request: FastifyRequest): Promise<Upload[]> {
  const uploads: Upload[] = [];
  let total = 0;
  for await (const { filename, file } of request.files()) {
    const chunks: Buffer[] = [];
    for await (const chunk of file) {
      chunks.push(chunk as Buffer);
      total += (chunk as Buffer).length;
      if (total > FILES_LIMIT_BYTES) {
        throw new Problem(
          413,
          `the files have more than ${FILES_LIMIT_BYTES} bytes together; send fewer at a time`,
        );
      }
    }
    if (file.truncated) {
      throw new Problem(
        413,
        named(filename, `has more than ${MAX_IMAGE_FILE_BYTES} bytes; save a smaller one`),
      );
    }
    uploads.push({ name: filename, bytes: new Uint8Array(Buffer.concat(chunks)) });
  }
  if (uploads.length === 0) throw new Problem(422, `the form: expected 1 to ${FILES_LIMIT} files, got none`);
  return uploads;
}

/** What is wrong with a form itself comes without a status, or without what was expected. */
function refuseDamaged(error: unknown): never {
  if (TOO_MANY_PARTS.includes(codeOf(error))) {
    throw new Problem(413, `the form: expected 1 to ${FILES_LIMIT} files and nothing else, got more`);
  }
  throw problemOf(error) ?? new Problem(400, 'the form is damaged or cut short; send it again');
}

function refuseWhenBusy(error: unknown): never {
  throw error instanceof BusyError ? new Problem(503, error.message, RETRY_SECONDS) : error;
}

function named(name: string | undefined, message: string): string {
  return name === undefined ? message : `${name}: ${message}`;
}

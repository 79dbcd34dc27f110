import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { BusyError, InklingError, MachineError } from '../core/errors.js';
import type { ModelInputs } from '../images/concern.js';
import type { ImagePreprocessor } from '../images/preprocessor.js';
import { countParameters } from '../models/weights.js';
import type { BatchPredictor } from '../predict/batchPredictor.js';
import { predictionsOf } from '../predict/predictions.js';
import { MAX_TOP } from '../predict/ranking.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { fastifyMultipart } from '../vendor/server.js';
import { MAX_UPLOAD_BYTES, PREDICTION_TIMEOUT_MS } from './limits.js';
import { parsePixels } from './bodies/parsePixels.js';
import {
  type FileError,
  type ModelDescription,
  type Prediction,
  predictQuerySchema,
  type Predictions,
} from './predictSchemas.js';
import { Problem, rejectUnknownKeys } from './problem.js';
import { withTimeLimit } from './timeLimit.js';
import { formLimits, readUploads, type Upload, withFileName } from './bodies/uploads.js';

/** A full queue is empty again after about this time. */
const RETRY_SECONDS = 1;

/** The services that predictions need. */
export interface PredictionParts {
  readonly trained: TrainedModel;
  readonly predictor: BatchPredictor;
  readonly preprocessor: ImagePreprocessor;
}

/** `POST /v1/predict`: classifies image files or pixels. `GET /v1/model`: describes the model. */
export function predictRoutes({ trained, predictor, preprocessor }: PredictionParts): FastifyPluginAsync {
  const { model, classes, dataset } = trained.saved;
  const [height, width, channels] = model.input;

  const predict = async (inputs: ModelInputs, top: number, signal: AbortSignal): Promise<Prediction[]> => {
    const outputs = await predictor.run(inputs.pixels, signal).catch(rejectBusy);
    return predictionsOf(inputs, outputs, trained.saved, top);
  };

  const predictFiles = async (
    uploads: readonly Upload[],
    top: number,
    client: string,
    signal: AbortSignal,
  ) => {
    const results: (Prediction | FileError)[] = [];
    for (const upload of uploads) {
      const inputs = await preprocessor
        .preprocess(upload.bytes, 'single', { client, signal })
        .catch((error: unknown) => ({ error: problemOfFile(upload, error) }));
      if ('error' in inputs) {
        results.push({ file: upload.name ?? '', ...inputs });
        continue;
      }
      const [prediction] = await predict(inputs, top, signal);
      results.push({
        ...(upload.name === undefined ? {} : { file: upload.name }),
        ...(inputs.note === undefined ? {} : { note: inputs.note }),
        ...prediction,
      });
    }
    const errors = results.flatMap((result) => ('error' in result ? [result.error] : []));
    // One bad file does not affect the others.
    if (errors.length < results.length) return results;
    throw new Problem(422, withFileName(uploads[0], errors[0]));
  };

  return async (server) => {
    await server.register(fastifyMultipart, { limits: formLimits });
    for (const type of [/^image\//, 'application/octet-stream']) {
      server.addContentTypeParser(
        type,
        { parseAs: 'buffer', bodyLimit: MAX_UPLOAD_BYTES },
        (_request, body, done) => {
          done(null, body);
        },
      );
    }
    server.removeContentTypeParser('text/plain');
    server.addContentTypeParser('*', (_request, _body, done) => {
      done(
        new Problem(415, 'expected an image ("Content-Type: image/png"), a form with image files, or JSON'),
      );
    });

    server.get('/v1/model', (): ModelDescription => ({
      name: model.name,
      dataset,
      classes: [...classes],
      input: { height, width, channels },
      parameters: countParameters(model),
    }));

    server.post('/v1/predict', async (request, reply): Promise<Predictions> => {
      const { top } = parseQuery(request);
      // Outside the time limit: how long a form takes to arrive depends on the client.
      const uploads = await readUploads(request);
      const predictions = await withTimeLimit(PREDICTION_TIMEOUT_MS, reply.raw, (signal) =>
        uploads === undefined
          ? predict({ pixels: parsePixels(request.body, model.input), concerns: [] }, top, signal)
          : predictFiles(uploads, top, request.ip, signal),
      );
      return { model: model.name, predictions };
    });
  };
}

/**
 * Why a file cannot be read.
 *
 * @throws {Problem} 503 when the machine is the cause
 */
function problemOfFile(upload: Upload, error: unknown): string {
  if (error instanceof BusyError) rejectBusy(error);
  if (!(error instanceof InklingError)) throw error;
  if (!(error instanceof MachineError)) return error.message;
  throw new Problem(503, withFileName(upload, error.message), RETRY_SECONDS, error.code);
}

function parseQuery({ query }: FastifyRequest) {
  rejectUnknownKeys(400, 'query', query, predictQuerySchema);
  const result = predictQuerySchema.safeParse(query);
  if (result.success) return result.data;
  throw new Problem(
    400,
    `query: expected nothing or top=K with an integer K from 1 to ${MAX_TOP}, got something else`,
  );
}

function rejectBusy(error: unknown): never {
  throw error instanceof BusyError ? new Problem(503, error.message, RETRY_SECONDS) : error;
}

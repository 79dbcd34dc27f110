import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { InklingError, UsageError } from '../../core/errors.js';
import { validate } from '../../core/validate.js';
import { designOf, preset } from '../../models/presets.js';
import { startingConfig } from '../../runs/startingConfig.js';
import { type Config, parseConfig } from '../../train/config.js';
import type { DatasetStore } from '../datasets/datasetStore.js';
import { Problem } from '../problem.js';
import type { TrainingQueue } from './trainingQueue.js';
import { type Training, type TrainingList, trainingSettingsSchema } from './trainingSchemas.js';

interface TrainingParts {
  readonly queue: TrainingQueue;
  readonly datasets: DatasetStore;
  readonly runDir: string;
  readonly isAllowed: boolean;
}

const paramsSchema = z.object({ id: z.string() });

/** `/api/trainings`: trains runs like `inkling train`, one after the other. */
export function trainingRoutes({ queue, datasets, runDir, isAllowed }: TrainingParts): FastifyPluginAsync {
  return (server) => {
    server.removeContentTypeParser('text/plain');
    server.addHook('preClose', () => queue.close());
    const assertAllowed = () => {
      if (isAllowed) return;
      throw new Problem(
        403,
        'training: the server does not train for its clients; restart it with --allow-training to allow it',
      );
    };

    server.get('/api/trainings', (): TrainingList => ({ isAllowed, trainings: queue.list() }));

    server.post('/api/trainings', ({ body }, reply) => {
      assertAllowed();
      const { config, dataset } = configOf(body, datasets, runDir);
      const training: Training = queue.add(config, dataset);
      return reply.code(202).send(training);
    });

    server.post('/api/trainings/:id/stop', ({ params }, reply) => {
      assertAllowed();
      const { id } = validate(paramsSchema, params, 'training');
      queue.stop(/^\d{1,9}$/.test(id) ? Number(id) : NaN);
      return reply.code(202).send();
    });
    return Promise.resolve();
  };
}

/**
 * The configuration of a training, checked like that of `inkling train`.
 *
 * @throws {Problem} 404 when the data set is not on this machine; 422 for any other reason
 */
function configOf(
  body: unknown,
  datasets: DatasetStore,
  runDir: string,
): { readonly config: Config; readonly dataset: string } {
  try {
    const settings = validate(trainingSettingsSchema, body, 'config', UsageError);
    const { model = parseConfig({}).model, dataset = parseConfig({}).dataset } = settings;
    // Only presets, since a client must not have the server read files.
    preset(model, designOf(model));
    const { preliminary } = startingConfig({
      settings: { ...settings, ...datasets.settingsFor(dataset), runDir },
    });
    return { config: preliminary, dataset };
  } catch (error) {
    if (error instanceof Problem || !(error instanceof InklingError)) throw error;
    throw new Problem(422, error.message);
  }
}

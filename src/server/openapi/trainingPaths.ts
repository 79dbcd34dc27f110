import { MAX_WAITING_TRAININGS } from '../limits.js';
import { busy, json, jsonResponse, pathParameter, type Paths, problem } from './elements.js';
import { schemaRef } from './schemas.js';

/** Who may start and stop trainings. */
const ACCESS =
  'Status 403 unless the server trains for its clients: by default, it does if it listens on a loopback address without `--api-key` and `--cors`; otherwise `--allow-training` allows it.';

/** `/api/trainings`: training from the page. */
export const trainingPaths: Paths = {
  '/api/trainings': {
    get: {
      summary: 'Lists the trainings that clients have started',
      description: 'Those that have not ended, and the last ones that have. They end with the server.',
      responses: { 200: jsonResponse('The trainings.', schemaRef('TrainingList')) },
    },
    post: {
      summary: 'Trains a run, like `inkling train`',
      description: `One run is trained at a time, in a process of its own; up to ${MAX_WAITING_TRAININGS} others wait. Nothing is downloaded. ${ACCESS}`,
      requestBody: { required: true, content: json(schemaRef('TrainingSettings')) },
      responses: {
        202: jsonResponse('The training waits, or has begun.', schemaRef('Training')),
        404: problem('There is no data set with this name, or its files are not on this machine.'),
        411: problem('The request has no body.'),
        415: problem('The content type is not `application/json`.'),
        422: problem('A setting is unknown or invalid, or the settings do not fit together.'),
        503: busy(`${MAX_WAITING_TRAININGS} trainings are waiting.`),
      },
    },
  },
  '/api/trainings/{id}/stop': {
    post: {
      summary: 'Ends a training',
      description: `Its run keeps the epochs that it has completed, and can be resumed with \`inkling train --resume\`. ${ACCESS}`,
      parameters: [pathParameter('id', 'Number of the training.', { type: 'integer', minimum: 1 })],
      responses: {
        202: { description: 'The training has been asked to end.' },
        404: problem('There is no training with this number.'),
        409: problem('It has ended.'),
      },
    },
  },
};

import { DATASET_PARTS } from '../../data/parts.js';
import { imageQuerySchema } from '../apiSchemas.js';
import { MAX_EVENT_STREAMS, MAX_WAITING_DATASETS } from '../limits.js';
import { MAX_COMPARED_RUNS } from '../runs/comparisonSchemas.js';
import { downloadNames } from '../runs/downloads.js';
import {
  busy,
  fileResponse,
  jsonResponse,
  pathParameter,
  type Paths,
  problem,
  queryParameters,
} from './elements.js';
import { schemaRef } from './schemas.js';

const run = pathParameter(
  'name',
  'Name of a run folder, such as `report-cnn-mnist-1`, or of a trial of a sweep, such as `sweep-mnist-1%2Ftrial-7-1`.',
);
const sweep = pathParameter('name', 'Name of the folder of a sweep, such as `sweep-mnist-1`.');
const noSweep = problem('There is no sweep with this name.');
const dataset = pathParameter('name', 'Name of a data set, such as `mnist`.');
const noRun = problem('There is no run with this name.');
const noDataset = problem('There is no data set with this name, or its files are not on this machine.');

const datasetBusy = busy(
  `The files cannot be read, or ${MAX_WAITING_DATASETS} data sets are waiting to be loaded, of which one is loaded at a time.`,
);

/** `/api`: what the page shows. */
export const pagePaths: Paths = {
  '/': {
    get: {
      summary: 'Returns the page',
      description:
        'Its scripts, styles, and WebAssembly modules are files under the same path. Needs no API key; the page asks for it.',
      security: [],
      responses: { 200: fileResponse('An HTML page.', 'text/html') },
    },
  },
  '/api/model': {
    get: {
      summary: 'Returns the name of the served model',
      responses: { 200: jsonResponse('The served model.', schemaRef('ServedModel')) },
    },
  },
  '/api/model/checkpoint': {
    get: {
      summary: 'Returns the layers, weights, and calibration of the served model',
      responses: { 200: fileResponse('A safetensors file.') },
    },
  },
  '/api/runs': {
    get: {
      summary: 'Lists the runs',
      description: 'These are the runs in the folder given by `--run-dir`.',
      responses: { 200: jsonResponse('All runs, sorted by name.', schemaRef('RunList')) },
    },
  },
  '/api/runs/{name}': {
    get: {
      summary: 'Describes a run',
      parameters: [run],
      responses: {
        200: jsonResponse('Configuration, epochs, and summary.', schemaRef('Run')),
        404: noRun,
      },
    },
  },
  '/api/runs/{name}/checkpoint': {
    get: {
      summary: 'Returns the layers and weights of a run, from its best epoch',
      parameters: [run],
      responses: {
        200: fileResponse('A safetensors file.'),
        404: problem('There is no run with this name, or it has no checkpoint yet.'),
      },
    },
  },
  '/api/runs/{name}/files/{file}': {
    get: {
      summary: 'Returns a file of a run',
      description:
        'Its report, its weights, or what it was exported to. The header `Content-Disposition` names the file after the run.',
      parameters: [
        run,
        pathParameter('file', 'Name of a file that `GET /api/runs/{name}` lists.', {
          type: 'string',
          enum: downloadNames,
        }),
      ],
      responses: {
        200: fileResponse('The file, with its content type.'),
        404: problem('There is no run with this name, or it has no such file.'),
      },
    },
  },
  '/api/runs/{name}/events': {
    get: {
      summary: 'Streams the events of a run as they occur',
      description:
        'Server-sent events named `started`, `progress`, `epoch`, and `finished`; the data is JSON. ' +
        'The stream starts with the events so far and ends when the run ends. Of `progress`, only the latest is sent, so that ' +
        'a client that reads slowly misses older ones, but no other events. After a lost connection, the header `Last-Event-ID` ' +
        `continues after that event. At most ${MAX_EVENT_STREAMS} streams are open; a further one ends the oldest one of the ` +
        'address that has the most.',
      parameters: [run],
      responses: {
        200: { description: 'A stream of events.', content: { 'text/event-stream': {} } },
        404: noRun,
      },
    },
  },
  '/api/comparison': {
    get: {
      summary: 'Compares the test predictions of runs',
      description:
        "Each pair of runs that were tested on the same images is compared by McNemar's exact test, from the predictions that the runs recorded.",
      parameters: [
        {
          name: 'run',
          in: 'query',
          required: true,
          description: `Name of a run; 2 to ${MAX_COMPARED_RUNS} times, such as \`run=mlp-mnist-1&run=mlp-mnist-2\`.`,
          schema: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: MAX_COMPARED_RUNS },
        },
      ],
      responses: {
        200: jsonResponse('The runs and their pairs.', schemaRef('Comparison')),
        400: problem('The query is invalid.'),
        404: noRun,
      },
    },
  },
  '/api/sweeps': {
    get: {
      summary: 'Lists the hyperparameter sweeps',
      description: 'These are the sweeps in the folder given by `--run-dir`.',
      responses: { 200: jsonResponse('All sweeps, sorted by name.', schemaRef('SweepList')) },
    },
  },
  '/api/sweeps/{name}': {
    get: {
      summary: 'Describes a sweep with its trials',
      parameters: [sweep],
      responses: { 200: jsonResponse('Space, trials, and results.', schemaRef('Sweep')), 404: noSweep },
    },
  },
  '/api/sweeps/{name}/events': {
    get: {
      summary: 'Streams when a sweep changes',
      description:
        'Server-sent events named `changed`, when a trial has started, completed an epoch, or ended, and `finished`, when the sweep is not ' +
        'conducted any more, after which the stream ends. They have no data: request the sweep again. The limit of streams is that of runs.',
      parameters: [sweep],
      responses: {
        200: { description: 'A stream of events.', content: { 'text/event-stream': {} } },
        404: noSweep,
      },
    },
  },
  '/api/sweeps/{name}/trials/{number}/stop': {
    post: {
      summary: 'Ends a running trial of a sweep after its current epoch',
      description:
        'The trial counts as pruned. The process that conducts the sweep learns of the request through a file in the folder of the sweep.',
      parameters: [sweep, pathParameter('number', 'Number of the trial.', { type: 'integer', minimum: 0 })],
      responses: {
        202: { description: 'The trial has been asked to end.' },
        404: noSweep,
        409: problem('There is no such trial, or it has ended.'),
      },
    },
  },
  '/api/data': {
    get: {
      summary: 'Lists the data sets',
      description:
        'These are the data sets that Inkling knows by name and those that the runs were trained on.',
      responses: { 200: jsonResponse('All data sets.', schemaRef('DatasetList')) },
    },
  },
  '/api/data/{name}': {
    get: {
      summary: 'Summarizes a data set',
      parameters: [dataset],
      responses: {
        200: jsonResponse('Shape, classes, and number of images.', schemaRef('Dataset')),
        404: noDataset,
        503: datasetBusy,
      },
    },
  },
  '/api/data/{name}/{part}': {
    get: {
      summary: 'Returns images of a data set',
      parameters: [
        dataset,
        pathParameter('part', 'Part of the data set.', { type: 'string', enum: DATASET_PARTS }),
        ...queryParameters(imageQuerySchema),
      ],
      responses: {
        200: jsonResponse('Images in the order of their file.', schemaRef('ImagePage')),
        400: problem('The part or the query is invalid.'),
        404: noDataset,
        503: datasetBusy,
      },
    },
  },
};

import { join } from 'node:path';
import { decode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { readCompanionRun } from '#inkling/report/companions/companionRun.js';
import { crc32c } from '#inkling/report/companions/tensorboard/tfRecord.js';
import { writeCompanions } from '#inkling/report/companions/writeCompanions.js';
import { rankingCurves, separateScores } from '#inkling/runs/statistics/curves.js';
import { findPython, runPythonProgram } from '../../helpers/python.js';
import { run, sharedFolder } from '../../helpers/run.js';

const runDir = sharedFolder();
let folders: [string, string];
let logs: string;
beforeAll(async () => {
  const settings = { batchSize: 8, learningRate: 0.00001 };
  const first = await run(runDir, { ...settings, augment: { shift: 1 } });
  const second = await run(runDir, { ...settings, model: 'mlp' });
  folders = [first.folder, second.folder];
  logs = writeCompanions(folders, join(runDir, 'out')).tensorboard;
});

test('checksums are those of RFC 3720', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
});

/** Starts the real TensorBoard, and asks it what its pages ask. */
const PROGRAM = `
import base64, json, os, sys, time, urllib.parse, urllib.request
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
from tensorboard import program

board = program.TensorBoard()
board.configure(argv=[None, "--logdir", sys.argv[1], "--port", "0", "--host", "127.0.0.1", "--load_fast", "false", "--samples_per_plugin", "images=100"])
url = board.launch().rstrip("/")

def get(path, body=None, **query):
    if query:
        path += "?" + urllib.parse.urlencode(query)
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        return response.read()

def ask(path, body=None, **query):
    return json.loads(get("/data/plugin/" + path, body, **query))

for attempt in range(200):
    if len(json.loads(get("/data/runs"))) == 2 and len(ask("hparams/experiment", {"experimentName": ""})["hparamInfos"]) > 0:
        break
    time.sleep(0.1)

def tags(plugin):
    return {run: sorted(found) for run, found in ask(plugin + "/tags").items()}

run = sys.argv[2]
scalars = {tag: ask("scalars/scalars", run=run, tag=tag) for tag in tags("scalars")[run]}
images = {}
for tag in tags("images")[run]:
    images[tag] = [base64.b64encode(get("/data/plugin/images/individualImage?" + each["query"])).decode()
                   for index in range(ask("images/tags")[run][tag]["samples"])
                   for each in ask("images/images", run=run, tag=tag, sample=index)]
curves = {tag: ask("pr_curves/pr_curves", run=run, tag=tag)[run] for tag in tags("pr_curves")[run]}
experiment = ask("hparams/experiment", {"experimentName": ""})
groups = ask("hparams/session_groups", {"experimentName": "", "colParams": [{"hparam": info["name"]} for info in experiment["hparamInfos"]] + [{"metric": info["name"]} for info in experiment["metricInfos"]], "allowedStatuses": ["STATUS_SUCCESS"], "startIndex": 0, "sliceSize": 10})
print(json.dumps({"runs": sorted(json.loads(get("/data/runs"))), "scalars": scalars, "images": images, "curves": curves, "experiment": experiment, "groups": groups}), flush=True)
os._exit(0)
`;

const shownSchema = z.object({
  runs: z.array(z.string()),
  scalars: z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.number()]))),
  images: z.record(z.string(), z.array(z.string())),
  curves: z.record(
    z.string(),
    z.array(z.object({ precision: z.array(z.number()), recall: z.array(z.number()), step: z.number() })),
  ),
  experiment: z.object({
    hparamInfos: z.array(z.object({ name: z.string() })),
    metricInfos: z.array(z.object({ name: z.object({ tag: z.string() }) })),
  }),
  groups: z.object({
    sessionGroups: z.array(
      z.object({
        hparams: z.record(z.string(), z.unknown()),
        metricValues: z.array(z.object({ name: z.object({ tag: z.string() }), value: z.number() })),
      }),
    ),
  }),
});

const python = findPython('tensorboard');
const missing = 'no TensorBoard: neither python3 nor /usr/bin/python3 can import tensorboard';
test.skipIf(python === undefined)(
  `the real TensorBoard shows scalars, images, curves, and hyperparameters${python === undefined ? ` (skipped: ${missing})` : ''}`,
  () => {
    const companion = readCompanionRun(folders[0]);
    const { summary, predictionRecord, test: metrics, name } = companion;
    const shown = shownSchema.parse(
      JSON.parse(runPythonProgram(python ?? '', ['-c', PROGRAM, logs, name], runDir)),
    );
    expect(shown.runs).toEqual([name, readCompanionRun(folders[1]).name].sort());

    const values = (tag: string) => shown.scalars[tag].map(([, step, value]) => [step, value]);
    const rounded = (all: readonly (readonly [number, number])[]) =>
      all.map(([step, value]) => [step, Math.fround(value)]);
    expect(values('loss/train')).toEqual(rounded(summary.epochs.map((e) => [e.epoch, e.trainLoss])));
    expect(values('accuracy/validation')).toEqual(
      rounded(summary.epochs.map((e) => [e.epoch, e.validationAccuracy])),
    );
    expect(values('within epochs/mean training loss')).toEqual(
      rounded(companion.progress.map(({ step, trainLoss }) => [step, trainLoss])),
    );
    expect(values('test/accuracy')).toEqual(rounded([[summary.best?.epoch ?? 0, metrics.accuracy]]));
    expect(Object.keys(shown.scalars)).toHaveLength(10);

    const { classes } = summary.dataset;
    const samples = predictionRecord.samples.filter(({ label }) => label === 1);
    const pixels = shown.images[`training images/${classes[1]}`].map((png) =>
      decode(Buffer.from(png, 'base64')),
    );
    expect(pixels.map(({ data }) => [...data])).toEqual(samples.map((sample) => [...sample.pixels]));
    expect(pixels[0]).toMatchObject({ width: 8, height: 8, channels: 1 });
    expect(Object.keys(shown.images).some((tag) => tag.startsWith('errors/'))).toBe(true);

    expect(Object.keys(shown.curves)).toEqual(classes.map((each) => `precision and recall/${each}`).sort());
    for (const [label, each] of classes.entries()) {
      const [{ precision, recall, step }] = shown.curves[`precision and recall/${each}`];
      expect(step).toBe(summary.best?.epoch);
      // Each point is on the curve of all thresholds, which does not depend on buckets.
      const { probabilities, labels } = predictionRecord;
      const ofClass = Float64Array.from(labels, (_, image) => probabilities?.[image * 3 + label] ?? 0);
      const exact = rankingCurves(separateScores(ofClass, (image) => labels[image] === label));
      const points = exact?.precisionRecall.map(({ x, y }) => `${x.toFixed(4)} ${y.toFixed(4)}`) ?? [];
      const drawn = recall.map((x, i) => `${x.toFixed(4)} ${precision[i].toFixed(4)}`);
      expect(drawn.filter((point) => !points.includes(point) && !point.startsWith('0.0000'))).toEqual([]);
      expect(new Set(drawn).size).toBeGreaterThan(3);
    }

    expect(shown.experiment.metricInfos.map(({ name: { tag } }) => tag)).toEqual([
      'test/accuracy',
      'test/macro F1',
      'test/loss',
    ]);
    const sessions = shown.groups.sessionGroups;
    expect(sessions.map(({ hparams }) => hparams.model).sort()).toEqual(['mlp', 'report-cnn']);
    const session = sessions.find(({ hparams }) => hparams.model === 'report-cnn');
    expect(session?.hparams).toMatchObject({ learningRate: 0.00001, seed: 3, augment: 'shift=1' });
    expect(session?.metricValues.find(({ name: { tag } }) => tag === 'test/accuracy')?.value).toBeCloseTo(
      metrics.accuracy,
      6,
    );
  },
);

import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as zodInBrowsers from '../src/core/zod/index.browser.js';
import * as zodInWorkers from '../src/core/zod/index.worker.js';
import {
  otherVersions,
  importOrderViolations,
  importsInBrowsers,
  cyclesOf,
  diskWriters,
  importsOf,
  nodeUsers,
  processUses,
  reachedFrom,
  readSources,
} from './helpers/imports.js';

const sources = readSources(fileURLToPath(new URL('../src', import.meta.url)));
const imports = importsOf(sources);

/** Besides the platform, the server and the command line, only these use Node.js: they read and write files or use the network. */
const NODE_FILES = [
  'backbones/loadBackbone.ts',
  'backbones/weightsFile.ts',
  'data/cacheEntries.ts',
  'data/datasetPath.ts',
  'data/catalog/archive.ts',
  'data/catalog/loadCatalogSet.ts',
  'data/arrays/loadArrays.ts',
  'data/arrays/readArrays.ts',

  'data/imageFolder/decodedDataset.ts',
  'data/parquet/extractImages.ts',
  'data/parquet/loadParquet.ts',
  'data/parquet/parquetFile.ts',
  'data/parquet/parquetPages.ts',
  'data/files/datasetFile.ts',
  'data/files/download.ts',
  'data/files/gunzip.ts',
  'data/files/listing.ts',
  'data/files/locate.ts',
  'data/files/tarReaders.ts',
  'data/files/unzip.ts',
  'data/idx/findIdx.ts',
  'data/idx/loadIdx.ts',
  'data/imageFolder/cache.ts',
  'data/imageFolder/collectedFile.ts',
  'data/imageFolder/imageCollector.ts',
  'data/imageFolder/loadImageFolder.ts',
  'data/load.ts',
  'export/formats/torch.ts',
  'images/formats/pngIntegrity.ts',
  'images/formats/tiff/tiffSamples.ts',
  'parity/golden.ts',
  'parity/parity.ts',
  'predict/findImages.ts',
  'predict/load.ts',
  'predict/pretrained.ts',
  'report/input/readFragments.ts',
  'report/input/readInput.ts',
  'report/input/reportFile.ts',
  'report/folds/readReportFolds.ts',
  'report/readReportRun.ts',
  'report/companions/companionRun.ts',
  'report/companions/writeCompanions.ts',
  'report/sweep/readReportSweep.ts',
  'report/write.ts',
  'runs/compare/compareRecorded.ts',
  'runs/compare/compareRuns.ts',
  'runs/dataset/absolutePaths.ts',
  'runs/dataset/featureCache.ts',
  'runs/dataset/fingerprint.ts',
  'runs/dataset/runDataset.ts',
  'runs/evaluateRun.ts',
  'runs/eventLog.ts',
  'runs/listRuns.ts',
  'runs/measurements/measurement.ts',
  'runs/readRun.ts',
  'runs/resolveModel.ts',
  'runs/restoreLog.ts',
  'runs/resume.ts',
  'runs/dataset/runDatasets.ts',
  'runs/runFolder.ts',
  'runs/runFiles.ts',
  'runs/trainingLock.ts',
  'runs/verify/recordedRun.ts',
  'runs/verify/trainingHashes.ts',
  'runs/verify/verificationFile.ts',
  'sweep/queue/bull/claim.ts',
  'sweep/queue/bull/collectedRun.ts',
  'sweep/queue/bull/jobLoader.ts',
  'sweep/queue/bull/remoteTrial.ts',
  'sweep/queue/bull/runReporter.ts',
  'sweep/queue/bull/snapshot.ts',
  'sweep/queue/bull/stores.ts',
  'sweep/queue/bull/sweepId.ts',
  'sweep/queue/bull/trialWorker.ts',
  'sweep/queue/bull/workOnTrials.ts',
  'sweep/queue/bullQueue.ts',
  'sweep/queue/childProcess.ts',
  'sweep/queue/inProcessQueue.ts',
  'sweep/journal/journal.ts',
  'sweep/foldsRecord.ts',
  'sweep/planSweep.ts',
  'sweep/runSweep.ts',
  'sweep/stopTrial.ts',
  'sweep/sweepFolder.ts',
  'sweep/trainRuns.ts',
  'train/openModel.ts',
];

/** Modules that a web page can use, if those with a version for browsers are replaced by it. */
const WEB =
  /^(core|plan|layers|models|kernels|engine|interop|web)\/|^data\/(idx\/parseIdx|split|batches|dataset|parts)\.ts$|^data\/digits\//;
const WEB_TOO = ['predict/compiledModel.ts', 'index.ts', 'report/index.ts'];

test('folders import only from themselves and from earlier folders', () => {
  expect(imports.size).toBeGreaterThan(50);
  expect(importOrderViolations(imports)).toEqual([]);
});

test('the lab uses what the library exports, besides the components of pages', () => {
  const used = [...imports].filter(([file]) => file.startsWith('lab/')).flatMap(([, targets]) => targets);
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter((to) => /\.tsx?$/.test(to) && !/^(lab|components)\/|^index\.ts$/.test(to))).toEqual([]);
});

test('imports have no cycles', () => {
  expect(cyclesOf(imports)).toEqual([]);
});

test('only files that read and write files import modules of Node.js', () => {
  const users = nodeUsers(imports).filter((file) => !/^(platform|server|cli)\//.test(file));
  expect(users.filter((file) => !NODE_FILES.includes(file))).toEqual([]);
});

test('modules for web pages depend on Node.js only through modules with a version for browsers', () => {
  const web = [...imports.keys()].filter((file) => WEB.test(file) || WEB_TOO.includes(file));
  expect(web).toEqual(expect.arrayContaining(WEB_TOO));
  const reached = reachedFrom(importsInBrowsers(imports), web);
  const users = nodeUsers(imports).filter((file) => reached.has(file));
  expect(users.filter((file) => !otherVersions(sources, 'browser').has(file))).toEqual([]);
});

test('models are read without what reads files of other programs', () => {
  const folders = ['interop/torch/file/', 'interop/onnx/file/'];
  const reader = (file: string) => folders.some((folder) => file.startsWith(folder));
  for (const folder of folders) {
    expect([...imports.keys()].filter((file) => file.startsWith(folder)).length).toBeGreaterThan(5);
  }
  for (const entry of [
    'interop/decodeCheckpoint.ts',
    'library/loadClassifier.ts',
    'library/browserWorker.ts',
  ]) {
    expect([...reachedFrom(importsInBrowsers(imports), [entry])].filter(reader)).toEqual([]);
  }
});

test('predictions use no GPU, nor does a page itself: only a worker that trains does', () => {
  const ofGpu = (entry: string) =>
    [...reachedFrom(importsInBrowsers(imports), [entry])].filter((file) =>
      /^(engine\/webgpu|kernels\/webgpu)\/|^platform\/gpu\/openGpu/.test(file),
    );
  expect(ofGpu('train/device/startOnDevice.ts').length).toBeGreaterThan(5);
  const entries = ['predict/compiledModel.ts', 'library/loadClassifier.ts', 'library/browserWorker.ts'];
  for (const entry of [...entries, 'index.ts']) expect(ofGpu(entry)).toEqual([]);
});

test('the library for browsers has only the small version of zod', () => {
  const reached = reachedFrom(importsInBrowsers(imports), ['index.ts', 'library/browserWorker.ts']);
  expect(imports.get('core/validate.ts')).toContain('zod/mini');
  expect([...reached].filter((file) => imports.get(file)?.includes('zod'))).toEqual([]);
});

test.each([
  ['the library for browsers', 'index.ts', ['browser'], zodInBrowsers],
  ['the script of workers', 'library/browserWorker.ts', ['worker', 'browser'], zodInWorkers],
])('what replaces Zod in %s has all that it uses', (_, entry, kinds, replacement) => {
  const reached = reachedFrom(importsInBrowsers(imports, kinds), [entry]);
  const used = [...reached].flatMap((file) =>
    [...(sources.get(file) ?? '').matchAll(/(?<![\w.])z\s*\.([a-z_]\w*)\(/g)].map(([, name]) => name),
  );
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter((name) => !(name in replacement))).toEqual([]);
});

test.each([
  ['browser', 'platform/host.ts'],
  ['worker', 'core/validate.ts'],
] as const)('versions for a %s export the same', (kind, example) => {
  const versions = otherVersions(sources, kind);
  expect([...versions.keys()]).toContain(example);
  expect([...versions].filter(([, differences]) => differences.length > 0)).toEqual([]);
});

test('only one module calls functions of Node.js that change the disk', () => {
  expect(diskWriters(sources)).toEqual(['platform/fileOperations.ts']);
});

test('only the command line, and loadDataset and loadBackbone by default, read the environment and the arguments', () => {
  const others = processUses(sources).filter((use) => !use.startsWith('cli/'));
  expect(others).toEqual(['backbones/loadBackbone.ts uses process.env', 'data/load.ts uses process.env']);
});

/** Sources with one violation of each rule. */
const broken = new Map([
  ['core/a.ts', "import type { B } from './b.js';\nimport { readFileSync } from 'node:fs';"],
  ['core/b.ts', "export * from './c.js';"],
  ['core/c.ts', "import './a.js';\nconst late = await import('../cli/main.js');"],
  ['cli/main.ts', "import * as z from 'zod';\nimport '../index.js';\n// process.env\nprocess.exitCode = 1;"],
  ['tools/x.ts', "import '../core/a.js';\nconst { argv } = process;"],
  ['index.ts', "export * from './core/a.js';\nexport const home = process.env.HOME;"],
]);

test('the checks find violations', () => {
  const imports = importsOf(broken);
  expect(importOrderViolations(imports)).toEqual([
    'core/c.ts imports cli/main.ts',
    'cli/main.ts imports index.ts',
    'tools/x.ts imports core/a.ts',
  ]);
  expect(cyclesOf(imports)).toEqual([
    'core/a.ts → core/b.ts → core/c.ts → core/a.ts',
    'core/a.ts → core/b.ts → core/c.ts → cli/main.ts → index.ts → core/a.ts',
  ]);
  expect(nodeUsers(imports)).toEqual(['core/a.ts']);
  expect([...reachedFrom(imports, ['core/b.ts'])].sort()).toEqual([
    'cli/main.ts',
    'core/a.ts',
    'core/b.ts',
    'core/c.ts',
    'index.ts',
  ]);
  const readers = [
    ['a.ts', "import { readFileSync, type Stats } from 'node:fs';"],
    ['b.ts', "import { openSync } from 'node:fs';\nopenSync(path, 'r');\nopenSync(name(1), 'r');"],
  ] as const;
  const writers = [
    ['c.ts', "import { openSync } from 'node:fs';\nopenSync(path, 'r');\nopenSync(path, 'r+');"],
    ['d.ts', "import { writeFileSync } from 'node:fs';"],
    ['e.ts', "import { readFile, rm } from 'node:fs/promises';"],
    ['f.ts', "import * as fs from 'node:fs';"],
    ['g.ts', "import fs from 'fs';"],
    ['h.ts', "const { rm } = await import('node:fs/promises');"],
    ['i.ts', "import { createWriteStream } from 'node:fs';"],
    ['j.ts', "import { openSync } from 'node:fs';\nopenSync(path);\nconst f = openSync;"],
    ['k.ts', "export { rmSync } from 'node:fs';"],
  ] as const;
  expect(diskWriters(new Map([...readers, ...writers]))).toEqual(writers.map(([file]) => file));
  expect(processUses(broken)).toEqual(['tools/x.ts uses process', 'index.ts uses process.env']);
});

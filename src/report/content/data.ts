import { formatCount, formatPlural, formatWholePercent } from '../../core/format.js';
import { licenseNameOf, licenseSourceOf } from '../../data/catalog/terms.js';
import { formatShape } from '../../core/shape.js';
import { FOLDER_GROUPS } from '../../data/groups/groupsOf.js';
import { distributionChart } from '../charts/distribution.js';
import type { Block, Section, Subsection } from '../document.js';
import { drawImageRows } from '../draw/imageRows.js';
import type { ReportRun } from '../reportRun.js';
import { balanceText } from './classBalance.js';
import { datasetTitle, isGenerated } from './context.js';
import { dataListing } from './listings.js';
import { spreadClasses } from './shownClasses.js';
import { publishedData } from './sources.js';
import { cite, code, reference, sentences, text } from './text.js';

export function dataSection(run: ReportRun): Section {
  return {
    id: 'data',
    title: 'Data',
    blocks: [],
    subsections: [sourceSubsection(run), preprocessing(run), examples(run)],
  };
}

/** Where the images are from. */
export function sourceSubsection(run: ReportRun): Subsection {
  const { dataset } = run.summary;
  const { location, kind, sha256, verified } = dataset.source;
  const files = Object.entries(sha256);
  const published = publishedData(dataset);
  const blocks: Block[] = [
    ...(published === undefined
      ? []
      : [
          {
            type: 'paragraph' as const,
            text: text`${published.title} was published with ${cite(published.work)}, and is available at ${{ type: 'link', address: published.url, text: published.url }}. Its license is: ${licenseNameOf(published) ?? 'none stated by its authors'}${licenseSourceOf(published)}.`,
          },
        ]),
    {
      type: 'paragraph',
      text: isGenerated(dataset)
        ? text`The images are synthetic (${location}); no files were read.`
        : kind === 'download'
          ? text`The ${datasetTitle(run)} images were downloaded from ${location}.`
          : files.length > 0
            ? text`The ${datasetTitle(run)} images were read from local files.`
            : text`The ${datasetTitle(run)} images were provided by a program; where they came from is not recorded.`,
    },
  ];
  if (files.length > 0) {
    blocks.push(
      {
        type: 'paragraph',
        text: verified
          ? text`The SHA-256 hash of each file matches its reference value (${reference('files')}).`
          : text`No reference hashes are available for these files; ${reference('files')} lists their SHA-256 hashes.`,
      },
      {
        type: 'table',
        id: 'files',
        caption: text`Files of the data set with the SHA-256 hashes of their uncompressed contents.`,
        columns: [
          { title: 'File', align: 'left' },
          { title: 'SHA-256', align: 'left' },
        ],
        rows: files.map(([name, hash]) => [[code(name)], [code(hash)]]),
      },
    );
  }
  return { id: 'source', title: 'Source', blocks };
}

function preprocessing(run: ReportRun): Subsection {
  const { dataset } = run.summary;
  const { train, validation, test, shape, classes } = dataset;
  return {
    id: 'preprocessing',
    title: 'Split and preprocessing',
    blocks: [
      {
        type: 'paragraph',
        text: text`${availableImages(run)} The ${formatCount(test)} test images form a separate set, which was used neither for training nor for the choice of the epoch. Pixel values are bytes; dividing them by 255 scales them to the range from 0 to 1. ${reference('dataset-summary')} summarizes the data set.`,
      },
      {
        type: 'table',
        id: 'dataset-summary',
        caption: text`Summary of the data set.`,
        columns: [
          { title: 'Property', align: 'left' },
          { title: 'Value', align: 'right' },
        ],
        rows: [
          [['Training images'], [formatCount(train)]],
          [['Validation images'], [formatCount(validation)]],
          [['Test images'], [formatCount(test)]],
          [['Image shape (height × width × channels)'], [formatShape(shape)]],
          [['Classes'], [formatCount(classes.length)]],
        ],
      },
      ...dataListing(run),
    ],
  };
}

/** How many images train and validate, and how they were chosen. */
function availableImages({ config, summary: { dataset } }: ReportRun): string {
  const { train, validation } = dataset;
  const selection = `${selectionOf(dataset, config)}.`;
  const { trainLimit, trainLimitPerClass: perClass, seed } = config;
  if (trainLimit !== undefined || perClass !== undefined) {
    const share = perClass === undefined ? 'the same share' : formatPlural(perClass, 'image');
    return `${formatCount(validation)} images ${selection} Of the others, ${formatCount(train)} were used for training, drawn with seed ${seed}, with ${share} of each class.`;
  }
  const fraction = validation / (train + validation);
  return `Of the ${formatCount(train + validation)} images available for training, ${formatCount(validation)} (${formatWholePercent(fraction)}) ${selection}`;
}

/** How the validation images were chosen. */
function selectionOf(
  { validationSplit }: ReportRun['summary']['dataset'],
  { splitSeed: seed, group = '' }: ReportRun['config'],
): string {
  switch (validationSplit) {
    case 'predefined':
      return 'are the validation set that the data set defines';
    case 'stratified':
      return `were held out for validation, drawn at random from each class with seed ${seed}`;
    case 'grouped':
      return `were held out for validation, in whole groups of images (${group === FOLDER_GROUPS ? 'the folders below those of the classes' : `the column “${group}”`}) that no training image belongs to, stratified by class, with seed ${seed}`;
    default:
      return `were held out for validation, drawn at random with seed ${seed}`;
  }
}

function examples(run: ReportRun): Subsection {
  const { predictionRecord, summary } = run;
  const { classes, shape } = summary.dataset;
  const sampled = [...new Set(predictionRecord.samples.map(({ label }) => label))].sort((a, b) => a - b);
  const rows = spreadClasses(sampled).map((label) => ({
    title: classes[label],
    images: predictionRecord.samples.filter((sample) => sample.label === label).map(({ pixels }) => pixels),
  }));
  const which =
    rows.length === sampled.length
      ? 'each class'
      : `${rows.length} of the ${formatCount(classes.length)} classes`;
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: sentences(
        text`${reference('distribution')} shows the number of images per class.`,
        balanceText(run),
      ),
    },
  ];
  if (rows.length > 0) {
    blocks.unshift({
      type: 'paragraph',
      text: text`${reference('samples')} shows randomly selected training images of ${which}.`,
    });
    blocks.push({
      type: 'figure',
      id: 'samples',
      caption: text`Training images from ${datasetTitle(run)}, one row per class.`,
      altText: `Training images in ${rows.length} rows, one per class: ${rows.map(({ title }) => title).join(', ')}.`,
      graphic: { type: 'drawing', drawing: drawImageRows(rows, shape) },
    });
  }
  const counts = predictionRecord.classCounts.train;
  blocks.push({
    type: 'figure',
    id: 'distribution',
    caption: text`Number of images per class in the training, validation, and test sets.`,
    altText: `Bar charts of the number of images per class; in the training set it ranges from ${formatCount(Math.min(...counts))} to ${formatCount(Math.max(...counts))}.`,
    graphic: { type: 'chart', chart: distributionChart(predictionRecord.classCounts, classes) },
  });
  return { id: 'examples', title: 'Example images and class distribution', blocks };
}

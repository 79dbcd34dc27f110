import { formatCount } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { distributionChart } from '../charts/distribution.js';
import type { Block, Section, Subsection } from '../document.js';
import { drawImageRows } from '../draw/sheets.js';
import type { ReportRun } from '../runs.js';
import { isGenerated, nameOfData } from './context.js';
import { code, reference, text } from './text.js';

export function dataSection(run: ReportRun): Section {
  return {
    id: 'data',
    title: 'Data',
    blocks: [],
    subsections: [origin(run), preparation(run), pictures(run)],
  };
}

function origin(run: ReportRun): Subsection {
  const { dataset } = run.summary;
  const { source } = dataset;
  const files = Object.entries(source.sha256);
  const verified = source.verified
    ? text`Each file has the SHA-256 that is known of it (${reference('files')}).`
    : text`No hashes are known of these files; ${reference('files')} keeps theirs.`;
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: isGenerated(dataset)
        ? text`The images were drawn by a program, ${source.location}; no file was read.`
        : source.kind === 'download'
          ? text`The images of ${nameOfData(run)} were downloaded from ${source.location}.`
          : text`The images of ${nameOfData(run)} were read from files of this machine.`,
    },
  ];
  if (files.length > 0) {
    blocks.push(
      { type: 'paragraph', text: verified },
      {
        type: 'table',
        id: 'files',
        caption: text`The files of the data set, unpacked.`,
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

function preparation({ config, summary: { dataset } }: ReportRun): Subsection {
  const { train, validation, test, shape, classes } = dataset;
  const share = validation / (train + validation);
  return {
    id: 'preparation',
    title: 'Split and normalisation',
    blocks: [
      {
        type: 'paragraph',
        text: text`Of ${formatCount(train + validation)} images that are there to learn from, ${formatCount(validation)} (${(100 * share).toFixed(0)} %) were kept for validation, drawn at random with seed ${config.splitSeed}. The ${formatCount(test)} test images are a set of their own; they were scored once, behind the last epoch. A pixel is a byte; divided by 255, it lies between 0 and 1. ${reference('parts')} sums this up.`,
      },
      {
        type: 'table',
        id: 'parts',
        caption: text`What the data set holds.`,
        columns: [
          { title: 'Part', align: 'left' },
          { title: 'Value', align: 'right' },
        ],
        rows: [
          [['Training images'], [formatCount(train)]],
          [['Validation images'], [formatCount(validation)]],
          [['Test images'], [formatCount(test)]],
          [['Image, height × width × channels'], [formatShape(shape)]],
          [['Classes'], [formatCount(classes.length)]],
        ],
      },
    ],
  };
}

function pictures(run: ReportRun): Subsection {
  const { evidence, summary } = run;
  const { classes, shape } = summary.dataset;
  const rows = classes
    .map((title, label) => ({
      title,
      images: evidence.samples.filter((sample) => sample.label === label).map(({ pixels }) => pixels),
    }))
    .filter(({ images }) => images.length > 0);
  const counts = evidence.classCounts.train;
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text`${reference('distribution')} counts the images of each class. Of the training images, class ${classes[counts.indexOf(most)]} has the most, ${formatCount(most)}, and class ${classes[counts.indexOf(least)]} the fewest, ${formatCount(least)}.`,
    },
  ];
  if (rows.length > 0) {
    blocks.unshift({
      type: 'paragraph',
      text: text`${reference('samples')} shows images of each class from the training part, taken at random.`,
    });
    blocks.push({
      type: 'figure',
      id: 'samples',
      caption: text`Training images of ${nameOfData(run)}, a row for each class.`,
      alternative: `Sample images in ${rows.length} rows: ${rows.map(({ title }) => title).join(', ')}.`,
      picture: { type: 'drawing', drawing: drawImageRows(rows, shape) },
    });
  }
  blocks.push({
    type: 'figure',
    id: 'distribution',
    caption: text`Images of each class in the three parts of the data.`,
    alternative: `Bar charts of the number of images of each class; in training from ${formatCount(least)} to ${formatCount(most)}.`,
    picture: { type: 'chart', chart: distributionChart(evidence.classCounts, classes) },
  });
  return { id: 'pictures', title: 'A look at the images', blocks };
}

import { formatCount } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { resolveModel } from '../../models/resolve.js';
import { groupModules, groupName, isDeep } from '../../models/moduleGroups.js';
import type { ResolvedModel } from '../../models/resolved.js';
import { type LayerSummary, type ModelTotals, summarize } from '../../models/summary.js';
import type { Block, Section, Subsection, Table, Text } from '../document.js';
import { drawLayers } from '../draw/layers.js';
import type { ReportRun } from '../reportRun.js';
import { layersSubsection } from './layers.js';
import { modelListing } from './listings.js';
import { moduleSettings } from './moduleSettings.js';
import { objectiveSubsection } from './objective.js';
import { code, reference, sentences, strong, text } from './text.js';

export function modelSection(run: ReportRun): Section {
  return {
    id: 'model',
    title: 'Method',
    blocks: [],
    subsections: [architecture(run), layersSubsection(run), objectiveSubsection(run)],
  };
}

function architecture(run: ReportRun): Subsection {
  const { model } = run.saved;
  const resolved = resolveModel(model);
  const { rows, totals } = summarize(resolved);
  const shown = shownNetwork(run, resolved);
  const references = [reference('architecture-diagram'), reference('modules')] as const;
  return {
    id: 'architecture',
    title: 'Architecture',
    blocks: [
      {
        type: 'paragraph',
        text: sentences(
          text`The ${code(model.name)} network consists of ${rows.length} modules and has ${formatCount(totals.parameters)} parameters. Classifying one image takes ${formatCount(totals.multiplyAdds)} multiply-adds.`,
          text`${references[0]} and ${references[1]} show ${shown.what} in order.`,
          ...shown.remarks,
        ),
      },
      {
        type: 'figure',
        id: 'architecture-diagram',
        caption: text`Architecture of ${code(model.name)}, from the input image at the top to the logits, one per class, at the bottom. The output shape of each ${shown.unit} is shown on the right. The icons on the left are drawn to scale; more stacked sheets stand for more channels.`,
        altText: `Architecture diagram: ${[`input ${formatShape(model.input)}`, ...shown.descriptions].join(', ')}.`,
        graphic: { type: 'drawing', drawing: drawLayers(model) },
      },
      modulesTable('modules', shown, totals),
      ...modelListing(run),
    ],
  };
}

/**
 * The modules of a network that the main one is compared with.
 *
 * @param id of the table
 */
export function comparedNetwork(run: ReportRun, id: string): Block[] {
  const { model } = run.saved;
  const resolved = resolveModel(model);
  const { rows, totals } = summarize(resolved);
  const shown = shownNetwork(run, resolved);
  return [
    {
      type: 'paragraph',
      text: sentences(
        text`The ${code(model.name)} network consists of ${rows.length} modules and has ${formatCount(totals.parameters)} parameters (${reference(id)}).`,
        ...shown.remarks,
      ),
    },
    modulesTable(id, shown, totals),
  ];
}

function shownNetwork(run: ReportRun, resolved: ResolvedModel): Shown {
  return isDeep(resolved) ? deepNetwork(run, resolved) : listedModules(run, resolved);
}

function modulesTable(id: string, { table }: Shown, totals: ModelTotals): Table {
  return { type: 'table', id, ...table, rows: [...table.rows, totalRow(table.columns, totals)] };
}

/** What is shown of a network: its modules, or groups of them. */
interface Shown {
  readonly what: string;
  readonly unit: string;
  readonly remarks: readonly Text[];
  /** Of each module or group, for the alternative text. */
  readonly descriptions: readonly string[];
  readonly table: Pick<Table, 'caption' | 'columns' | 'rows'>;
}

const SIZE_COLUMNS = [
  { title: 'Output shape', align: 'right' },
  { title: 'Parameters', align: 'right' },
  { title: 'Multiply-adds', align: 'right' },
] as const;

function sizeCells({ output, parameters, multiplyAdds }: Omit<LayerSummary, 'name' | 'type'>): Text[] {
  return [[formatShape(output)], [formatCount(parameters)], [formatCount(multiplyAdds)]];
}

function listedModules({ saved: { model } }: ReportRun, resolved: ResolvedModel): Shown {
  const { rows } = summarize(resolved);
  return {
    what: 'the modules',
    unit: 'module',
    remarks: [],
    descriptions: rows.map(({ type, output }) => `${type} ${formatShape(output)}`),
    table: {
      caption: text`Modules of ${code(model.name)} with their settings, output shapes, parameters, and multiply-adds for one image.`,
      columns: [
        { title: 'Module', align: 'left' },
        { title: 'Type', align: 'left' },
        { title: 'Settings', align: 'left' },
        ...SIZE_COLUMNS,
      ],
      rows: rows.map((row, index) => [
        [code(row.name)],
        [row.type],
        [moduleSettings(resolved.allLayers[index].layer)],
        ...sizeCells(row),
      ]),
    },
  };
}

function deepNetwork(run: ReportRun, resolved: ResolvedModel): Shown {
  const { name } = run;
  const groups = groupModules(resolved);
  return {
    what: 'them',
    unit: 'group',
    remarks: [
      text`Consecutive modules that output the same shape, such as repeated blocks, are one group.`,
      ...(name === undefined ? [] : [text`${code(`inkling summary ${name}`)} lists all modules.`]),
    ],
    descriptions: groups.map((group) => `${groupName(group)} ${formatShape(group.output)}`),
    table: {
      caption: text`Groups of modules of ${code(run.saved.model.name)} with their output shapes, parameters, and multiply-adds for one image.`,
      columns: [
        { title: 'Modules', align: 'left' },
        { title: 'Blocks', align: 'right' },
        { title: 'Count', align: 'right' },
        ...SIZE_COLUMNS,
      ],
      rows: groups.map((group) => [
        [code(groupName(group))],
        [group.blocks === 0 ? '' : String(group.blocks)],
        [String(group.modules)],
        ...sizeCells(group),
      ]),
    },
  };
}

function totalRow(columns: readonly unknown[], { parameters, multiplyAdds }: ModelTotals): Text[] {
  const empty = Array.from({ length: columns.length - SIZE_COLUMNS.length }, () => []);
  return [
    [strong('Total')],
    ...empty,
    [strong(formatCount(parameters))],
    [strong(formatCount(multiplyAdds))],
  ];
}

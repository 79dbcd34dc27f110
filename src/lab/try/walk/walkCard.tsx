import { useMemo, useState } from 'preact/hooks';
import { type Activations, type Classifier, resolveModel } from '#inkling/index.js';
import { Choice } from '../../../components/choice.js';
import { formatDimensions } from '../../../components/format.js';
import { layerTitle } from '../../network/layerTitle.js';
import { text } from '../../text/text.js';
import type { LayerOutputs } from '../inspect.js';
import { arithmeticOf } from './arithmetic.js';
import { ArithmeticView } from './arithmeticView.js';
import { type Grid, gridOf, largestCell } from './grid.js';
import { inputViewsOf } from './inputViews.js';
import type { LayerData } from './layerData.js';
import { formatNumber } from './number.js';
import { ValueMap } from './valueMap.js';
import { type WalkedLayer, walkedLayers } from './walkedLayers.js';

/** What is looked at. */
interface Position {
  /** The position of the layer. */
  readonly layer: number;
  /** Of its output, if that is an image. */
  readonly channel: number;
  /** Which of several groups of products is shown. */
  readonly group: number;
  /** The selected cell of the output; by default, the one with the largest number. */
  readonly cell?: number;
}

const START: Position = { layer: 0, channel: 0, group: 0 };

/** A walk through the network: how each number of a layer is computed from those before it. */
export function WalkCard({ classifier, outputs }: { classifier: Classifier; outputs: LayerOutputs }) {
  const { saved } = classifier;
  const layers = useMemo(() => walkedLayers(resolveModel(saved.model)), [saved]);
  const [choice, setChoice] = useState(START);
  const [hovered, setHovered] = useState<number>();
  const walked = layers[choice.layer];
  const data = useMemo(() => dataOf(walked, outputs, saved), [walked, outputs, saved]);
  const grid = useMemo(() => gridOf(data.output, choice.channel), [data, choice.channel]);
  const cell = hovered ?? choice.cell ?? largestCell(grid);
  const index = grid.indexOf(cell);
  const value = data.output.values[index];
  const choose = (change: Partial<Position>) => {
    setChoice((before) => ({ ...before, ...change }));
  };
  return (
    <section class="card walk" aria-label={text.try.walk.title}>
      <h2>{text.try.walk.title}</h2>
      <p class="muted">{text.try.walk.intro}</p>
      <div class="button-group">
        <Choice
          label={text.try.walk.layer}
          value={choice.layer}
          options={layers.map(({ layer: { layer, name } }, i) => [i, layerTitle(layer.type, name)])}
          onChange={(layer) => {
            setChoice({ ...START, layer });
          }}
        />
        <ChannelChoice
          output={data.output}
          channel={choice.channel}
          onChange={(channel) => {
            choose({ channel });
          }}
        />
      </div>
      <div class="maps">
        <Inputs data={data} index={index} group={choice.group} />
        <figure>
          <ValueMap
            grid={grid}
            mark={{ top: Math.floor(cell / grid.width), left: cell % grid.width, height: 1, width: 1 }}
            label={text.try.walk.outputLabel(layerTitle(walked.layer.layer.type, walked.layer.name))}
            selection={{
              cell,
              onHover: setHovered,
              onSelect: (selected) => {
                choose({ cell: selected });
              },
            }}
          />
          <figcaption>{text.try.walk.outputCaption(formatDimensions(data.output.shape))}</figcaption>
        </figure>
      </div>
      <div class="arithmetic">
        <p role="status">
          <strong>
            {positionText(grid, data, cell, choice.layer === layers.length - 1 ? saved.classes : undefined)}
          </strong>
          : {formatNumber(value)}
        </p>
        <ArithmeticView
          arithmetic={arithmeticOf(data, index)}
          value={value}
          group={choice.group}
          onGroup={(group) => {
            choose({ group });
          }}
        />
      </div>
    </section>
  );
}

function ChannelChoice(props: { output: Activations; channel: number; onChange: (channel: number) => void }) {
  const { output, channel, onChange } = props;
  const channels = output.shape.length === 1 ? 1 : output.shape[2];
  if (channels === 1) return null;
  return (
    <Choice
      label={text.try.walk.channel}
      value={channel}
      options={Array.from({ length: channels }, (_, i) => [i, String(i + 1)])}
      onChange={onChange}
    />
  );
}

/** The input from which the number is computed; both inputs of a residual block. */
function Inputs({ data, index, group }: { data: LayerData; index: number; group: number }) {
  const views = useMemo(() => inputViewsOf(data, index, group), [data, index, group]);
  return (
    <>
      {views.map(({ shape, channel, window, grid }, i) => (
        <figure key={i}>
          <ValueMap grid={grid} mark={window} label={text.try.walk.inputLabel} />
          <figcaption>
            {channel === undefined
              ? text.try.walk.inputList(grid.values.length)
              : text.try.walk.inputCaption(formatDimensions(shape), channel + 1)}
          </figcaption>
        </figure>
      ))}
    </>
  );
}

function dataOf(walked: WalkedLayer, outputs: LayerOutputs, { weights }: Classifier['saved']): LayerData {
  const valuesOf = (name: string | undefined): Activations => {
    const found = name === undefined ? outputs.image : outputs.layers.get(name);
    if (found === undefined) throw new Error(`the outputs of ${name} are missing`);
    return found;
  };
  return { walked, inputs: walked.inputs.map(valuesOf), output: valuesOf(walked.layer.name), weights };
}

/** Where a number is in the output; `classes` are those that the numbers of the last layer stand for. */
function positionText(
  { width }: Grid,
  { output }: LayerData,
  cell: number,
  classes: readonly string[] | undefined,
): string {
  if (classes !== undefined) return classes[cell];
  if (output.shape.length === 1) return text.try.walk.number(cell + 1);
  return text.try.walk.position(Math.floor(cell / width) + 1, (cell % width) + 1);
}

import { useState } from 'preact/hooks';
import { messageOf } from '#inkling/core/errors.js';
import { describePreset, presetNames } from '#inkling/models/presets.js';
import { type Augmentation, augmentationSchema, formatAugmentation } from '#inkling/plan/augmentation.js';
import type { DatasetItem } from '#inkling/server/apiSchemas.js';
import { trainingSchema, type TrainingSettings } from '#inkling/server/training/trainingSchemas.js';
import { parseConfig } from '#inkling/train/config.js';
import { recipe } from '#inkling/train/recipes.js';
import { Choice, optionsOf } from '../../components/choice.js';
import { Notice } from '../../components/notice.js';
import { postJson } from '../api.js';

const defaults = parseConfig({});

/** The augmentations of the recipe for the best accuracy. */
const AUGMENTATIONS: readonly (Augmentation | undefined)[] = [
  undefined,
  ...[recipe('best').gray, recipe('best').color].map(({ augment }) => augmentationSchema.parse(augment)),
];

type NumberName = 'epochs' | 'batchSize' | 'learningRate' | 'seed';

/** The settings with numbers. */
const NUMBERS: readonly {
  readonly name: NumberName;
  readonly title: string;
  readonly step: number | 'any';
}[] = [
  { name: 'epochs', title: 'Epochs', step: 1 },
  { name: 'batchSize', title: 'Batch size', step: 1 },
  { name: 'learningRate', title: 'Learning rate', step: 'any' },
  { name: 'seed', title: 'Seed', step: 1 },
];

/** Starts a training. */
export function TrainForm(props: { datasets: readonly DatasetItem[]; onStart: () => void }) {
  const { datasets, onStart } = props;
  const available = datasets.filter((each) => each.available).map(({ name }) => name);
  const [dataset, setDataset] = useState(
    available.includes(defaults.dataset) ? defaults.dataset : (available.at(0) ?? ''),
  );
  const [model, setModel] = useState(defaults.model);
  // As texts, since a text that is being entered may not be a number yet.
  const [numbers, setNumbers] = useState<Readonly<Record<NumberName, string>>>({
    epochs: String(defaults.epochs),
    batchSize: String(defaults.batchSize),
    learningRate: String(defaults.learningRate),
    seed: String(defaults.seed),
  });
  const [augmentation, setAugmentation] = useState(0);
  const [error, setError] = useState<string>();
  const start = async () => {
    setError(undefined);
    const settings: TrainingSettings = {
      dataset,
      model,
      epochs: Number(numbers.epochs),
      batchSize: Number(numbers.batchSize),
      learningRate: Number(numbers.learningRate),
      seed: Number(numbers.seed),
      augment: AUGMENTATIONS[augmentation],
    };
    await postJson(trainingSchema, 'api/trainings', settings).catch((reason: unknown) => {
      setError(messageOf(reason));
    });
    onStart();
  };
  return (
    <form
      class="train-form"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <Choice label="Data set" value={dataset} options={optionsOf(available)} onChange={setDataset} />
      <Choice
        label="Network"
        value={model}
        options={presetNames.map((name) => [name, `${name}: ${describePreset(name)}`])}
        onChange={setModel}
      />
      {NUMBERS.map(({ name, title, step }) => (
        <label key={name}>
          {title}
          <input
            type="number"
            required
            min={0}
            step={step}
            value={numbers[name]}
            onInput={({ currentTarget }) => {
              setNumbers({ ...numbers, [name]: currentTarget.value });
            }}
          />
        </label>
      ))}
      <Choice
        label="Augmentation"
        value={augmentation}
        options={AUGMENTATIONS.map((each, index) => [index, formatAugmentation(each)])}
        onChange={setAugmentation}
      />
      <button type="submit" class="primary">
        Start training
      </button>
      {error !== undefined && <Notice isError>{error}</Notice>}
    </form>
  );
}

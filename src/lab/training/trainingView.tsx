import { Notice } from '../../components/notice.js';
import { hrefOf } from '../../components/route.js';
import { isSameModel } from '../network/network.js';
import { countTraining } from '../data/splitExamples.js';
import { NextLink } from '../nextLink.js';
import { text } from '../text/text.js';
import type { Lab } from '../useLab.js';
import { Curves } from './curves.js';
import { RunsTable } from './runsTable.js';
import { Samples } from './samples.js';
import { defaultSettings } from './settings.js';
import { SettingsForm } from './settingsForm.js';
import { Status } from './status.js';
import { canContinue, isActive, type Task, type TrainingRun } from './trainingRun.js';

/** Starts and pauses the training, and shows its progress. */
export function TrainingView({ lab }: { lab: Lab }) {
  const { dataset, resolved, training, network } = lab;
  const { run } = training;
  if (dataset === undefined) return <Missing view="data">{text.training.noData}</Missing>;
  const { model } = resolved;
  if (model === undefined) return <Missing view="network">{text.training.noNetwork}</Missing>;
  const { pretrained } = network.value;
  const settings = {
    ...defaultSettings(countTraining(dataset), pretrained !== undefined),
    ...training.settings,
  };
  const task: Task = { model, dataset, settings, ...(pretrained && { pretrained }) };
  const isTraining = isActive(run) && run.phase !== 'held';
  return (
    <div class="training-view">
      <section class="card controls">
        <h1>{text.training.title}</h1>
        <div class="button-group">
          {isTraining ? (
            <button type="button" class="primary" onClick={training.pause} title={text.training.pauseHint}>
              {text.training.pause}
            </button>
          ) : (
            <StartButtons run={run} task={task} training={training} />
          )}
        </div>
        <Status run={run} />
        {run.error !== undefined && <Notice isError>{run.error}</Notice>}
        {hasChanged(run, task) && <Notice>{text.training.changed}</Notice>}
        <SettingsForm settings={settings} isDisabled={isTraining} onChange={training.changeSettings} />
        {!crossOriginIsolated && <Notice>{text.training.oneThread}</Notice>}
      </section>
      <div class="results">
        <Curves run={run} earlier={training.earlier} />
        <RunsTable training={training} />
        <Samples run={run} />
      </div>
      <NextLink to="try" isReady={run.best !== undefined}>
        {null}
      </NextLink>
    </div>
  );
}

function StartButtons({ run, task, training }: { run: TrainingRun; task: Task; training: Lab['training'] }) {
  const isHeld = run.phase === 'held';
  const canResume = isHeld || canContinue(run);
  return (
    <>
      {canResume && (
        <button type="button" class="primary" onClick={training.resume}>
          {text.training.resume}
        </button>
      )}
      {isHeld && (
        <button type="button" onClick={training.step}>
          {text.training.step}
        </button>
      )}
      <button
        type="button"
        class={canResume ? '' : 'primary'}
        onClick={() => {
          training.start(task);
        }}
      >
        {run.phase === 'idle' ? text.training.start : text.training.startOver}
      </button>
    </>
  );
}

function Missing({ view, children }: { view: 'data' | 'network'; children: string }) {
  return (
    <section class="card controls">
      <h1>{text.training.title}</h1>
      <p>{children}</p>
      <p>
        <a class="button primary" href={hrefOf(view)}>
          {text.training.fix(text.views[view])}
        </a>
      </p>
    </section>
  );
}

/** Whether the run is of something else than what would be trained now. */
function hasChanged({ task }: TrainingRun, now: Task): boolean {
  if (task === undefined) return false;
  const isSame =
    task.dataset === now.dataset && task.pretrained === now.pretrained && isSameModel(task.model, now.model);
  return !isSame || JSON.stringify(task.settings) !== JSON.stringify(now.settings);
}

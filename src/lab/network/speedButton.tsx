import { useState } from 'preact/hooks';
import type { Model } from '#inkling/index.js';
import { messageOf } from '../../components/format.js';
import { Notice } from '../../components/notice.js';
import { text } from '../text/text.js';
import { trainingThreads } from '../training/threads.js';
import { measureSpeed, type Speed } from './speed.js';

/** Measures how fast this device trains a network. */
export function SpeedButton(props: {
  /** Undefined if there is nothing to measure. */
  model: Model | undefined;
  batchSize: number;
  onSpeed: (speed: Speed) => void;
}) {
  const { model, batchSize, onSpeed } = props;
  const [isMeasuring, setMeasuring] = useState(false);
  const [problem, setProblem] = useState('');
  const measure = async (measured: Model) => {
    setMeasuring(true);
    setProblem('');
    try {
      onSpeed(await measureSpeed(measured, batchSize, trainingThreads()));
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setMeasuring(false);
    }
  };
  return (
    <>
      <button
        type="button"
        class="measure"
        title={text.network.measureHint}
        disabled={isMeasuring || model === undefined}
        onClick={() => {
          if (model !== undefined) void measure(model);
        }}
      >
        {isMeasuring ? text.network.measuring : text.network.measure}
      </button>
      {problem !== '' && <Notice isError>{problem}</Notice>}
    </>
  );
}

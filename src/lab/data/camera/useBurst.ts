import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { messageOf } from '../../../components/format.js';
import type { ExampleKind } from '../collection.js';
import { Burst } from './burst.js';

/** Records pictures of a video from `start` to `stop`, or until it is not shown anymore. */
export function useBurst(
  video: RefObject<HTMLVideoElement | null>,
  kind: ExampleKind,
  onPictures: (images: readonly Uint8Array[]) => void,
) {
  const burst = useRef<Burst | undefined>(undefined);
  /** The number of pictures of the current burst; undefined between bursts. */
  const [count, setCount] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const start = useCallback(() => {
    if (burst.current !== undefined || video.current === null) return;
    setProblem(undefined);
    setCount(0);
    burst.current = new Burst(video.current, kind, setCount);
  }, [video, kind]);
  const finish = useCallback(async () => {
    const current = burst.current;
    burst.current = undefined;
    if (current === undefined) return;
    try {
      onPictures(await current.finish());
    } catch (error) {
      setProblem(messageOf(error));
    }
    // Another may have been started.
    setCount((before) => (burst.current === undefined ? undefined : before));
  }, [onPictures]);
  const stop = useCallback(() => {
    void finish();
  }, [finish]);
  const latestStop = useRef(stop);
  latestStop.current = stop;
  useEffect(
    () => () => {
      latestStop.current();
    },
    [],
  );
  return { count, problem, start, stop };
}

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../text/text.js';
import { cameraProblem } from './cameraProblem.js';

/** Large enough to be shown; the network sees much less. */
const VIDEO: MediaTrackConstraints = { width: { ideal: 640 }, height: { ideal: 480 } };

/** The camera, which is off until it is turned on, and when the view is left. */
export function useCamera() {
  const [stream, setStream] = useState<MediaStream>();
  const [isStarting, setStarting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isShown = useRef(true);
  useEffect(
    () => () => {
      isShown.current = false;
    },
    [],
  );
  useEffect(() => {
    if (stream === undefined) return;
    const onEnded = () => {
      setStream(undefined);
      setProblem(text.data.camera.problems.lost);
    };
    for (const track of stream.getTracks()) track.addEventListener('ended', onEnded);
    return () => {
      stopTracks(stream);
    };
  }, [stream]);

  const open = useCallback(async () => {
    setProblem(undefined);
    setStarting(true);
    try {
      const opened = await openCamera();
      if (isShown.current) setStream(opened);
      else stopTracks(opened);
    } catch (error) {
      setProblem(cameraProblem(error));
    } finally {
      setStarting(false);
    }
  }, []);
  const start = useCallback(() => {
    void open();
  }, [open]);
  const stop = useCallback(() => {
    setStream(undefined);
  }, []);
  return { stream, isStarting, problem, start, stop };
}

async function openCamera(): Promise<MediaStream> {
  // Browsers have none where the address is not secure.
  if (!('mediaDevices' in navigator)) throw new Error(text.data.camera.insecure);
  return navigator.mediaDevices.getUserMedia({ video: VIDEO });
}

/** Ends the use of the camera, without an event. */
function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

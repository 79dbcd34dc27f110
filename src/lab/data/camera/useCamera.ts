import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../text/text.js';
import { cameraProblem } from './cameraProblem.js';

/** Large enough to be shown; the network sees much less. */
const VIDEO: MediaTrackConstraints = { width: { ideal: 640 }, height: { ideal: 480 } };

/** A camera, which is off until it is turned on, and when the view is left. */
export function useCamera() {
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([]);
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

  const open = useCallback(async (id: string | undefined) => {
    setProblem(undefined);
    setStarting(true);
    try {
      const opened = await openCamera(id);
      if (!isShown.current) {
        stopTracks(opened);
        return;
      }
      setStream(opened);
      setCameras(await findCameras());
    } catch (error) {
      setStream(undefined);
      setProblem(cameraProblem(error));
    } finally {
      setStarting(false);
    }
  }, []);
  const start = useCallback(() => {
    void open(undefined);
  }, [open]);
  const choose = useCallback(
    (id: string) => {
      // Some phones open only one at a time.
      if (stream !== undefined) stopTracks(stream);
      void open(id);
    },
    [open, stream],
  );
  const stop = useCallback(() => {
    setStream(undefined);
  }, []);
  /** Turns the camera off, since its pictures cannot be read, and says why. */
  const fail = useCallback((error: unknown) => {
    setStream(undefined);
    setProblem(cameraProblem(error));
  }, []);
  return { stream, cameras, isStarting, problem, start, choose, stop, fail };
}

/** @param id by default the camera that the browser chooses */
async function openCamera(id: string | undefined): Promise<MediaStream> {
  // Browsers have none where the address is not secure.
  if (!('mediaDevices' in navigator)) throw new Error(text.data.camera.insecure);
  return navigator.mediaDevices.getUserMedia({
    video: id === undefined ? VIDEO : { ...VIDEO, deviceId: { exact: id } },
  });
}

/** All cameras of the device. Their names are known once one of them is allowed. */
async function findCameras(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput');
}

/** Ends the use of the camera, without an event. */
function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

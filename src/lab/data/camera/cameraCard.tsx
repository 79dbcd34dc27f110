import { Notice } from '../../../components/notice.js';
import { text } from '../../text/text.js';
import { Recorder } from './recorder.js';
import { useCamera } from './useCamera.js';

/** Examples from the camera, which the user turns on after reading that its pictures stay on the device. */
export function CameraCard(props: {
  className: string;
  onPictures: (images: readonly Uint8Array[]) => void;
}) {
  const { className, onPictures } = props;
  const { stream, isStarting, problem, start, stop } = useCamera();
  const { camera } = text.data;
  return (
    <div class="camera">
      {stream === undefined ? (
        <>
          <p class="privacy">{camera.privacy}</p>
          <button type="button" class="primary" disabled={isStarting} onClick={start}>
            {isStarting ? camera.starting : camera.start}
          </button>
        </>
      ) : (
        <>
          <Recorder stream={stream} className={className} onPictures={onPictures} />
          <button type="button" onClick={stop}>
            {camera.stop}
          </button>
        </>
      )}
      {problem !== undefined && <Notice isError>{problem}</Notice>}
    </div>
  );
}

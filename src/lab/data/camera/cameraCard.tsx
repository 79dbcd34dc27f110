import { Choice } from '../../../components/choice.js';
import { Notice } from '../../../components/notice.js';
import { text } from '../../text/text.js';
import type { ExampleKind } from '../collection.js';
import { Recorder } from './recorder.js';
import { useCamera } from './useCamera.js';

/** Examples from the camera, which the user turns on after reading that its pictures stay on the device. */
export function CameraCard(props: {
  kind: ExampleKind;
  className: string;
  onPictures: (images: readonly Uint8Array[]) => void;
}) {
  const { kind, className, onPictures } = props;
  const { stream, cameras, isStarting, problem, start, choose, stop } = useCamera();
  const { camera } = text.data;
  const { deviceId, facingMode } = stream?.getVideoTracks().at(0)?.getSettings() ?? {};
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
          {cameras.length > 1 && (
            <Choice
              class="target"
              label={camera.choose}
              value={deviceId}
              options={cameras.map(({ deviceId: id, label }, i) => [
                id,
                label === '' ? camera.numbered(i + 1) : label,
              ])}
              onChange={choose}
            />
          )}
          <Recorder
            stream={stream}
            kind={kind}
            isMirrored={facingMode !== 'environment'}
            className={className}
            onPictures={onPictures}
          />
          <button type="button" onClick={stop}>
            {camera.stop}
          </button>
        </>
      )}
      {problem !== undefined && <Notice isError>{problem}</Notice>}
    </div>
  );
}

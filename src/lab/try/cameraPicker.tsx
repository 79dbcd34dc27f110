import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../../components/notice.js';
import { useCamera } from '../data/camera/useCamera.js';
import { text } from '../text/text.js';

/** Takes a picture with the camera, which is off until the user turns it on. */
export function CameraPicker({ onImage }: { onImage: (image: ImageBitmap) => void }) {
  const { stream, isStarting, problem, start, stop, fail } = useCamera();
  const video = useRef<HTMLVideoElement>(null);
  const [isReady, setReady] = useState(false);
  const { camera } = text.data;
  useEffect(() => {
    setReady(false);
    if (video.current !== null && stream !== undefined) video.current.srcObject = stream;
  }, [stream]);
  const take = async (source: HTMLVideoElement) => {
    try {
      onImage(await createImageBitmap(source));
    } catch (error) {
      fail(error);
    }
  };
  return (
    <div class="camera">
      {stream === undefined ? (
        <>
          <p class="privacy">{camera.privacy}</p>
          <button type="button" disabled={isStarting} onClick={start}>
            {isStarting ? camera.starting : camera.start}
          </button>
        </>
      ) : (
        <>
          <video
            ref={video}
            autoplay
            muted
            playsInline
            aria-label={camera.preview}
            onLoadedData={() => {
              setReady(true);
            }}
          />
          <div class="button-group">
            <button
              type="button"
              class="primary"
              disabled={!isReady}
              onClick={() => {
                if (video.current !== null) void take(video.current);
              }}
            >
              {text.try.takePicture}
            </button>
            <button type="button" onClick={stop}>
              {camera.stop}
            </button>
          </div>
        </>
      )}
      {problem !== undefined && <Notice isError>{problem}</Notice>}
    </div>
  );
}

import { InferenceSession, Tensor } from 'onnxruntime-web/wasm';

/** A page that only predicts. */
globalThis.predict = async (pixels) => {
  const session = await InferenceSession.create('digits.onnx');
  const { probabilities } = await session.run({ images: new Tensor('float32', pixels, [1, 1, 28, 28]) });
  return probabilities.data;
};

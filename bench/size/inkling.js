import { CompiledModel } from 'inkling';

/** A page that only predicts. */
globalThis.predict = async (saved, pixels) => {
  const model = await CompiledModel.create(saved);
  return model.runSync(pixels).probabilities;
};

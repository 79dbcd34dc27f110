import { ENGLISH } from '../../components/texts.js';

/** What the text of a lesson says about a training. */
export interface TrainingNumbers {
  /** The training accuracy of the last epoch. */
  readonly training: number;
  /** The validation accuracy of the best epoch. */
  readonly validation: number;
  /** The number of training images. */
  readonly images: number;
  readonly learningRate: number;
}

/** The text of a lesson. In braces: the path of a text, such as the name of a button. */
interface LessonText {
  readonly title: string;
  readonly question: string;
  readonly steps: readonly string[];
  readonly observe: string;
  /** What the first training is, after "train". */
  readonly first: string;
  readonly second: string;
  /** What both have shown. */
  readonly seen: (first: TrainingNumbers, second: TrainingNumbers) => string;
}

type LessonTexts = Readonly<
  Record<
    | 'learningRate'
    | 'overfitting'
    | 'shuffledLabels'
    | 'missingClass'
    | 'normalization'
    | 'dropout'
    | 'augmentation'
    | 'shifts',
    LessonText
  >
>;

const count = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const exact = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

const difference = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
  signDisplay: 'exceptZero',
});

const number = (n: number) => exact.format(n);
const percent = (fraction: number) => `${(100 * fraction).toFixed(1)} %`;

const plural = (n: number, one: string, many = `${one}s`) => `${count.format(n)} ${n === 1 ? one : many}`;

/** The number of examples in each part. */
export interface Parts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** A class and the number of its training images. */
export interface Group {
  readonly name: string;
  readonly images: number;
}

const parts = ({ train, validation, test }: Parts) =>
  `${count.format(train)} for training, ${count.format(validation)} for validation, ${count.format(test)} for testing`;

/** All text of the lab in English. A language is one file like this. */
export const en = {
  components: ENGLISH,
  /** For numbers. */
  locale: 'en',
  name: 'Inkling lab',
  home: 'Inkling lab home',
  views: { data: 'Data', network: 'Network', training: 'Training', try: 'Try' },
  next: (view: string) => `Next: ${view}`,
  language: 'Language',
  noLanguage: 'This language cannot be loaded without a connection.',
  count: (n: number) => count.format(n),
  /** A number such as a learning rate, with all its digits. */
  number,
  percent,

  data: {
    title: 'Examples',
    privacy: 'Everything stays on this device: the lab sends nothing to anyone.',
    intro:
      'A network learns from examples. Draw at least ten for each class, or start with the built-in digits.',
    kind: 'Examples are',
    kinds: { drawing: 'drawings', photo: 'photos', largePhoto: 'large photos' },
    kindHints: {
      drawing: 'Dark lines on a light background, as 28 × 28 pixels. Each is centered and scaled.',
      photo: 'Colors, as 32 × 32 pixels.',
      largePhoto:
        'Colors, as 128 × 128 pixels, for a network that others have trained on many photos. Networks of your own take long for them.',
    },
    classNames: ['circle', 'square', 'triangle'],
    useDigits: 'Use the built-in digits',
    generating: 'Generating digits…',
    startOver: 'Remove all',
    save: 'Save the examples',
    saveHint: 'One file with all examples, which can be opened here again, or by others.',
    saving: 'Saving…',
    tooManyToSave: (max: number) =>
      `The lab saves at most ${count.format(max)} examples in one file: delete some first.`,
    undo: 'Undo',
    undoKeys: 'Ctrl+Z, or Cmd+Z on a Mac',
    redo: 'Redo',
    redoKeys: 'Ctrl+Shift+Z, or Cmd+Shift+Z on a Mac',
    draw: 'Draw',
    addTo: 'Class',
    add: (name: string) => `Add to “${name}”`,
    addHint: 'Enter adds the drawing and clears the canvas.',
    clear: 'Clear',
    empty: 'Draw something first.',
    tooSmall: 'Draw something larger.',
    chooseImages: 'Choose images',
    chooseFolder: 'Choose a folder',
    dropHint:
      'Or drop images, folders, or zip archives anywhere, also examples that were saved here, or the files of MNIST. Folders become classes.',
    reading: (done: number, total: number) => `Reading ${count.format(done + 1)} of ${count.format(total)}…`,
    unread: (n: number) => `${plural(n, 'file')} could not be read:`,
    unopened: (reason: string) => `The files cannot be opened: ${reason}`,
    moreFailures: (n: number) => `and ${count.format(n)} more`,
    unpaired: (other: string) => `open ${other} together with it`,
    firstImages: (taken: number, total: number) =>
      `The files have ${count.format(total)} images. The lab took the first ${count.format(taken)}, in the same proportion of each class: more would make it slow.`,
    tooManyFiles: (max: number) =>
      `expected at most ${count.format(max)} files at a time; open them in parts`,
    tooLarge: (megabytes: number) =>
      `they unpack to more than ${count.format(megabytes)} MB; open them in parts`,
    tooManyClasses: (max: number, got: number) =>
      `they have ${plural(got, 'class', 'classes')} together with those here, expected at most ${count.format(max)}; leave some out`,
    camera: {
      privacy: 'The pictures of the camera stay on this device: the lab sends them to no one.',
      start: 'Turn on the camera',
      starting: 'Waiting for the camera…',
      stop: 'Turn off the camera',
      mirror: 'What the camera sees, as in a mirror',
      preview: 'What the camera sees',
      hold: (name: string) => `Hold to record “${name}”`,
      holdHint: 'Ten pictures per second, as long as the button or the space bar is held.',
      recording: (n: number) => `Recording: ${plural(n, 'picture')}`,
      added: (n: number, name: string) => `${plural(n, 'picture')} added to “${name}”.`,
      insecure:
        'browsers allow it only at secure addresses: https:, or localhost. Open the lab on the device that serves it, or from a host with https:.',
      problems: {
        missing: 'There is no camera. Connect one, and try again.',
        denied:
          'The camera is not allowed. Allow it in the settings of the browser for this page, and try again.',
        busy: 'The camera does not start. Close other programs that use it, and try again.',
        lost: 'The camera was disconnected.',
      },
      other: (reason: string) => `The camera cannot be used: ${reason}`,
      choose: 'Camera',
      numbered: (n: number) => `Camera ${n}`,
    },
    addClass: 'Add a class',
    newClass: (n: number) => `class ${n}`,
    className: 'Name of the class',
    removeClass: (name: string) => `Remove class “${name}”`,
    examples: (n: number) => plural(n, 'example'),
    tooFew: (min: number) => `needs at least ${min}`,
    example: (name: string, position: number) => `${name}, example ${position}`,
    showAll: (n: number) => `Show all ${count.format(n)}`,
    showFewer: 'Show fewer',
    selected: 'Selected example',
    deleteExample: 'Delete',
    moveTo: 'Move to…',
    notReady: (classes: number, examples: number) =>
      `Continue with at least ${classes} classes of ${examples} examples each.`,
    ready: (classes: number, { train, validation, test }: Parts) =>
      `${plural(classes, 'class', 'classes')} with ${plural(train + validation + test, 'example')}: ${parts({ train, validation, test })}.`,
    parts,
    split: 'Parts',
    splits: {
      '60-20-20': '60 % training, 20 % validation, 20 % testing',
      '70-15-15': '70 % training, 15 % validation, 15 % testing',
      '80-10-10': '80 % training, 10 % validation, 10 % testing',
    },
    splitHint:
      'The network learns from the training examples. Those for validation choose the best epoch, and those for testing measure it at the end.',
    balance: (n: number) => `Balance: keep the first ${count.format(n)} of each class`,
    imbalanced: (most: Group, ratio: number, least: Group) =>
      `The classes are imbalanced: “${most.name}” has ${plural(most.images, 'training image')}, ${short.format(ratio)} times as many as “${least.name}”, which has ${count.format(least.images)}. The network will favor “${most.name}”.`,
  },

  network: {
    title: 'Network',
    intro: 'Each layer computes its output from that of the layer above it.',
    preset: 'Start from',
    presets: {
      'report-cnn': 'CNN: two convolutions',
      mlp: 'MLP: no convolutions',
      lenet5: 'LeNet-5 (1998)',
      'report-cnn-dropout': 'CNN with dropout',
      'resnet-small': 'Small residual network',
      pretrained: 'Pretrained network',
    },
    pretrained: {
      file: 'the file',
      open: 'Open a pretrained network…',
      openHint: 'A network for photos, in a file that Inkling has saved (.safetensors).',
      loading: 'Loading the pretrained network…',
      unopened: (reason: string) => `The pretrained network could not be opened: ${reason}`,
      unreached: 'this site does not answer',
      unsuitable: 'it does not fit photos of 128 × 128 pixels',
      needsPhotos:
        'A pretrained network only takes large photos: remove all examples in Data, then choose large photos there.',
      fixed: (n: number) => `${plural(n, 'layer')}, which others have trained; they stay as they are`,
      trained: 'is trained: one output per class',
    },
    changed: 'Your own',
    input: 'Input',
    layers: 'Layers',
    noParameters: 'no parameters',
    parameters: (n: number) => plural(n, 'parameter'),
    total: 'Parameters',
    multiplyAdds: 'Multiply-adds per image',
    perImage: (n: number) => short.format(n),
    epochTime: 'Time of an epoch on this device',
    about: (seconds: number) => `about ${short.format(seconds)} s`,
    measure: 'Measure the speed',
    measuring: 'Measuring…',
    measureHint:
      'Trains for a fifth of a second, to estimate the time of an epoch with this and other networks.',
    doesNotFit: 'does not fit',
    whatIf: (field: string, value: number, change: string) => `${field} ${value}: ${change}`,
    change: (parameters: number, multiplyAdds: number, seconds: number | undefined) =>
      [
        `${difference.format(parameters)} parameters`,
        `${difference.format(multiplyAdds)} multiply-adds`,
        ...(seconds === undefined ? [] : [`${difference.format(seconds)} s per epoch`]),
      ].join(', '),
    add: 'Add a layer',
    addType: 'Type of layer',
    moveUp: (name: string) => `Move ${name} up`,
    moveDown: (name: string) => `Move ${name} down`,
    remove: (name: string) => `Remove ${name}`,
    layer: (type: string, name: string) => `${type} (${name})`,
    classesHint: 'One output per class',
    wrongOutputs: (expected: number, got: number) =>
      `the network must end with ${expected} outputs, one per class; it has ${got}`,
    broken: 'The network does not work yet: see the marked layer.',
    fields: {
      outChannels: 'Channels',
      kernel: 'Kernel',
      stride: 'Stride',
      padding: 'Padding',
      outFeatures: 'Outputs',
      probability: 'Probability',
    },
    types: {
      conv2d: 'Convolution',
      batchNorm2d: 'Batch normalization',
      batchNorm1d: 'Batch normalization',
      relu: 'ReLU',
      leakyRelu: 'Leaky ReLU',
      sigmoid: 'Sigmoid',
      maxPool2d: 'Max pooling',
      avgPool2d: 'Average pooling',
      globalAvgPool2d: 'Global average pooling',
      flatten: 'Flatten',
      linear: 'Linear',
      dropout: 'Dropout',
      residual: 'Residual block',
    } as Readonly<Partial<Record<string, string>>>,
    hints: {
      conv2d: 'slides small filters over the image',
      batchNorm2d: 'keeps the values in a common range',
      batchNorm1d: 'keeps the values in a common range',
      relu: 'replaces negative values by 0',
      leakyRelu: 'shrinks negative values',
      sigmoid: 'squeezes values between 0 and 1',
      maxPool2d: 'keeps the largest value of each window',
      avgPool2d: 'keeps the mean of each window',
      globalAvgPool2d: 'keeps the mean of each channel',
      flatten: 'turns the image into one list of numbers',
      linear: 'each output is a weighted sum of all inputs',
      dropout: 'sets random values to 0 while training',
      residual: 'adds its input to the output of its layers',
    } as Readonly<Partial<Record<string, string>>>,
  },

  training: {
    title: 'Training',
    noData: 'There are not enough examples yet.',
    noNetwork: 'The network does not work yet.',
    fix: (view: string) => `Go to ${view}`,
    settings: 'Settings',
    epochs: 'Epochs',
    learningRate: 'Learning rate',
    batchSize: 'Batch size',
    vary: 'Vary the images',
    gpu: 'Use the graphics processor if it is faster',
    gpuHint:
      'The results then differ in the last digits from those of the processor, which are the same on every device.',
    start: 'Start',
    pause: 'Pause',
    resume: 'Continue',
    startOver: 'Start over',
    step: 'Step one batch',
    pauseHint: 'Continues with the next batch; after a reload, from the end of the last complete epoch.',
    changed: 'Data, network, or settings have changed: start over to use them.',
    progress: (epoch: number, epochs: number) => `Epoch ${epoch} of ${epochs}`,
    runName: (network: string, learningRate: number) => `${network}, learning rate ${learningRate}`,
    sameRunName: (name: string, n: number) => `${name} (${n})`,
    states: {
      idle: 'Not started',
      starting: 'Starting…',
      running: 'Training',
      held: 'Paused',
      paused: 'Paused',
      scoring: 'Measuring confidence on the validation images…',
      done: 'Finished',
      failed: 'Failed',
    },
    features: (done: number, total: number) =>
      `What the pretrained layers make of the images: ${count.format(done)} of ${count.format(total)}…`,
    runs: 'Runs',
    runsTable: 'Table of runs',
    runsIntro:
      'The charts show the validation curves of the checked runs. Settings that are the same in all runs are left out.',
    columns: { name: 'Run', network: 'Network', differences: 'What differs', seconds: 'Seconds' },
    facts: {
      examples: (set: number, n: number) => `data set ${set} with ${plural(n, 'training image')}`,
      epochs: (n: number) => plural(n, 'epoch'),
      learningRate: (rate: number) => `learning rate ${rate}`,
      batchSize: (n: number) => `batch size ${n}`,
      varied: 'varied images',
      notVaried: 'images not varied',
      device: { cpu: 'on the processor', gpu: 'on the graphics processor' },
    },
    currentRun: (name: string) => `${name} (current)`,
    tooManyShown: (max: number) => `The charts show at most ${max} earlier runs: hide another one first.`,
    forget: (name: string) => `Forget “${name}”`,
    loss: 'Loss',
    accuracy: 'Accuracy',
    train: 'training',
    validation: 'validation',
    speed: 'Images per second',
    threads: 'Threads',
    left: 'Time left',
    seconds: (n: number) => (n < 90 ? `${Math.ceil(n)} s` : `${Math.ceil(n / 60)} min`),
    lastTrainAccuracy: 'Training accuracy',
    bestAccuracy: 'Validation accuracy (best epoch)',
    oneThread:
      'Training uses one thread, because this host does not isolate the page. Reload it once; with “inkling lab” it uses several.',
    samples: 'Validation images',
    samplesIntro:
      'What the best network so far says about images that it does not learn from. Select one to see below what its layers make of it.',
    sample: (truth: string, predicted: string, confidence: string) =>
      `${truth}, predicted as ${predicted} with ${confidence}`,
    wrongSample: (predicted: string, truth: string) => `${predicted} instead of ${truth}`,
    inside: 'Inside the network',
    insideIntro:
      'What the best network so far has learned, and what its layers make of the selected validation image.',
    filters: (layer: string) => `Filters of ${layer}`,
    filtersOf: (layer: string, shown: number, total: number, size: string) =>
      shown === total
        ? `${layer}: ${plural(total, 'filter')} of ${size}.`
        : `${layer}: ${count.format(shown)} of ${plural(total, 'filter')} of ${size}.`,
    signs: 'Blue weights count for what they cover, orange ones against it.',
    colors: 'Each shows the colors that it responds to.',
    maps: (layer: string, channels: number, size: string) =>
      `${layer}: ${plural(channels, 'channel')} of ${size}`,
    histograms: 'Histograms of weights and outputs',
    weights: 'Weights of each layer',
    outputs: 'Outputs of each layer for the selected image',
    gradientHistograms: 'Histograms of gradients',
    gradients: 'Gradients of the weights of each layer',
    gradientsIntro: (images: number) =>
      `How much the loss changes with each weight: a training step moves the weight the other way. Computed with the network that is shown, for ${plural(images, 'training image')}. If those of the first layers are much smaller than those of the last, the first layers hardly learn.`,
    pretrainedGradients: 'They are not shown for a pretrained network, of which only the last layer changes.',
    computingGradients: 'Computing the gradients…',
    noGradients:
      'The gradients cannot be computed: the loss of this network is infinite, or not a number. Weights that are too large cause this, for example after a training with a learning rate that is too high.',
    distribution: (layer: string, low: string, high: string) => `${layer}: values from ${low} to ${high}`,
    storage: {
      title: 'Kept on this device',
      intro:
        'Examples, network, and training are kept in this browser, also when the tab is closed, and nowhere else.',
      removeAll: 'Remove everything from this device',
      confirm: 'Remove all examples, networks, and trainings? This cannot be undone.',
      remove: 'Remove everything',
      keep: 'Keep it',
      unavailable: 'This browser keeps nothing here: what you do is lost when the tab is closed or reloaded.',
      otherTab:
        'The lab is open in another tab, which keeps its state. What you do in this tab is lost when it is closed or reloaded.',
      otherVersion: 'What was kept on this device is from another version of the lab, and was removed.',
      damaged: 'What was kept on this device was damaged, and was removed.',
      tooLarge: 'This is too much to keep on this device: it is lost when the tab is closed or reloaded.',
      failed: (reason: string) => `This could not be kept on this device: ${reason}`,
    },
  },

  try: {
    title: 'Try it',
    noModel: 'No network has been trained yet.',
    draw: 'Draw',
    yourImage: 'Your image',
    clear: 'Clear',
    undo: 'Undo',
    takePicture: 'Take a picture',
    open: 'Open an image',
    dropHint: 'You can also drop or paste an image.',
    notAnImage: (name: string) => `${name} is not an image that this browser can open.`,
    prompt: 'Draw something',
    photoPrompt: 'Open an image',
    unsure: 'Not sure',
    maybe: (first: string, second: string, reason: string) => `Maybe ${first} or ${second}: ${reason}.`,
    closest: (first: string, reasons: string) => `Most like ${first}, but ${reasons}.`,
    reasons: {
      empty: 'the image is empty',
      noise: 'the image shows only noise',
      'several-digits': 'it seems to show several things side by side',
      'low-confidence': 'the confidence is low',
      'out-of-distribution': 'it resembles none of the examples',
    } as Readonly<Partial<Record<string, string>>>,
    confidence: (value: string) => `Confidence, not calibrated: ${value}`,
    calibratedConfidence: (value: string) => `Calibrated confidence: ${value}`,
    prediction: 'Prediction',
    inputTitle: 'What the network sees',
    inputLabel: (size: string) => `Input of the network, ${size} pixels`,
    inputCaption: (size: string) => `Input: ${size} pixels`,
    explain: {
      method: 'Explained by',
      methods: {
        occlusion: 'Occlusion',
        'layer-cam': 'LayerCAM',
        'grad-cam': 'Grad-CAM',
        gradient: 'Gradient (saliency)',
      },
      label: 'Class',
      predicted: 'predicted class',
      image: (name: string) => `Which pixels count for ${name}`,
      captions: {
        occlusion: (name: string) =>
          `Covers one part of the image after the other. Blue counts for ${name}, orange against.`,
        'layer-cam': (name: string) =>
          `Bright: where the last layer that outputs an image finds what counts for ${name}, pixel by pixel.`,
        'grad-cam': (name: string) =>
          `Bright: where the channels of the last layer that outputs an image count for ${name}.`,
        gradient: (name: string) => `Bright: pixels whose change affects the score of ${name} most.`,
      },
    },
    featureMaps: 'Feature maps',
    featureMapsIntro: 'What the layers inside compute: one image per channel.',
    layerMaps: (layer: string, channels: number, size: string) =>
      `${layer}: ${plural(channels, 'channel')} of ${size}`,
    walk: {
      title: 'Layer by layer',
      intro:
        'How each number is computed. Point at a pixel of the output; tap or press to keep it; arrow keys move. Blue is positive, orange negative; the strongest color is the largest number.',
      layer: 'Layer',
      channel: 'Channel',
      inputLabel: 'Input of the layer; the part that counts is framed',
      inputCaption: (size: string, channel: number) => `Input: ${size}, channel ${channel}`,
      inputList: (n: number) => `Input: a list of ${plural(n, 'number')}`,
      outputLabel: (layer: string) => `Output of ${layer}. Arrow keys select a number.`,
      outputCaption: (size: string) => `Output: ${size}`,
      position: (row: number, column: number) => `Row ${row}, column ${column}`,
      number: (position: number) => `Number ${position}`,
      weightedSum: 'Each input is multiplied by its weight, and all products and the bias are added.',
      largest: 'The largest number of the window.',
      mean: 'The mean of the numbers of the window.',
      normalization: '(input − mean) / √(variance + ε) × weight + bias',
      relu: 'max(0, input): negative numbers become 0.',
      leakyRelu: 'The input, or a small part of it if it is negative.',
      sigmoid: '1 / (1 + e^−input): a number between 0 and 1.',
      copy: 'The same number: this layer changes nothing but the shape, or nothing at all after the training.',
      added: 'The outputs of both branches are added.',
      unknown: 'The arithmetic of this kind of layer is not shown.',
      sums: 'Sum of the products of each part of the input; select one to see them',
      channelOf: (channel: number) => `Input channel ${channel}`,
      part: (first: number, last: number) => `Inputs ${first} to ${last}`,
      products: (part: string) => `${part}: input × weight = product`,
      window: 'Numbers of the window',
      padding: '0 (padding)',
      sumOfProducts: 'Sum of all products',
      input: 'Input',
      runningMean: 'Mean',
      variance: 'Variance',
      weight: 'Weight',
      bias: 'Bias',
      result: 'Computed here',
      output: 'Computed by the network',
      precision: (decimals: number) =>
        `Numbers are rounded to ${decimals} decimals. The network computes with about 7 digits, this page with 16, so that the last decimals may differ.`,
    },
    neighbors: {
      title: 'Nearest training images',
      intro: (searched: number, all: number) =>
        `What is most like it to the network: the smallest cosine distances of the numbers that the last layer receives, among ${
          searched === all ? `all ${count.format(all)}` : `${count.format(searched)} of ${count.format(all)}`
        } training images. 0 is the same direction, 1 an unrelated one.`,
      searching: 'Computing what the network makes of the training images…',
      image: (name: string) => `A training image of ${name}`,
      distance: (value: number) => `distance ${value.toFixed(3)}`,
    },
    change: {
      title: 'Deceive the network',
      intro: 'The smallest change that makes it something else, along the gradient of the scores.',
      target: 'Take it for',
      find: 'Find the smallest change',
      searching: 'Searching…',
      none: (name: string, levels: number) =>
        `No change was found with which the network takes it for ${name} and whose mean is at most ${levels} of 255 gray levels.`,
      found: (name: string, confidence: string, largest: number, mean: number) =>
        `The network takes the changed image for ${name} (${confidence}). The change of a pixel is ${mean.toFixed(1)} of 255 gray levels on average, and ${largest} at most.`,
      doubtful: 'It notices that something is wrong: the prediction is doubtful.',
      original: (name: string) => `Before: ${name}`,
      difference: (factor: number) =>
        `Difference, enlarged × ${factor.toFixed(1)}: blue is more, orange less`,
      changed: (name: string) => `After: ${name}`,
    },
    test: 'Test images',
    testIntro: 'Examples that were not used for training. Select a number to see its images.',
    testAccuracy: (correct: number, total: number) =>
      `${count.format(correct)} of ${count.format(total)} are correct (${percent(correct / total)}).`,
    testing: 'Classifying the test images…',
    cell: (truth: string, predicted: string, n: number) =>
      truth === predicted
        ? `${plural(n, 'image')} of ${truth}, recognized`
        : `${plural(n, 'image')} of ${truth}, taken for ${predicted}`,
    export: 'Take it with you',
    exportIntro:
      'The files contain the network, its weights, and its classes. Inkling’s command line and programs open the first, browsers the second, and other programs ONNX.',
    saveModel: 'Save the model (safetensors)',
    saveOnnx: 'Save as ONNX',
    onnxChecked: (images: number, difference: number, byRuntime: boolean) =>
      byRuntime
        ? `Checked: ONNX Runtime opened the file and computed the outputs of ${plural(images, 'test image')}; they differ by at most ${difference.toExponential(1)}.`
        : `Checked: Inkling read the ONNX file again and computed the outputs of ${plural(images, 'test image')}; they differ by at most ${difference.toExponential(1)}. This site does not contain ONNX Runtime, which would be another program.`,
    onnxDiffers: (images: number, difference: number) =>
      `The ONNX file was not saved: read again, its outputs for ${plural(images, 'test image')} differ by up to ${difference.toExponential(1)}.`,
    savePage: 'Save a page that works offline (HTML)',
    pageSaved: 'The page is one file: open it in a browser, also without a connection.',
    pageUnavailable:
      'The program of the page could not be loaded. It needs a connection to where this page came from; try again with one.',
    offlineTitle: (classes: number) => `A network for ${plural(classes, 'class', 'classes')}`,
    offlineNote: 'Trained in the Inkling lab. This file contains the network, and sends nothing to anyone.',
  },

  project: {
    title: 'The whole project',
    intro:
      'One file with everything: examples, network, settings, trainings with their curves and weights, and the lesson. Hand it in, or continue with it on another device.',
    seen: 'What its trainings have shown: lessons',
    save: 'Save the project',
    open: 'Open a project',
    openHint: 'It takes the place of everything here, which you can bring back.',
    goBack: 'Back to what was here before',
    opened: (name: string, examples: number, runs: number) =>
      `${name} is open: ${plural(examples, 'example')} and ${plural(runs, 'training')}.`,
    foreign: (name: string) =>
      `${name} was not opened: it is not a project of the lab, or only a part of one. Nothing was changed. Choose a file that “Save the project” has written.`,
    damaged: (name: string) =>
      `${name} was not opened: the file is damaged. Nothing was changed. Copy or save it again, and open that copy.`,
    otherVersion: (name: string) =>
      `${name} was not opened: it is from another version of the lab. Nothing was changed. Open it with that version.`,
    tooLarge: 'The project is too large for one file: forget some runs, or delete examples.',
    notExamples: 'it is a whole project. Use “Open a project” below',
  },

  lessons: {
    title: 'Lessons',
    intro: 'Short experiments with networks. Each shows one thing that matters when networks learn.',
    titled: (number: number, title: string) => `${number}. ${title}`,
    lesson: (number: number, title: string) => `Lesson ${number}: ${title}`,
    minutes: (n: number) => `${count.format(n)} minutes`,
    all: {
      learningRate: {
        title: 'Big steps, small steps',
        question:
          'A network learns in many steps. After each step it is a little different. The learning rate says how big the steps are. Is bigger better?',
        steps: [
          'The learning rate is 0.1. Press {training.start}. Wait until it says {training.states.done}.',
          'Set the {training.learningRate} to 0.001. Press {training.startOver}.',
          'If you like, try 0.0001 too. Guess first: what will happen?',
        ],
        observe:
          'Look at the curves of the accuracy. With which learning rate do they rise? With which do they stay low, or jump up and down?',
        first: 'with the learning rate 0.1',
        second: 'with the learning rate 0.001',
        seen: (first, second) =>
          `The validation accuracy with ${number(first.learningRate)} was ${percent(first.validation)}, with ${number(second.learningRate)} ${percent(second.validation)}. Steps that are too big jump past the goal.`,
      },
      overfitting: {
        title: 'Learning by heart',
        question: 'What does a network learn if it gets only 50 images?',
        steps: [
          'Look at the images: 8 of each digit. The network learns from 5 of them. It never learns from the others: they are for checking.',
          'Press {training.start}. Watch both curves of the accuracy.',
          'Press {data.useDigits}. Now there are 2,500.',
          'Press {training.startOver}, and wait until it says {training.states.done}.',
        ],
        observe:
          'How far apart are the curves of training and validation at the end: with 50 images, and with 1,500?',
        first: 'with 50 images',
        second: 'with 1,500 images',
        seen: (first, second) =>
          `With ${count.format(first.images)} images, the network got ${percent(first.training)} of its own images right, but only ${percent(first.validation)} of new ones: it has learned its images by heart. This is called overfitting. With ${count.format(second.images)} images it got ${percent(second.validation)} of the new ones right.`,
      },
      shuffledLabels: {
        title: 'Wrong labels',
        question:
          'Somebody has mixed up all the labels: under “3” there are now digits of all kinds. Can a network learn that?',
        steps: [
          'Look at the classes. The images do not fit their names.',
          'Press {training.start}. Watch both curves of the accuracy.',
          'Press {data.useDigits}. Now the labels are right.',
          'Press {training.startOver}, and wait until it says {training.states.done}.',
        ],
        observe: 'Which curve rises although the labels are wrong? Which one stays at about 10 %? Why 10 %?',
        first: 'with wrong labels',
        second: 'with right labels',
        seen: (first, second) =>
          `With wrong labels, the network got ${percent(first.training)} of its own images “right”, but only ${percent(first.validation)} of new ones. That is hardly better than guessing. With right labels it got ${percent(second.validation)} of the new ones right. A network can learn nonsense by heart: only new images show whether it has understood something.`,
      },
      missingClass: {
        title: 'The missing nine',
        question: 'What does a network say about a 9 if it has never seen one?',
        steps: [
          'The data has no nines. Press {training.start}, and wait until it says {training.states.done}.',
          'Draw a 9. What does the network say? How confident is it? Press {try.clear}, and draw at least two more nines.',
          'Press {data.useDigits}. Now there are nines, too.',
          'Press {training.startOver}, and wait until it says {training.states.done}.',
          'Draw three nines again. What does the network say now?',
        ],
        observe: 'How good is the validation accuracy without nines? Would you trust this network?',
        first: 'without nines',
        second: 'with all ten digits',
        seen: (first, second) =>
          `Without nines, the validation accuracy was ${percent(first.validation)}. That looks good, but there was no 9 among the validation images either. If every tenth image were a 9, it would be at most ${percent(0.9 * first.validation)}. With all ten digits it was ${percent(second.validation)}. A network can only say what it has learned, and a test only finds what it contains.`,
      },
      normalization: {
        title: 'Keeping numbers in range',
        question:
          'This network has four layers called {network.types.batchNorm1d}. They keep the numbers inside the network in a common range. Does it need them?',
        steps: [
          'Press {training.start}, and wait until it says {training.states.done}.',
          'Remove all four layers {network.types.batchNorm1d}: press × in each of them.',
          'Press {training.startOver}.',
        ],
        observe: 'How fast does the accuracy rise with normalization, and how fast without?',
        first: 'with normalization',
        second: 'without normalization',
        seen: (first, second) =>
          `The validation accuracy with normalization was ${percent(first.validation)}, without ${percent(second.validation)}. Without it, the differences between images get smaller from layer to layer, until the network can hardly tell them apart.`,
      },
      dropout: {
        title: 'Learning with gaps',
        question:
          'In each step, dropout turns off a random half of the numbers in a layer. Why would you make it harder for the network?',
        steps: [
          'Press {training.start}. How far apart are the curves of training and validation at the end?',
          'Below the layers, choose {network.types.dropout} and press {network.add}.',
          'Press {training.startOver}.',
        ],
        observe: 'Does the network still get all its own images right? Are the two curves closer together?',
        first: 'without dropout',
        second: 'with dropout',
        seen: (first, second) =>
          `Without dropout, the network got ${percent(first.training)} of its own images right and ${percent(first.validation)} of the new ones. With dropout, it was ${percent(second.training)} and ${percent(second.validation)}: the two are closer together. With gaps, it is harder to learn images by heart.`,
      },
      augmentation: {
        title: 'More from few images',
        question:
          'You have only 180 images to learn from. Can you get more out of them without a single new one?',
        steps: [
          'Press {training.start}, and wait until it says {training.states.done}.',
          'Tick {training.vary}. Now each image is turned, moved, and resized a little, each time differently. Press {training.startOver}.',
        ],
        observe:
          'Which training gets more of the validation images right? Which one learns more slowly? Why?',
        first: 'without varied images',
        second: 'with varied images',
        seen: (first, second) =>
          `The validation accuracy with the same ${count.format(first.images)} images all the time was ${percent(first.validation)}, with varied ones ${percent(second.validation)}. A 3 that is turned a little is still a 3: so the network learns what matters.`,
      },
      shifts: {
        title: 'A little to the side',
        question:
          'In the training images, the digits are in the middle. In the validation images, they are moved to the side. Which network copes better: an MLP or a CNN?',
        steps: [
          'Press {training.start}. The network is an MLP: it has no convolutions.',
          'At {network.preset}, choose {network.presets.report-cnn}.',
          'Press {training.startOver}.',
        ],
        observe: 'Both get their own images right. Which one gets more of the moved images right?',
        first: 'with the MLP',
        second: 'with the CNN',
        seen: (first, second) =>
          `The MLP got ${percent(first.validation)} of the moved images right, the CNN ${percent(second.validation)}. A convolution looks for the same lines everywhere in the image. An MLP has to learn them anew for each place.`,
      },
    } satisfies LessonTexts,
    choose: 'All lessons',
    setUp: 'Set it up',
    settingUp: 'Setting it up…',
    end: 'End the lesson',
    endHint: '{lessons.end} brings back what you had before.',
    firstStep: 'Press {lessons.setUp}.',
    isSetUp: 'Data, network, and settings are ready.',
    setUpHint: 'This replaces your data, network, and settings. {lessons.end} brings them back.',
    steps: 'What to do',
    observe: 'What to look for',
    check: 'What you have found',
    todo: (training: string) => `Still to do: train ${training}.`,
    todoAlike: (training: string) => `Still to do: train ${training}, and leave everything else as it is.`,
    doneSo: (training: string, { validation }: TrainingNumbers) =>
      `Trained ${training}: the validation accuracy was ${percent(validation)}.`,
    unclearMark: 'This does not show a clear difference.',
    unclear: 'Set it up again and repeat both trainings.',
    seenMark: 'You have seen it!',
    done: 'Done',
    reached: (validation: number) => `Validation accuracy: ${percent(validation)}.`,
    nextLesson: 'Next lesson',
    quote: (name: string) => `“${name}”`,
    copyLink: 'Copy the link',
    copySettings: 'Copy a link with this network and these settings',
    ownNetwork: 'The link does not contain this network.',
    linkCopied: 'The link is copied.',
    linkToCopy: 'The link',
    badLink: 'The link contains something that the lab does not know:',
    unknownInLink: (name: string, known: string) => `${name}: expected one of ${known}`,
    badInLink: (name: string, value: string, expected: string) =>
      `${name}: expected ${expected}, got “${value}”`,
    wholeNumber: (from: number, to: number) => `a whole number from ${from} to ${count.format(to)}`,
    oneOf: (values: string) => `one of ${values}`,
  },

  glossary: {
    words: 'Words:',
    explain: (term: string) => `What is “${term}”?`,
    terms: {
      accuracy: {
        term: 'Accuracy',
        meaning: 'The share of the images that the network gets right. 90 % means 9 of 10 images.',
      },
      batch: {
        term: 'Batch',
        meaning:
          'The network does not learn from all images at once, but from a few at a time. After each batch, it changes a little.',
      },
      cnn: {
        term: 'CNN',
        meaning:
          'A network with convolutions: small filters slide over the image, and look for the same lines everywhere.',
      },
      confidence: {
        term: 'Confidence',
        meaning:
          'How sure the network is. It is calibrated if that is true: of 100 answers with a confidence of 90 %, about 90 are right.',
      },
      confusion: {
        term: 'Confusion matrix',
        meaning:
          'A table that counts which class the images were, and which one the network said. Off the diagonal are its mistakes.',
      },
      epoch: {
        term: 'Epoch',
        meaning: 'One round of the training: the network has learned from each training image once.',
      },
      learningRate: {
        term: 'Learning rate',
        meaning: 'How big the steps are in which the network learns. It takes one after each batch.',
      },
      loss: {
        term: 'Loss',
        meaning:
          'How wrong the network is. At 0, all answers are right and completely sure. The training makes it smaller.',
      },
      mlp: {
        term: 'MLP',
        meaning:
          'A network without convolutions: each number that it computes depends on all pixels, with a weight for each.',
      },
      multiplyAdds: {
        term: 'Multiply-adds',
        meaning: 'How much the network computes: so many multiplications, and as many additions.',
      },
      parameters: {
        term: 'Parameters',
        meaning: 'The numbers in the network that the training changes. They decide what it answers.',
      },
      test: {
        term: 'Test images',
        meaning: 'Images that are kept until the end. They show how good the finished network is.',
      },
      training: {
        term: 'Training images',
        meaning: 'The images that the network learns from.',
      },
      validation: {
        term: 'Validation',
        meaning:
          'Checking, during the training, with images that the network does not learn from: does it recognize new images, too?',
      },
      vary: {
        term: 'Vary the images',
        meaning:
          'Each time, the training images are turned, moved, and resized a little, so that a few of them go further.',
      },
    },
  },

  teacher: {
    title: 'For teachers',
    intro:
      'Each lesson is an experiment of two trainings that differ in one thing. The page says what to do and checks the result. No prior knowledge is needed; start with lesson 1, the others are independent.',
    preparing: 'Before the lesson',
    needs: [
      'A browser from 2023 or later on each device; a phone is enough. Nothing is installed.',
      'Open the lab on one device, and do one lesson. If the training view says that it uses one thread, the host does not isolate the page: lessons still work, but take longer.',
      'Open the lab once on each device while there is a connection. After that, it works offline.',
      'Hand out the sheets, or the link of a lesson.',
    ],
    privacyTitle: 'Privacy',
    privacy: [
      'Drawings, photos, and networks stay on the device. The lab sends nothing to anyone, and has no accounts.',
      'What was made is kept in the browser, also when the tab is closed. On shared devices, {training.storage.removeAll} removes it.',
    ],
    more: 'What browsers and hosts need, and what is kept on the device, is described in docs/lab.md, which is part of the package.',
    duration: 'Duration',
    goal: 'Goal',
    answer: 'Answer',
    pitfalls: 'What can go wrong',
    open: 'Open the lesson',
    print: 'Print the sheet',
    printAll: 'Print all sheets',
    printHint: 'Sheets are for students, and contain no answers.',
    printWithAnswers: 'Print with answers',
    printAllWithAnswers: 'Print all with answers',
    showAnswers: 'Show the answers',
    hideAnswers: 'Hide the answers',
    confirmAnswers: 'The answers are for teachers: whoever reads them has nothing to find out. Show them?',
    showNow: 'Show them',
    keepHidden: 'Keep them hidden',
    sheet: {
      name: 'Name',
      date: 'Date',
      address: 'Open this address and press {lessons.setUp}:',
      guess: 'My guess',
      results: 'My results',
      training: 'Training accuracy',
      validation: 'Validation accuracy',
      explanation: 'My explanation',
    },
    lessons: {
      learningRate: {
        goal: 'A learning rate can be too high or too low: it must be tried out.',
        answer:
          'With 0.1, the network is not better than guessing (about 10 %), since each step changes the weights so much that it undoes the others. With 0.001 it learns. With 0.0001 it learns too, but needs more epochs.',
        pitfalls:
          'Some expect a higher rate to learn faster. Let them guess before each training, and note the guess.',
      },
      overfitting: {
        goal: 'Overfitting: being right about known images says little about new ones. More data helps.',
        answer:
          'With 50 images, the training accuracy reaches about 100 %, and the validation accuracy stays far below. With 1,500 images both are high.',
        pitfalls:
          'There are only 20 validation images at first: each is worth 5 %. The best epoch may be luck; look at the whole curve.',
      },
      shuffledLabels: {
        goal: 'A network can memorize anything. Only new images show whether it has learned something.',
        answer:
          'The training accuracy rises, since the network learns each image by heart. The validation accuracy stays near 10 %: with ten digits, one guess in ten is right.',
        pitfalls:
          'The validation accuracy is not exactly 10 %, and the best epoch is a little higher, by chance. Rising takes some epochs: do not pause too early.',
      },
      missingClass: {
        goal: 'A model knows only its classes, and a test finds only what it contains. Data decides.',
        answer:
          'It calls a 9 something similar, such as 4, 7, or 8, often with high confidence. The validation accuracy says nothing about nines, because there are none among the validation images.',
        pitfalls:
          'Sometimes the page says “Not sure”: it recognizes that the drawing resembles none of the examples. That is right, too; talk about why this is not always so.',
      },
      normalization: {
        goal: 'What happens inside a network decides whether it can learn: values must stay in a useful range.',
        answer:
          'With normalization, the network learns within a few epochs. Without it, it learns much more slowly: sigmoids squeeze the values from layer to layer.',
        pitfalls:
          'All four normalization layers must go, and the sigmoids must stay. If a layer was removed by mistake, set the lesson up again.',
      },
      dropout: {
        goal: 'Regularization: making training harder can make the result better, or at least more honest.',
        answer:
          'With dropout, the training accuracy is lower, because half of the hidden values are missing while training. In validation, all are used. The two accuracies are closer together, and the validation accuracy is about the same or a little higher.',
        pitfalls:
          'The effect is small, and differs from training to training. What matters is the distance between the two curves.',
      },
      augmentation: {
        goal: 'Augmentation: knowledge about images, such as that a turned 3 is still a 3, replaces some data.',
        answer:
          'With varied images, the validation accuracy is several percent higher. The training accuracy rises more slowly, since no image comes twice in the same form.',
        pitfalls: 'Ask what must not be varied: a 6 turned upside down is a 9, and a mirrored 2 is no digit.',
      },
      shifts: {
        goal: 'The structure of a network contains assumptions. A convolution assumes that a pattern may be anywhere.',
        answer:
          'Both lose, since they have seen centered digits only. The CNN loses less: its filters and the pooling respond to a line wherever it is.',
        pitfalls:
          'In the view “Try”, drawings are centered before the network sees them: there, the MLP works too.',
      },
    },
  },
};

export type LabText = typeof en;

import type { LabText } from './en.js';

/** Persian with the digits of formulas and inputs, so that a number looks the same everywhere on the page. */
const LOCALE = 'fa-u-nu-latn';
const count = new Intl.NumberFormat(LOCALE);
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const exact = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 6 });

const difference = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
  signDisplay: 'exceptZero',
});

const number = (n: number) => exact.format(n);
/** Isolated, since after Persian letters a sign would move to the other side of the number. */
const isolated = (formula: string) => `\u2066${formula}\u2069`;
const percent = (fraction: number) => isolated(`${(100 * fraction).toFixed(1)}%`);

const parts: LabText['data']['parts'] = ({ train, validation, test }) =>
  `${count.format(train)} تا برای آموزش، ${count.format(validation)} تا برای اعتبارسنجی و ${count.format(test)} تا برای آزمون`;

/** All text of the lab in Persian. After a number, nouns stay in the singular. */
export const fa: LabText = {
  components: {
    skipToContent: 'رفتن به محتوای اصلی',
    sections: 'بخش‌ها',
    themes: { system: 'سیستم', light: 'روشن', dark: 'تیره' },
    switchTheme: (current, next) => `رنگ‌ها: ${current}. تغییر به «${next}»`,
    drawingCanvas:
      'صفحهٔ نقاشی. کلیدهای جهت‌دار قلم را حرکت می‌دهند؛ کلید فاصله قلم را پایین می‌آورد و بالا می‌برد.',
    byEpoch: (title) => `${title} در هر دوره`,
    epoch: (epoch) => `دورهٔ ${epoch}`,
    valuesByEpoch: (title) => `${title} در یک دوره`,
    fromTo: (name, first, last) => `${name} از ${first} تا ${last}`,
    probabilities: 'احتمال هر کلاس',
    likeliestProbabilities: 'احتمال محتمل‌ترین کلاس‌ها',
    likeliestOf: (shown, all) => `${shown} کلاس محتمل‌تر از میان ${all} کلاس.`,
    confusionMatrix: 'ماتریس درهم‌ریختگی',
    confusionCaption: 'ماتریس درهم‌ریختگی. سطرها: کلاس واقعی. ستون‌ها: کلاس پیش‌بینی‌شده.',
    mostErrors: (shown) => `فقط ${shown} کلاسی که بیشترین خطا را دارند.`,
    predictedAs: (label, predicted, n) => `${label}، پیش‌بینی‌شده به‌عنوان ${predicted}: ${n}`,
    featureMapsOf: (layer) => `نقشه‌های ویژگی ${layer}`,
    channelOf: (layer) => `کانالی از ${layer} برای بزرگ‌نمایی`,
    selectChannel: 'برای بزرگ دیدن یک کانال، آن را انتخاب کنید',
    channelValues: (channel, channels, least, greatest) =>
      `کانال ${channel} از ${channels}: مقدارها از ${least} تا ${greatest}`,
    close: 'بستن',
  },
  locale: LOCALE,
  name: 'آزمایشگاه Inkling',
  home: 'صفحهٔ نخست آزمایشگاه Inkling',
  views: { data: 'داده‌ها', network: 'شبکه', training: 'آموزش', try: 'امتحان' },
  next: (view) => `بعدی: ${view}`,
  language: 'زبان',
  noLanguage: 'این زبان بدون اتصال به شبکه بارگذاری نمی‌شود.',
  count: (n) => count.format(n),
  number,
  percent,

  data: {
    title: 'نمونه‌ها',
    privacy: 'همه چیز روی همین دستگاه می‌ماند: آزمایشگاه چیزی برای کسی نمی‌فرستد.',
    intro:
      'شبکه از روی نمونه‌ها یاد می‌گیرد. برای هر کلاس دست‌کم ده نمونه بکشید، یا با رقم‌های آماده شروع کنید.',
    kind: 'نمونه‌ها',
    kinds: { drawing: 'نقاشی هستند', photo: 'عکس هستند', largePhoto: 'عکس بزرگ هستند' },
    kindHints: {
      drawing:
        'خط‌های تیره روی زمینهٔ روشن، با 28 در 28 پیکسل. هر نقاشی به وسط آورده می‌شود و هم‌اندازهٔ بقیه می‌شود.',
      photo: 'رنگی، با 32 در 32 پیکسل.',
      largePhoto:
        'رنگی، با 128 در 128 پیکسل، برای شبکه‌ای که دیگران آن را با عکس‌های زیادی آموزش داده‌اند. شبکه‌های خودتان با این عکس‌ها کند می‌شوند.',
    },
    classNames: ['دایره', 'مربع', 'مثلث'],
    useDigits: 'استفاده از رقم‌های آماده',
    generating: 'در حال ساختن رقم‌ها…',
    startOver: 'حذف همه',
    save: 'ذخیرهٔ نمونه‌ها',
    saveHint: 'یک فایل با همهٔ نمونه‌ها، که شما یا دیگران می‌توانید دوباره اینجا باز کنید.',
    saving: 'در حال ذخیره…',
    tooManyToSave: (max) =>
      `آزمایشگاه حداکثر ${count.format(max)} نمونه را در یک فایل ذخیره می‌کند: اول چند نمونه را حذف کنید.`,
    undo: 'واگرد',
    undoKeys: `${isolated('Ctrl+Z')}، یا در مک ${isolated('Cmd+Z')}`,
    redo: 'ازنو',
    redoKeys: `${isolated('Ctrl+Shift+Z')}، یا در مک ${isolated('Cmd+Shift+Z')}`,
    draw: 'نقاشی',
    addTo: 'کلاس',
    add: (name) => `افزودن به «${name}»`,
    addHint: 'کلید Enter نقاشی را اضافه و صفحه را پاک می‌کند.',
    clear: 'پاک کردن',
    empty: 'اول چیزی بکشید.',
    tooSmall: 'بزرگ‌تر بکشید.',
    chooseImages: 'انتخاب تصویر',
    chooseFolder: 'انتخاب پوشه',
    dropHint:
      'یا تصویرها، پوشه‌ها یا فایل‌های zip را هر جای صفحه رها کنید، همچنین نمونه‌هایی را که اینجا ذخیره شده‌اند، یا فایل‌های MNIST را. هر پوشه یک کلاس می‌شود.',
    reading: (done, total) => `در حال خواندن ${count.format(done + 1)} از ${count.format(total)}…`,
    unread: (n) => `${count.format(n)} فایل خوانده نشد:`,
    unopened: (reason) => `فایل‌ها باز نمی‌شوند: ${reason}`,
    moreFailures: (n) => `و ${count.format(n)} فایل دیگر`,
    unpaired: (other) => `آن را همراه با ${other} باز کنید`,
    firstImages: (taken, total) =>
      `در فایل‌ها ${count.format(total)} تصویر هست. آزمایشگاه ${count.format(taken)} تصویر اول را برداشت، با همان سهم از هر کلاس: با تصویرهای بیشتر کند می‌شد.`,
    tooManyFiles: (max) =>
      `هر بار حداکثر ${count.format(max)} فایل را می‌توان باز کرد؛ آن‌ها را در چند بخش باز کنید`,
    tooLarge: (megabytes) =>
      `پس از باز شدن از ${count.format(megabytes)} مگابایت بیشتر می‌شوند؛ آن‌ها را در چند بخش باز کنید`,
    tooManyClasses: (max, got) =>
      `همراه با کلاس‌هایی که اینجا هستند ${count.format(got)} کلاس می‌شوند، اما حداکثر ${count.format(max)} کلاس ممکن است؛ چند کلاس را کنار بگذارید`,
    camera: {
      privacy: 'تصویرهای دوربین روی همین دستگاه می‌مانند: آزمایشگاه آن‌ها را برای کسی نمی‌فرستد.',
      start: 'روشن کردن دوربین',
      starting: 'در انتظار دوربین…',
      stop: 'خاموش کردن دوربین',
      mirror: 'آنچه دوربین می‌بیند، مانند آینه',
      preview: 'آنچه دوربین می‌بیند',
      hold: (name) => `برای ضبط «${name}» نگه دارید`,
      holdHint: 'تا وقتی دکمه یا کلید فاصله را نگه دارید، در هر ثانیه ده تصویر ضبط می‌شود.',
      recording: (n) => `در حال ضبط: ${count.format(n)} تصویر`,
      added: (n, name) => `${count.format(n)} تصویر به «${name}» اضافه شد.`,
      insecure: `مرورگرها دوربین را فقط در نشانی‌های امن مجاز می‌دانند: ${isolated('https:')} یا ${isolated('localhost')}. آزمایشگاه را روی همان دستگاهی باز کنید که میزبان آن است، یا از میزبانی با ${isolated('https:')}.`,
      problems: {
        missing: 'دوربینی پیدا نشد. یک دوربین وصل کنید و دوباره امتحان کنید.',
        denied:
          'اجازهٔ استفاده از دوربین داده نشده است. در تنظیمات مرورگر برای این صفحه اجازه بدهید و دوباره امتحان کنید.',
        busy: 'دوربین روشن نمی‌شود. برنامه‌های دیگری را که از آن استفاده می‌کنند ببندید و دوباره امتحان کنید.',
        lost: 'اتصال دوربین قطع شد.',
      },
      other: (reason) => `نمی‌توان از دوربین استفاده کرد: ${reason}`,
      choose: 'دوربین',
      numbered: (n) => `دوربین ${n}`,
    },
    addClass: 'افزودن کلاس',
    newClass: (n) => `کلاس ${n}`,
    className: 'نام کلاس',
    removeClass: (name) => `حذف کلاس «${name}»`,
    examples: (n) => `${count.format(n)} نمونه`,
    tooFew: (min) => `دست‌کم ${min} نمونه لازم است`,
    example: (name, position) => `${name}، نمونهٔ ${position}`,
    showAll: (n) => `نمایش هر ${count.format(n)} نمونه`,
    showFewer: 'نمایش کمتر',
    selected: 'نمونهٔ انتخاب‌شده',
    deleteExample: 'حذف',
    moveTo: 'انتقال به…',
    notReady: (classes, examples) =>
      `برای ادامه دست‌کم ${classes} کلاس، هر کدام با ${examples} نمونه، لازم است.`,
    ready: (classes, { train, validation, test }) =>
      `${count.format(classes)} کلاس با ${count.format(train + validation + test)} نمونه: ${parts({ train, validation, test })}.`,
    parts,
    split: 'بخش‌ها',
    splits: {
      '60-20-20': '60 درصد آموزش، 20 درصد اعتبارسنجی، 20 درصد آزمون',
      '70-15-15': '70 درصد آموزش، 15 درصد اعتبارسنجی، 15 درصد آزمون',
      '80-10-10': '80 درصد آموزش، 10 درصد اعتبارسنجی، 10 درصد آزمون',
    },
    splitHint:
      'شبکه از نمونه‌های آموزش یاد می‌گیرد. با نمونه‌های اعتبارسنجی بهترین دوره انتخاب می‌شود و با نمونه‌های آزمون، در پایان، نتیجهٔ آن سنجیده می‌شود.',
    balance: (n) => `برابر کردن: نگه داشتن ${count.format(n)} نمونهٔ اول هر کلاس`,
    imbalanced: (most, ratio, least) =>
      `کلاس‌ها نابرابرند: «${most.name}» ${count.format(most.images)} تصویر آموزشی دارد، ${short.format(ratio)} برابر «${least.name}» که ${count.format(least.images)} تصویر دارد. شبکه بیشتر به سوی «${most.name}» گرایش پیدا می‌کند.`,
  },

  network: {
    title: 'شبکه',
    intro: 'هر لایه خروجی خود را از خروجی لایهٔ بالای خود حساب می‌کند.',
    preset: 'شروع با',
    presets: {
      'report-cnn': 'CNN: دو لایهٔ کانولوشن',
      mlp: 'MLP: بدون کانولوشن',
      lenet5: 'LeNet-5 (1998)',
      'report-cnn-dropout': 'CNN با دراپ‌اوت',
      'resnet-small': 'شبکهٔ باقی‌ماندهٔ کوچک',
      pretrained: 'شبکهٔ ازپیش‌آموخته',
    },
    pretrained: {
      file: 'فایل',
      open: 'باز کردن شبکهٔ ازپیش‌آموخته…',
      openHint: 'شبکه‌ای برای عکس‌ها، در فایلی که Inkling ذخیره کرده است (.safetensors).',
      loading: 'در حال بارگذاری شبکهٔ ازپیش‌آموخته…',
      unopened: (reason) => `شبکهٔ ازپیش‌آموخته باز نشد: ${reason}`,
      unreached: 'این سایت پاسخ نمی‌دهد',
      unsuitable: 'به عکس‌های 128 در 128 پیکسل نمی‌خورد',
      needsPhotos:
        'شبکهٔ ازپیش‌آموخته فقط عکس بزرگ می‌گیرد: در «داده‌ها» همهٔ نمونه‌ها را حذف کنید و آنجا عکس بزرگ را انتخاب کنید.',
      fixed: (n) => `${count.format(n)} لایه که دیگران آموزش داده‌اند؛ همان‌طور می‌مانند`,
      trained: 'آموزش می‌بیند: یک خروجی برای هر کلاس',
    },
    changed: 'شبکهٔ خودتان',
    input: 'ورودی',
    layers: 'لایه‌ها',
    noParameters: 'بدون پارامتر',
    parameters: (n) => `${count.format(n)} پارامتر`,
    total: 'پارامترها',
    multiplyAdds: 'ضرب و جمع برای هر تصویر',
    perImage: (n) => short.format(n),
    epochTime: 'زمان یک دوره روی این دستگاه',
    about: (seconds) => `حدود ${short.format(seconds)} ثانیه`,
    measure: 'سنجش سرعت',
    measuring: 'در حال سنجش…',
    measureHint: 'یک‌پنجم ثانیه آموزش می‌دهد تا زمان یک دوره را با این شبکه و شبکه‌های دیگر تخمین بزند.',
    doesNotFit: 'جور درنمی‌آید',
    whatIf: (field, value, change) => `${field} ${value}: ${change}`,
    change: (parameters, multiplyAdds, seconds) =>
      [
        `${isolated(difference.format(parameters))} پارامتر`,
        `${isolated(difference.format(multiplyAdds))} ضرب و جمع`,
        ...(seconds === undefined ? [] : [`${isolated(difference.format(seconds))} ثانیه در هر دوره`]),
      ].join('، '),
    add: 'افزودن لایه',
    addType: 'نوع لایه',
    moveUp: (name) => `بردن ${name} به بالا`,
    moveDown: (name) => `بردن ${name} به پایین`,
    remove: (name) => `حذف ${name}`,
    layer: (type, name) => `${type} (${name})`,
    classesHint: 'یک خروجی برای هر کلاس',
    wrongOutputs: (expected, got) =>
      `شبکه باید ${expected} خروجی داشته باشد، برای هر کلاس یکی؛ اما ${got} خروجی دارد`,
    broken: 'شبکه هنوز کار نمی‌کند: لایهٔ علامت‌دار را ببینید.',
    fields: {
      outChannels: 'کانال‌ها',
      kernel: 'پنجره',
      stride: 'گام',
      padding: 'حاشیه',
      outFeatures: 'خروجی‌ها',
      probability: 'احتمال',
    },
    types: {
      conv2d: 'کانولوشن',
      batchNorm2d: 'نرمال‌سازی دسته‌ای',
      batchNorm1d: 'نرمال‌سازی دسته‌ای',
      relu: 'ReLU',
      leakyRelu: 'Leaky ReLU',
      sigmoid: 'سیگموید',
      maxPool2d: 'ادغام بیشینه',
      avgPool2d: 'ادغام میانگین',
      globalAvgPool2d: 'ادغام میانگین سراسری',
      flatten: 'تخت‌کردن',
      linear: 'لایهٔ خطی',
      dropout: 'دراپ‌اوت',
      residual: 'بلوک باقی‌مانده',
    },
    hints: {
      conv2d: 'صافی‌های کوچکی را روی تصویر می‌لغزاند',
      batchNorm2d: 'مقدارها را در یک بازهٔ مشترک نگه می‌دارد',
      batchNorm1d: 'مقدارها را در یک بازهٔ مشترک نگه می‌دارد',
      relu: 'به جای مقدارهای منفی 0 می‌گذارد',
      leakyRelu: 'مقدارهای منفی را کوچک می‌کند',
      sigmoid: 'مقدارها را بین 0 و 1 فشرده می‌کند',
      maxPool2d: 'بزرگ‌ترین مقدار هر پنجره را نگه می‌دارد',
      avgPool2d: 'میانگین هر پنجره را نگه می‌دارد',
      globalAvgPool2d: 'میانگین هر کانال را نگه می‌دارد',
      flatten: 'تصویر را به یک فهرست عدد تبدیل می‌کند',
      linear: 'هر خروجی جمع وزن‌دار همهٔ ورودی‌هاست',
      dropout: 'هنگام آموزش مقدارهایی تصادفی را 0 می‌کند',
      residual: 'ورودی خود را با خروجی لایه‌هایش جمع می‌کند',
    },
  },

  training: {
    title: 'آموزش',
    noData: 'هنوز نمونهٔ کافی وجود ندارد.',
    noNetwork: 'شبکه هنوز کار نمی‌کند.',
    fix: (view) => `رفتن به «${view}»`,
    settings: 'تنظیمات',
    epochs: 'دوره‌ها',
    learningRate: 'نرخ یادگیری',
    batchSize: 'اندازهٔ دسته',
    vary: 'تغییر دادن تصویرها',
    gpu: 'استفاده از پردازندهٔ گرافیکی اگر سریع‌تر باشد',
    gpuHint:
      'نتیجه‌ها آن‌وقت در رقم‌های آخر با نتیجه‌های پردازندهٔ اصلی، که روی همهٔ دستگاه‌ها یکسان‌اند، فرق می‌کنند.',
    start: 'شروع',
    pause: 'مکث',
    resume: 'ادامه',
    startOver: 'شروع دوباره',
    step: 'یک دسته جلوتر',
    pauseHint: 'با دستهٔ بعدی ادامه می‌یابد؛ پس از بارگذاری دوبارهٔ صفحه، از پایان آخرین دورهٔ کامل.',
    changed: 'داده‌ها، شبکه یا تنظیمات تغییر کرده‌اند: برای استفاده از آن‌ها دوباره شروع کنید.',
    progress: (epoch, epochs) => `دورهٔ ${epoch} از ${epochs}`,
    runName: (network, learningRate) => `${network}، نرخ یادگیری ${number(learningRate)}`,
    sameRunName: (name, n) => `${name} (${n})`,
    states: {
      idle: 'شروع نشده',
      starting: 'در حال شروع…',
      running: 'در حال آموزش',
      held: 'مکث شده',
      paused: 'مکث شده',
      scoring: 'در حال سنجش اطمینان با تصویرهای اعتبارسنجی…',
      done: 'پایان یافت',
      failed: 'ناموفق بود',
    },
    features: (done, total) =>
      `لایه‌های ازپیش‌آموخته در حال دیدن تصویرها: ${count.format(done)} از ${count.format(total)}…`,
    runs: 'اجراها',
    runsTable: 'جدول اجراها',
    runsIntro:
      'نمودارها منحنی اعتبارسنجی اجراهای علامت‌خورده را نشان می‌دهند. تنظیماتی که در همهٔ اجراها یکسان‌اند نیامده‌اند.',
    columns: { name: 'اجرا', network: 'شبکه', differences: 'تفاوت‌ها', seconds: 'ثانیه' },
    facts: {
      examples: (set, n) => `مجموعه‌دادهٔ ${set} با ${count.format(n)} تصویر آموزشی`,
      epochs: (n) => `${count.format(n)} دوره`,
      learningRate: (rate) => `نرخ یادگیری ${number(rate)}`,
      batchSize: (n) => `اندازهٔ دسته ${n}`,
      varied: 'با تغییر دادن تصویرها',
      notVaried: 'بدون تغییر دادن تصویرها',
      device: { cpu: 'با پردازندهٔ اصلی', gpu: 'با پردازندهٔ گرافیکی' },
    },
    currentRun: (name) => `${name} (کنونی)`,
    tooManyShown: (max) => `نمودارها حداکثر ${max} اجرای پیشین را نشان می‌دهند: اول یکی دیگر را پنهان کنید.`,
    forget: (name) => `فراموش کردن «${name}»`,
    loss: 'خطا',
    accuracy: 'دقت',
    train: 'آموزش',
    validation: 'اعتبارسنجی',
    speed: 'تصویر در ثانیه',
    threads: 'تعداد رشته‌ها',
    left: 'زمان باقی‌مانده',
    seconds: (n) => (n < 90 ? `${Math.ceil(n)} ثانیه` : `${Math.ceil(n / 60)} دقیقه`),
    lastTrainAccuracy: 'دقت آموزش',
    bestAccuracy: 'دقت اعتبارسنجی (بهترین دوره)',
    oneThread:
      'آموزش فقط از یک رشتهٔ پردازش استفاده می‌کند، چون میزبان این صفحه را جدا نکرده است. یک بار صفحه را دوباره بارگذاری کنید؛ با «inkling lab» از چند رشته استفاده می‌شود.',
    samples: 'تصویرهای اعتبارسنجی',
    samplesIntro:
      'نظر بهترین شبکه تا این لحظه دربارهٔ تصویرهایی که از آن‌ها یاد نمی‌گیرد. یکی را انتخاب کنید تا پایین‌تر ببینید لایه‌های شبکه از آن چه می‌سازند.',
    sample: (truth, predicted, confidence) => `${truth}، پیش‌بینی‌شده به‌عنوان ${predicted} با ${confidence}`,
    wrongSample: (predicted, truth) => `${predicted} به جای ${truth}`,
    inside: 'درون شبکه',
    insideIntro:
      'آنچه بهترین شبکه تا این لحظه یاد گرفته است، و آنچه لایه‌هایش از تصویر اعتبارسنجی انتخاب‌شده می‌سازند.',
    filters: (layer) => `صافی‌های ${layer}`,
    filtersOf: (layer, shown, total, size) =>
      shown === total
        ? `${layer}: ${count.format(total)} صافی با اندازهٔ ${size}.`
        : `${layer}: ${count.format(shown)} صافی از ${count.format(total)} صافی با اندازهٔ ${size}.`,
    signs: 'وزن‌های آبی به سود چیزی هستند که رویش قرار می‌گیرند و وزن‌های نارنجی به زیان آن.',
    colors: 'هر صافی رنگ‌هایی را نشان می‌دهد که به آن‌ها واکنش نشان می‌دهد.',
    maps: (layer, channels, size) => `${layer}: ${count.format(channels)} کانال با اندازهٔ ${size}`,
    histograms: 'هیستوگرام وزن‌ها و خروجی‌ها',
    weights: 'وزن‌های هر لایه',
    outputs: 'خروجی‌های هر لایه برای تصویر انتخاب‌شده',
    gradientHistograms: 'هیستوگرام گرادیان‌ها',
    gradients: 'گرادیان وزن‌های هر لایه',
    gradientsIntro: (images) =>
      `خطا با هر وزن چقدر تغییر می‌کند: هر گام آموزش وزن را در جهت مخالف جابه‌جا می‌کند. با شبکهٔ نشان‌داده‌شده و برای ${count.format(images)} تصویر آموزشی محاسبه شده است. اگر گرادیان لایه‌های اول بسیار کوچک‌تر از لایه‌های آخر باشد، لایه‌های اول تقریباً چیزی یاد نمی‌گیرند.`,
    pretrainedGradients: 'برای شبکهٔ ازپیش‌آموخته نشان داده نمی‌شوند: فقط لایهٔ آخر آن تغییر می‌کند.',
    computingGradients: 'در حال محاسبهٔ گرادیان‌ها…',
    noGradients:
      'گرادیان‌ها را نمی‌شود حساب کرد: خطای این شبکه بی‌نهایت است یا عدد نیست. وزن‌های بیش از حد بزرگ چنین می‌کنند، مثلاً پس از آموزشی با نرخ یادگیری خیلی زیاد.',
    distribution: (layer, low, high) => `${layer}: مقدارها از ${low} تا ${high}`,
    storage: {
      title: 'آنچه روی این دستگاه می‌ماند',
      intro:
        'نمونه‌ها، شبکه و آموزش در همین مرورگر نگه داشته می‌شوند، حتی وقتی زبانه بسته شود، و نه در هیچ جای دیگر.',
      removeAll: 'حذف همه چیز از این دستگاه',
      confirm: 'همهٔ نمونه‌ها، شبکه‌ها و آموزش‌ها حذف شوند؟ این کار برگشت‌پذیر نیست.',
      remove: 'حذف همه چیز',
      keep: 'نگه داشتن',
      unavailable:
        'این مرورگر اینجا چیزی نگه نمی‌دارد: اگر زبانه بسته یا دوباره بارگذاری شود، کارهایتان از دست می‌رود.',
      otherTab:
        'آزمایشگاه در زبانهٔ دیگری باز است که کارهایش را نگه می‌دارد. کارهای این زبانه با بستن یا بارگذاری دوبارهٔ آن از دست می‌رود.',
      otherVersion: 'آنچه روی این دستگاه نگه داشته شده بود از نسخهٔ دیگری از آزمایشگاه است و حذف شد.',
      damaged: 'آنچه روی این دستگاه نگه داشته شده بود آسیب دیده بود و حذف شد.',
      tooLarge:
        'این برای نگه داشتن روی این دستگاه زیاد است: اگر زبانه بسته یا دوباره بارگذاری شود، از دست می‌رود.',
      failed: (reason) => `این را نشد روی این دستگاه نگه داشت: ${reason}`,
    },
  },

  try: {
    title: 'امتحان کنید',
    noModel: 'هنوز هیچ شبکه‌ای آموزش ندیده است.',
    draw: 'نقاشی',
    yourImage: 'تصویر شما',
    clear: 'پاک کردن',
    undo: 'واگرد',
    takePicture: 'گرفتن عکس',
    open: 'باز کردن تصویر',
    dropHint: 'می‌توانید تصویر را روی صفحه رها کنید یا بچسبانید.',
    notAnImage: (name) => `${name} تصویری نیست که این مرورگر بتواند باز کند.`,
    prompt: 'چیزی بکشید',
    photoPrompt: 'تصویری باز کنید',
    unsure: 'نامطمئن',
    maybe: (first, second, reason) => `شاید ${first} یا ${second}: ${reason}.`,
    closest: (first, reasons) => `بیشتر شبیه ${first}، اما ${reasons}.`,
    reasons: {
      empty: 'تصویر خالی است',
      noise: 'تصویر فقط نویز دارد',
      'several-digits': 'انگار چند چیز کنار هم در تصویر است',
      'low-confidence': 'اطمینان کم است',
      'out-of-distribution': 'به هیچ‌یک از نمونه‌ها شباهت ندارد',
    },
    confidence: (value) => `اطمینان، تنظیم‌نشده: ${value}`,
    calibratedConfidence: (value) => `اطمینان تنظیم‌شده: ${value}`,
    prediction: 'پیش‌بینی',
    inputTitle: 'آنچه شبکه می‌بیند',
    inputLabel: (size) => `ورودی شبکه، ${size} پیکسل`,
    inputCaption: (size) => `ورودی: ${size} پیکسل`,
    explain: {
      method: 'توضیح با روش',
      methods: {
        occlusion: 'پوشاندن (Occlusion)',
        'layer-cam': 'LayerCAM',
        'grad-cam': 'Grad-CAM',
        gradient: 'گرادیان (Saliency)',
      },
      label: 'کلاس',
      predicted: 'کلاس پیش‌بینی‌شده',
      image: (name) => `کدام پیکسل‌ها به سود ${name} هستند`,
      captions: {
        occlusion: (name) =>
          `بخش‌های تصویر را یکی پس از دیگری می‌پوشاند. آبی به سود ${name} است و نارنجی به زیان آن.`,
        'layer-cam': (name) =>
          `روشن: جایی که آخرین لایه‌ای که خروجی‌اش تصویر است چیزی به سود ${name} پیدا می‌کند، پیکسل به پیکسل.`,
        'grad-cam': (name) =>
          `روشن: جایی که کانال‌های آخرین لایه‌ای که خروجی‌اش تصویر است به سود ${name} هستند.`,
        gradient: (name) => `روشن: پیکسل‌هایی که تغییرشان بیشترین اثر را بر امتیاز ${name} دارد.`,
      },
    },
    featureMaps: 'نقشه‌های ویژگی',
    featureMapsIntro: 'آنچه لایه‌های درونی حساب می‌کنند: برای هر کانال یک تصویر.',
    layerMaps: (layer, channels, size) => `${layer}: ${count.format(channels)} کانال با اندازهٔ ${size}`,
    walk: {
      title: 'لایه به لایه',
      intro:
        'هر عدد چگونه حساب می‌شود. روی یک پیکسل خروجی بروید؛ با لمس یا فشار ثابت می‌ماند؛ کلیدهای جهت‌دار جابه‌جا می‌کنند. آبی مثبت است و نارنجی منفی؛ پررنگ‌ترین رنگ بزرگ‌ترین عدد است.',
      layer: 'لایه',
      channel: 'کانال',
      inputLabel: 'ورودی لایه؛ بخشی که به کار می‌رود در کادر است',
      inputCaption: (size, channel) => `ورودی: ${size}، کانال ${channel}`,
      inputList: (n) => `ورودی: فهرستی از ${count.format(n)} عدد`,
      outputLabel: (layer) => `خروجی ${layer}. کلیدهای جهت‌دار عددی را انتخاب می‌کنند.`,
      outputCaption: (size) => `خروجی: ${size}`,
      position: (row, column) => `سطر ${row}، ستون ${column}`,
      number: (position) => `عدد ${position}`,
      weightedSum: 'هر ورودی در وزن خود ضرب می‌شود و همهٔ حاصل‌ضرب‌ها و بایاس با هم جمع می‌شوند.',
      largest: 'بزرگ‌ترین عدد پنجره.',
      mean: 'میانگین عددهای پنجره.',
      normalization: 'ورودی منهای میانگین، تقسیم بر جذر (واریانس + ε)، ضرب در وزن، به‌علاوهٔ بایاس',
      relu: `${isolated('max(0, x)')} که x ورودی است: عددهای منفی 0 می‌شوند.`,
      leakyRelu: 'خود ورودی، یا اگر منفی باشد بخش کوچکی از آن.',
      sigmoid: `${isolated('1 / (1 + e^−x)')} که x ورودی است: عددی بین 0 و 1.`,
      copy: 'همان عدد: این لایه فقط شکل را تغییر می‌دهد، یا پس از آموزش هیچ چیز را تغییر نمی‌دهد.',
      added: 'خروجی‌های هر دو شاخه با هم جمع می‌شوند.',
      unknown: 'محاسبهٔ این نوع لایه نشان داده نمی‌شود.',
      sums: 'جمع حاصل‌ضرب‌ها برای هر بخش ورودی؛ یکی را انتخاب کنید تا آن‌ها را ببینید',
      channelOf: (channel) => `کانال ورودی ${channel}`,
      part: (first, last) => `ورودی‌های ${first} تا ${last}`,
      products: (part) => `${part}: ورودی × وزن = حاصل‌ضرب`,
      window: 'عددهای پنجره',
      padding: '0 (حاشیه)',
      sumOfProducts: 'جمع همهٔ حاصل‌ضرب‌ها',
      input: 'ورودی',
      runningMean: 'میانگین',
      variance: 'واریانس',
      weight: 'وزن',
      bias: 'بایاس',
      result: 'حساب‌شده در اینجا',
      output: 'حساب‌شده در شبکه',
      precision: (decimals) =>
        `عددها تا ${decimals} رقم اعشار گرد شده‌اند. شبکه با حدود 7 رقم حساب می‌کند و این صفحه با 16 رقم، پس رقم‌های آخر ممکن است فرق کنند.`,
    },
    neighbors: {
      title: 'نزدیک‌ترین تصویرهای آموزشی',
      intro: (searched, all) =>
        `آنچه از نظر شبکه بیشترین شباهت را به آن دارد: کوچک‌ترین فاصله‌های کسینوسی بین عددهایی که لایهٔ آخر دریافت می‌کند، در ${
          searched === all
            ? `همهٔ ${count.format(all)} تصویر آموزشی`
            : `${count.format(searched)} تصویر از ${count.format(all)} تصویر آموزشی`
        }. 0 یعنی جهت یکسان، و 1 یعنی جهتی بی‌ارتباط.`,
      searching: 'در حال حساب کردن اینکه شبکه از تصویرهای آموزشی چه می‌سازد…',
      image: (name) => `یک تصویر آموزشی از ${name}`,
      distance: (value) => `فاصله: ${value.toFixed(3)}`,
    },
    change: {
      title: 'فریب دادن شبکه',
      intro: 'کوچک‌ترین تغییری که آن را برای شبکه چیز دیگری می‌کند، در جهت گرادیان امتیازها.',
      target: 'اشتباه بگیرد با',
      find: 'یافتن کوچک‌ترین تغییر',
      searching: 'در حال جستجو…',
      none: (name, levels) =>
        `تغییری پیدا نشد که شبکه با آن تصویر را ${name} بداند و میانگین آن حداکثر ${levels} از 255 سطح خاکستری باشد.`,
      found: (name, confidence, largest, mean) =>
        `شبکه تصویر تغییرکرده را ${name} می‌داند (${confidence}). تغییر هر پیکسل به‌طور میانگین ${mean.toFixed(1)} و حداکثر ${largest} از 255 سطح خاکستری است.`,
      doubtful: 'شبکه می‌فهمد که چیزی درست نیست: پیش‌بینی نامطمئن است.',
      original: (name) => `پیش از تغییر: ${name}`,
      difference: (factor) => `تفاوت، ${factor.toFixed(1)} برابر بزرگ‌شده: آبی یعنی بیشتر، نارنجی یعنی کمتر`,
      changed: (name) => `پس از تغییر: ${name}`,
    },
    test: 'تصویرهای آزمون',
    testIntro: 'نمونه‌هایی که در آموزش به کار نرفته‌اند. یک عدد را انتخاب کنید تا تصویرهای آن را ببینید.',
    testAccuracy: (correct, total) =>
      `${count.format(correct)} تصویر از ${count.format(total)} درست تشخیص داده شد (${percent(correct / total)}).`,
    testing: 'در حال دسته‌بندی تصویرهای آزمون…',
    cell: (truth, predicted, n) =>
      truth === predicted
        ? `${count.format(n)} تصویر از ${truth} که درست تشخیص داده شد`
        : `${count.format(n)} تصویر از ${truth} که با ${predicted} اشتباه گرفته شد`,
    export: 'با خود ببرید',
    exportIntro:
      'شبکه، وزن‌هایش و کلاس‌هایش در این فایل‌هاست. اولی را خط فرمان Inkling و برنامه‌ها باز می‌کنند، دومی را مرورگرها، و ONNX را برنامه‌های دیگر.',
    saveModel: 'ذخیرهٔ مدل (safetensors)',
    saveOnnx: 'ذخیره به‌صورت ONNX',
    onnxChecked: (images, difference, byRuntime) =>
      byRuntime
        ? `بررسی شد: ONNX Runtime فایل را باز کرد و خروجی‌های ${count.format(images)} تصویر آزمون را حساب کرد؛ تفاوت آن‌ها حداکثر ${isolated(difference.toExponential(1))} است.`
        : `بررسی شد: Inkling فایل ONNX را دوباره خواند و خروجی‌های ${count.format(images)} تصویر آزمون را حساب کرد؛ تفاوت آن‌ها حداکثر ${isolated(difference.toExponential(1))} است. این سایت ONNX Runtime را، که برنامهٔ دیگری است، ندارد.`,
    onnxDiffers: (images, difference) =>
      `فایل ONNX ذخیره نشد: پس از خواندن دوباره، خروجی‌هایش برای ${count.format(images)} تصویر آزمون تا ${isolated(difference.toExponential(1))} تفاوت دارند.`,
    savePage: 'ذخیرهٔ صفحه‌ای که بدون اتصال کار می‌کند (HTML)',
    pageSaved: 'صفحه یک فایل است: آن را در مرورگر باز کنید، حتی بدون اتصال.',
    pageUnavailable:
      'برنامهٔ صفحه بارگذاری نشد. برای آن اتصال به جایی لازم است که این صفحه از آن آمده است؛ با اتصال دوباره امتحان کنید.',
    offlineTitle: (classes) => `شبکه‌ای برای ${count.format(classes)} کلاس`,
    offlineNote:
      'در آزمایشگاه Inkling آموزش دیده است. این فایل شبکه را در بر دارد و چیزی برای کسی نمی‌فرستد.',
  },

  project: {
    title: 'کل پروژه',
    intro:
      'یک فایل با همه چیز: نمونه‌ها، شبکه، تنظیمات، آموزش‌ها با نمودارها و وزن‌هایشان، و درس. آن را تحویل دهید یا با آن روی دستگاه دیگری ادامه دهید.',
    seen: 'آنچه آموزش‌ها نشان داده‌اند: درس‌های',
    save: 'ذخیرهٔ پروژه',
    open: 'باز کردن پروژه',
    openHint: 'جای همهٔ آنچه را اینجاست می‌گیرد؛ می‌توانید آن را برگردانید.',
    goBack: 'بازگشت به آنچه پیش از این اینجا بود',
    opened: (name, examples, runs) =>
      `${name} باز است: ${count.format(examples)} نمونه و ${count.format(runs)} آموزش.`,
    foreign: (name) =>
      `${name} باز نشد: پروژهٔ آزمایشگاه نیست یا فقط بخشی از آن است. چیزی تغییر نکرد. فایلی را انتخاب کنید که با «ذخیرهٔ پروژه» ساخته شده است.`,
    damaged: (name) =>
      `${name} باز نشد: فایل آسیب دیده است. چیزی تغییر نکرد. آن را دوباره کپی یا ذخیره کنید و آن نسخه را باز کنید.`,
    otherVersion: (name) =>
      `${name} باز نشد: از نسخهٔ دیگری از آزمایشگاه است. چیزی تغییر نکرد. آن را با همان نسخه باز کنید.`,
    tooLarge: 'پروژه برای یک فایل بیش از حد بزرگ است: چند اجرا را فراموش کنید یا نمونه‌هایی را حذف کنید.',
    notExamples: 'یک پروژهٔ کامل است. پایین‌تر از «باز کردن پروژه» استفاده کنید',
  },

  lessons: {
    title: 'درس‌ها',
    intro: 'آزمایش‌های کوتاه با شبکه‌ها. هر کدام یک نکتهٔ مهم دربارهٔ یادگیری شبکه‌ها را نشان می‌دهد.',
    titled: (n, title) => `${n}. ${title}`,
    lesson: (n, title) => `درس ${n}: ${title}`,
    minutes: (n) => `${count.format(n)} دقیقه`,
    all: {
      learningRate: {
        title: 'گام‌های بزرگ، گام‌های کوچک',
        question:
          'شبکه در گام‌های زیادی یاد می‌گیرد. بعد از هر گام کمی تغییر می‌کند. نرخ یادگیری می‌گوید گام‌ها چقدر بزرگ باشند. آیا بزرگ‌تر بهتر است؟',
        steps: [
          'نرخ یادگیری 0.1 است. {training.start} را بزنید. صبر کنید تا بنویسد {training.states.done}.',
          '{training.learningRate} را روی 0.001 بگذارید. {training.startOver} را بزنید.',
          'اگر دوست دارید، 0.0001 را هم امتحان کنید. اول حدس بزنید: چه می‌شود؟',
        ],
        observe:
          'نمودارهای دقت را ببینید. با کدام نرخ یادگیری بالا می‌روند؟ با کدام پایین می‌مانند یا بالا و پایین می‌پرند؟',
        first: 'با نرخ یادگیری 0.1',
        second: 'با نرخ یادگیری 0.001',
        seen: (first, second) =>
          `دقت اعتبارسنجی با ${number(first.learningRate)} برابر ${percent(first.validation)} بود و با ${number(second.learningRate)} برابر ${percent(second.validation)}. گام‌های خیلی بزرگ از روی هدف می‌پرند.`,
      },
      overfitting: {
        title: 'حفظ کردن',
        question: 'اگر شبکه فقط 50 تصویر داشته باشد، چه یاد می‌گیرد؟',
        steps: [
          'تصویرها را ببینید: از هر رقم 8 تا. شبکه از 5 تای آن‌ها یاد می‌گیرد. از بقیه هرگز یاد نمی‌گیرد: آن‌ها برای امتحان گرفتن هستند.',
          '{training.start} را بزنید. به هر دو نمودار دقت نگاه کنید.',
          '{data.useDigits} را بزنید. حالا 2,500 تصویر دارید.',
          '{training.startOver} را بزنید و صبر کنید تا بنویسد {training.states.done}.',
        ],
        observe:
          'در پایان، نمودارهای آموزش و اعتبارسنجی چقدر از هم فاصله دارند: با 50 تصویر، و با 1,500 تصویر؟',
        first: 'با 50 تصویر',
        second: 'با 1,500 تصویر',
        seen: (first, second) =>
          `با ${count.format(first.images)} تصویر، شبکه ${percent(first.training)} از تصویرهای خودش را درست تشخیص داد، اما فقط ${percent(first.validation)} از تصویرهای تازه را: تصویرهایش را حفظ کرده است. به این می‌گویند بیش‌برازش (overfitting). با ${count.format(second.images)} تصویر، ${percent(second.validation)} از تصویرهای تازه را درست تشخیص داد.`,
      },
      shuffledLabels: {
        title: 'برچسب‌های غلط',
        question:
          'کسی همهٔ برچسب‌ها را به هم ریخته است: زیر «3» حالا هر رقمی پیدا می‌شود. آیا شبکه می‌تواند این را یاد بگیرد؟',
        steps: [
          'کلاس‌ها را ببینید. تصویرها با نام کلاسشان جور نیستند.',
          '{training.start} را بزنید. به هر دو نمودار دقت نگاه کنید.',
          '{data.useDigits} را بزنید. حالا برچسب‌ها درست‌اند.',
          '{training.startOver} را بزنید و صبر کنید تا بنویسد {training.states.done}.',
        ],
        observe:
          'کدام نمودار بالا می‌رود با اینکه برچسب‌ها غلط‌اند؟ کدام نزدیک 10 درصد می‌ماند؟ چرا 10 درصد؟',
        first: 'با برچسب‌های غلط',
        second: 'با برچسب‌های درست',
        seen: (first, second) =>
          `با برچسب‌های غلط، جواب شبکه برای ${percent(first.training)} از تصویرهای خودش «درست» بود، اما فقط برای ${percent(first.validation)} از تصویرهای تازه. این تقریباً همان حدس زدن است. با برچسب‌های درست، ${percent(second.validation)} از تصویرهای تازه را درست تشخیص داد. شبکه می‌تواند حرف‌های بی‌معنی را هم حفظ کند: فقط تصویرهای تازه نشان می‌دهند که چیزی فهمیده است یا نه.`,
      },
      missingClass: {
        title: 'نُهِ گم‌شده',
        question: 'شبکه‌ای که هرگز 9 ندیده است، دربارهٔ 9 چه می‌گوید؟',
        steps: [
          'در داده‌ها هیچ 9 نیست. {training.start} را بزنید و صبر کنید تا بنویسد {training.states.done}.',
          'یک 9 بکشید. شبکه چه می‌گوید؟ چقدر مطمئن است؟ {try.clear} را بزنید و دست‌کم دو 9 دیگر بکشید.',
          '{data.useDigits} را بزنید. حالا 9 هم در داده‌ها هست.',
          '{training.startOver} را بزنید و صبر کنید تا بنویسد {training.states.done}.',
          'دوباره سه بار 9 بکشید. حالا شبکه چه می‌گوید؟',
        ],
        observe: 'دقت اعتبارسنجی بدون 9 چقدر خوب است؟ آیا به این شبکه اعتماد می‌کنید؟',
        first: 'بدون رقم 9',
        second: 'با هر ده رقم',
        seen: (first, second) =>
          `بدون 9، دقت اعتبارسنجی ${percent(first.validation)} بود. خوب به نظر می‌رسد، اما در تصویرهای اعتبارسنجی هم هیچ 9 نبود. اگر از هر ده تصویر یکی 9 بود، دقت حداکثر ${percent(0.9 * first.validation)} می‌شد. با هر ده رقم ${percent(second.validation)} بود. شبکه فقط چیزی را می‌گوید که یاد گرفته است، و آزمون فقط چیزی را می‌سنجد که در آن هست.`,
      },
      normalization: {
        title: 'عددها در اندازهٔ مناسب',
        question:
          'این شبکه چهار لایه به نام {network.types.batchNorm1d} دارد. آن‌ها عددهای درون شبکه را در یک بازهٔ مشترک نگه می‌دارند. آیا شبکه به آن‌ها نیاز دارد؟',
        steps: [
          '{training.start} را بزنید و صبر کنید تا بنویسد {training.states.done}.',
          'هر چهار لایهٔ {network.types.batchNorm1d} را حذف کنید: در هر کدام × را بزنید.',
          '{training.startOver} را بزنید.',
        ],
        observe: 'دقت با نرمال‌سازی چقدر زود بالا می‌رود، و بدون آن چقدر زود؟',
        first: 'با نرمال‌سازی',
        second: 'بدون نرمال‌سازی',
        seen: (first, second) =>
          `دقت اعتبارسنجی با نرمال‌سازی ${percent(first.validation)} بود و بدون آن ${percent(second.validation)}. بدون نرمال‌سازی، تفاوت تصویرها لایه به لایه کمتر می‌شود، تا جایی که شبکه دیگر به‌سختی آن‌ها را از هم تشخیص می‌دهد.`,
      },
      dropout: {
        title: 'یادگیری با جای خالی',
        question:
          'دراپ‌اوت در هر گام نیمی از عددهای یک لایه را به‌طور تصادفی خاموش می‌کند. چرا باید کار را برای شبکه سخت‌تر کرد؟',
        steps: [
          '{training.start} را بزنید. در پایان، نمودارهای آموزش و اعتبارسنجی چقدر از هم فاصله دارند؟',
          'زیر لایه‌ها {network.types.dropout} را انتخاب کنید و {network.add} را بزنید.',
          '{training.startOver} را بزنید.',
        ],
        observe: 'آیا شبکه هنوز همهٔ تصویرهای خودش را درست تشخیص می‌دهد؟ آیا دو نمودار به هم نزدیک‌ترند؟',
        first: 'بدون دراپ‌اوت',
        second: 'با دراپ‌اوت',
        seen: (first, second) =>
          `بدون دراپ‌اوت، شبکه ${percent(first.training)} از تصویرهای خودش و ${percent(first.validation)} از تصویرهای تازه را درست تشخیص داد. با دراپ‌اوت، این دو ${percent(second.training)} و ${percent(second.validation)} بودند: به هم نزدیک‌ترند. با جای خالی، حفظ کردن تصویرها سخت‌تر است.`,
      },
      augmentation: {
        title: 'استفادهٔ بیشتر از تصویرهای کم',
        question:
          'فقط 180 تصویر برای یادگیری دارید. آیا می‌توانید بدون حتی یک تصویر تازه بیشتر از آن‌ها استفاده کنید؟',
        steps: [
          '{training.start} را بزنید و صبر کنید تا بنویسد {training.states.done}.',
          '{training.vary} را علامت بزنید. حالا هر تصویر کمی می‌چرخد، جابه‌جا می‌شود و بزرگ یا کوچک می‌شود، هر بار جور دیگری. {training.startOver} را بزنید.',
        ],
        observe: 'کدام آموزش تصویرهای اعتبارسنجی بیشتری را درست تشخیص می‌دهد؟ کدام کندتر یاد می‌گیرد؟ چرا؟',
        first: 'بدون تغییر دادن تصویرها',
        second: 'با تغییر دادن تصویرها',
        seen: (first, second) =>
          `دقت اعتبارسنجی با همان ${count.format(first.images)} تصویر همیشگی ${percent(first.validation)} بود و با تصویرهای تغییرکرده ${percent(second.validation)}. 3 اگر کمی چرخیده باشد باز هم 3 است: این‌طور شبکه چیزی را یاد می‌گیرد که مهم است.`,
      },
      shifts: {
        title: 'کمی آن‌طرف‌تر',
        question:
          'در تصویرهای آموزشی، رقم‌ها وسط تصویر هستند. در تصویرهای اعتبارسنجی، رقم‌ها جابه‌جا شده‌اند. کدام شبکه بهتر از پس آن برمی‌آید: MLP یا CNN؟',
        steps: [
          '{training.start} را بزنید. این شبکه یک MLP است: کانولوشن ندارد.',
          'در {network.preset} گزینهٔ {network.presets.report-cnn} را انتخاب کنید.',
          '{training.startOver} را بزنید.',
        ],
        observe:
          'هر دو تصویرهای خودشان را درست تشخیص می‌دهند. کدام یک تصویرهای جابه‌جاشدهٔ بیشتری را درست تشخیص می‌دهد؟',
        first: 'با MLP',
        second: 'با CNN',
        seen: (first, second) =>
          `MLP از تصویرهای جابه‌جاشده ${percent(first.validation)} را درست تشخیص داد و CNN ${percent(second.validation)} را. کانولوشن در همه جای تصویر دنبال همان خط‌ها می‌گردد. MLP باید آن‌ها را برای هر جا از نو یاد بگیرد.`,
      },
    },
    choose: 'همهٔ درس‌ها',
    setUp: 'آماده کردن',
    settingUp: 'در حال آماده کردن…',
    end: 'پایان درس',
    endHint: '{lessons.end} آنچه را پیش از آن داشتید برمی‌گرداند.',
    firstStep: '{lessons.setUp} را بزنید.',
    isSetUp: 'داده‌ها، شبکه و تنظیمات آماده‌اند.',
    setUpHint: 'این کار داده‌ها، شبکه و تنظیمات شما را عوض می‌کند. {lessons.end} آن‌ها را برمی‌گرداند.',
    steps: 'چه کار کنید',
    observe: 'به چه توجه کنید',
    check: 'چه پیدا کردید',
    todo: (training) => `کار باقی‌مانده: ${training} آموزش بدهید.`,
    todoAlike: (training) => `کار باقی‌مانده: ${training} آموزش بدهید و بقیهٔ چیزها را تغییر ندهید.`,
    doneSo: (training, { validation }) =>
      `آموزش ${training} انجام شد: دقت اعتبارسنجی ${percent(validation)} بود.`,
    unclearMark: 'این تفاوت روشنی را نشان نمی‌دهد.',
    unclear: 'درس را دوباره آماده کنید و هر دو آموزش را تکرار کنید.',
    seenMark: 'آن را دیدید!',
    done: 'انجام شد',
    reached: (validation) => `دقت اعتبارسنجی: ${percent(validation)}.`,
    nextLesson: 'درس بعدی',
    quote: (name) => `«${name}»`,
    copyLink: 'رونوشت پیوند',
    copySettings: 'رونوشت پیوندی با این شبکه و این تنظیمات',
    ownNetwork: 'پیوند این شبکه را در بر ندارد.',
    linkCopied: 'از پیوند رونوشت گرفته شد.',
    linkToCopy: 'پیوند',
    badLink: 'در پیوند چیزی هست که آزمایشگاه نمی‌شناسد:',
    unknownInLink: (name, known) => `${name}: باید یکی از این‌ها باشد: ${known}`,
    badInLink: (name, value, expected) => `${name}: باید ${expected} باشد، نه «${value}»`,
    wholeNumber: (from, to) => `عددی صحیح از ${from} تا ${count.format(to)}`,
    oneOf: (values) => `یکی از ${values}`,
  },

  glossary: {
    words: 'واژه‌ها:',
    explain: (term) => `«${term}» یعنی چه؟`,
    terms: {
      accuracy: {
        term: 'دقت',
        meaning: `سهم تصویرهایی که شبکه درست تشخیص می‌دهد. ${isolated('90%')} یعنی از هر 10 تصویر 9 تا.`,
      },
      batch: {
        term: 'دسته',
        meaning:
          'شبکه از همهٔ تصویرها یکجا یاد نمی‌گیرد، بلکه هر بار از چند تصویر. پس از هر دسته کمی تغییر می‌کند.',
      },
      cnn: {
        term: 'CNN',
        meaning: 'شبکه‌ای با کانولوشن: صافی‌های کوچک روی تصویر می‌لغزند و همه جا دنبال همان خط‌ها می‌گردند.',
      },
      confidence: {
        term: 'اطمینان',
        meaning: `اینکه شبکه چقدر مطمئن است. وقتی تنظیم‌شده است که راست باشد: از 100 پاسخ با اطمینان ${isolated('90%')} حدود 90 پاسخ درست است.`,
      },
      confusion: {
        term: 'ماتریس درهم‌ریختگی',
        meaning:
          'جدولی که می‌شمارد تصویرها از کدام کلاس بوده‌اند و شبکه کدام کلاس را گفته است. عددهای بیرون از قطر، اشتباه‌های شبکه هستند.',
      },
      epoch: {
        term: 'دوره',
        meaning: 'یک دور کامل آموزش: شبکه از هر تصویر آموزشی یک بار یاد گرفته است.',
      },
      learningRate: {
        term: 'نرخ یادگیری',
        meaning: 'اندازهٔ گام‌هایی که شبکه با آن‌ها یاد می‌گیرد. پس از هر دسته یک گام برمی‌دارد.',
      },
      loss: {
        term: 'خطا',
        meaning:
          'اینکه شبکه چقدر اشتباه می‌کند. در 0 همهٔ پاسخ‌ها درست و کاملاً مطمئن هستند. آموزش آن را کوچک‌تر می‌کند.',
      },
      mlp: {
        term: 'MLP',
        meaning:
          'شبکه‌ای بدون کانولوشن: هر عددی که حساب می‌کند به همهٔ پیکسل‌ها بستگی دارد و برای هر پیکسل وزنی دارد.',
      },
      multiplyAdds: {
        term: 'ضرب و جمع',
        meaning: 'اینکه شبکه چقدر محاسبه می‌کند: این تعداد ضرب و همین تعداد جمع.',
      },
      parameters: {
        term: 'پارامترها',
        meaning: 'عددهایی در شبکه که آموزش آن‌ها را تغییر می‌دهد. پاسخ شبکه به آن‌ها بستگی دارد.',
      },
      test: {
        term: 'تصویرهای آزمون',
        meaning: 'تصویرهایی که برای پایان کار کنار گذاشته می‌شوند. نشان می‌دهند شبکهٔ آماده چقدر خوب است.',
      },
      training: {
        term: 'تصویرهای آموزشی',
        meaning: 'تصویرهایی که شبکه از آن‌ها یاد می‌گیرد.',
      },
      validation: {
        term: 'اعتبارسنجی',
        meaning:
          'امتحان گرفتن هنگام آموزش، با تصویرهایی که شبکه از آن‌ها یاد نمی‌گیرد: آیا تصویرهای تازه را هم تشخیص می‌دهد؟',
      },
      vary: {
        term: 'تغییر دادن تصویرها',
        meaning:
          'تصویرهای آموزشی هر بار کمی می‌چرخند، جابه‌جا می‌شوند و تغییر اندازه می‌دهند تا نمونه‌های کم بیشتر به کار بیایند.',
      },
    },
  },

  teacher: {
    title: 'برای معلمان',
    intro:
      'هر درس آزمایشی است با دو آموزش که فقط در یک چیز فرق دارند. صفحه می‌گوید چه باید کرد و نتیجه را بررسی می‌کند. دانش قبلی لازم نیست. با درس 1 شروع کنید؛ بقیهٔ درس‌ها به هم وابسته نیستند.',
    preparing: 'پیش از کلاس',
    needs: [
      'روی هر دستگاه مرورگری از سال 2023 یا تازه‌تر؛ گوشی همراه هم کافی است. چیزی نصب نمی‌شود.',
      'آزمایشگاه را روی یک دستگاه باز کنید و یک درس را انجام دهید. اگر بخش «آموزش» بگوید که فقط از یک رشتهٔ پردازش استفاده می‌کند، میزبان صفحه را جدا نکرده است: درس‌ها کار می‌کنند، اما بیشتر طول می‌کشند.',
      'تا وقتی اتصال هست، آزمایشگاه را یک بار روی هر دستگاه باز کنید. پس از آن بدون اتصال هم کار می‌کند.',
      'برگه‌ها یا پیوند یک درس را به دانش‌آموزان بدهید.',
    ],
    privacyTitle: 'حریم خصوصی',
    privacy: [
      'نقاشی‌ها، عکس‌ها و شبکه‌ها روی دستگاه می‌مانند. آزمایشگاه چیزی برای کسی نمی‌فرستد و حساب کاربری ندارد.',
      'آنچه ساخته شده است در مرورگر نگه داشته می‌شود، حتی وقتی زبانه بسته شود. روی دستگاه‌های مشترک، {training.storage.removeAll} آن را پاک می‌کند.',
    ],
    more: 'اینکه مرورگرها و میزبان‌ها چه نیاز دارند و چه چیزی روی دستگاه نگه داشته می‌شود، در docs/lab.md آمده است که بخشی از بسته است (به انگلیسی).',
    duration: 'مدت',
    goal: 'هدف',
    answer: 'پاسخ',
    pitfalls: 'چه چیزی ممکن است خوب پیش نرود',
    open: 'باز کردن درس',
    print: 'چاپ برگه',
    printAll: 'چاپ همهٔ برگه‌ها',
    printHint: 'برگه‌ها برای دانش‌آموزان هستند و پاسخ‌ها در آن‌ها نیست.',
    printWithAnswers: 'چاپ با پاسخ‌ها',
    printAllWithAnswers: 'چاپ همه با پاسخ‌ها',
    showAnswers: 'نمایش پاسخ‌ها',
    hideAnswers: 'پنهان کردن پاسخ‌ها',
    confirmAnswers:
      'پاسخ‌ها برای معلمان هستند: هر کس آن‌ها را بخواند دیگر چیزی برای کشف کردن ندارد. نشان داده شوند؟',
    showNow: 'نشان بده',
    keepHidden: 'پنهان بماند',
    sheet: {
      name: 'نام',
      date: 'تاریخ',
      address: 'این نشانی را باز کنید و {lessons.setUp} را بزنید:',
      guess: 'حدس من',
      results: 'نتیجه‌های من',
      training: 'دقت آموزش',
      validation: 'دقت اعتبارسنجی',
      explanation: 'توضیح من',
    },
    lessons: {
      learningRate: {
        goal: 'نرخ یادگیری ممکن است خیلی زیاد یا خیلی کم باشد: باید آن را آزمود.',
        answer:
          'با 0.1، شبکه از حدس زدن بهتر نیست (حدود 10 درصد)، چون هر گام وزن‌ها را چنان تغییر می‌دهد که اثر گام‌های دیگر از بین می‌رود. با 0.001 یاد می‌گیرد. با 0.0001 هم یاد می‌گیرد، اما به دوره‌های بیشتری نیاز دارد.',
        pitfalls:
          'بعضی‌ها انتظار دارند نرخ بیشتر زودتر یاد بگیرد. پیش از هر آموزش بخواهید حدس بزنند و حدسشان را بنویسند.',
      },
      overfitting: {
        goal: 'بیش‌برازش: درست گفتن دربارهٔ تصویرهای آشنا چیز زیادی دربارهٔ تصویرهای تازه نمی‌گوید. دادهٔ بیشتر کمک می‌کند.',
        answer:
          'با 50 تصویر، دقت آموزش به حدود 100 درصد می‌رسد و دقت اعتبارسنجی خیلی پایین‌تر می‌ماند. با 1,500 تصویر هر دو بالا هستند.',
        pitfalls:
          'در ابتدا فقط 20 تصویر اعتبارسنجی هست: هر کدام 5 درصد ارزش دارد. بهترین دوره ممکن است شانسی باشد؛ به همهٔ نمودار نگاه کنید.',
      },
      shuffledLabels: {
        goal: 'شبکه می‌تواند هر چیزی را حفظ کند. فقط تصویرهای تازه نشان می‌دهند که چیزی یاد گرفته است یا نه.',
        answer:
          'دقت آموزش بالا می‌رود، چون شبکه تک‌تک تصویرها را حفظ می‌کند. دقت اعتبارسنجی نزدیک 10 درصد می‌ماند: با ده رقم، از هر ده حدس یکی درست است.',
        pitfalls:
          'دقت اعتبارسنجی دقیقاً 10 درصد نیست و در بهترین دوره به‌طور اتفاقی کمی بیشتر است. بالا رفتن چند دوره طول می‌کشد: زود مکث نکنید.',
      },
      missingClass: {
        goal: 'مدل فقط کلاس‌های خودش را می‌شناسد و آزمون فقط چیزی را می‌سنجد که در آن هست. داده‌ها تعیین می‌کنند.',
        answer:
          '9 را چیزی شبیه آن می‌داند، مثلاً 4 یا 7 یا 8، و اغلب با اطمینان زیاد. دقت اعتبارسنجی چیزی دربارهٔ 9 نمی‌گوید، چون در تصویرهای اعتبارسنجی 9 نیست.',
        pitfalls:
          'گاهی صفحه می‌گوید «نامطمئن»: می‌فهمد که نقاشی به هیچ‌یک از نمونه‌ها شبیه نیست. این هم درست است؛ دربارهٔ اینکه چرا همیشه این‌طور نیست گفتگو کنید.',
      },
      normalization: {
        goal: 'آنچه درون شبکه رخ می‌دهد تعیین می‌کند که بتواند یاد بگیرد: مقدارها باید در بازه‌ای مناسب بمانند.',
        answer:
          'با نرمال‌سازی، شبکه در چند دوره یاد می‌گیرد. بدون آن، خیلی کندتر یاد می‌گیرد: سیگمویدها مقدارها را لایه به لایه فشرده‌تر می‌کنند.',
        pitfalls:
          'هر چهار لایهٔ نرمال‌سازی باید حذف شوند و سیگمویدها باید بمانند. اگر لایهٔ دیگری اشتباهی حذف شد، درس را دوباره آماده کنید.',
      },
      dropout: {
        goal: 'منظم‌سازی: سخت‌تر کردن آموزش می‌تواند نتیجه را بهتر کند، یا دست‌کم صادقانه‌تر.',
        answer:
          'با دراپ‌اوت، دقت آموزش کمتر است، چون هنگام آموزش نیمی از مقدارهای درونی نیستند. در اعتبارسنجی همهٔ آن‌ها به کار می‌روند. دو دقت به هم نزدیک‌ترند و دقت اعتبارسنجی تقریباً همان است یا کمی بیشتر.',
        pitfalls: 'این اثر کوچک است و در هر آموزش فرق می‌کند. مهم فاصلهٔ دو نمودار است.',
      },
      augmentation: {
        goal: 'داده‌افزایی: دانش دربارهٔ تصویرها، مثلاً اینکه 3 چرخیده باز هم 3 است، جای بخشی از داده‌ها را می‌گیرد.',
        answer:
          'با تغییر دادن تصویرها، دقت اعتبارسنجی چند درصد بیشتر است. دقت آموزش کندتر بالا می‌رود، چون هیچ تصویری دو بار به یک شکل نمی‌آید.',
        pitfalls: 'بپرسید چه تغییری مجاز نیست: 6 اگر وارونه شود 9 است، و 2 در آینه رقم نیست.',
      },
      shifts: {
        goal: 'در ساختار شبکه فرض‌هایی نهفته است. کانولوشن فرض می‌کند که یک الگو ممکن است هر جا باشد.',
        answer:
          'هر دو ضعیف‌تر می‌شوند، چون فقط رقم‌های وسط تصویر را دیده‌اند. CNN کمتر ضعیف می‌شود: صافی‌ها و ادغام آن به خط واکنش نشان می‌دهند، هر جا که باشد.',
        pitfalls:
          'در بخش «امتحان»، نقاشی‌ها پیش از رسیدن به شبکه به وسط آورده می‌شوند: آنجا MLP هم کار می‌کند.',
      },
    },
  },
};

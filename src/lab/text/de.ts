import type { LabText } from './en.js';

type Parts = Parameters<LabText['data']['parts']>[0];

const LOCALE = 'de';
const count = new Intl.NumberFormat(LOCALE);
const short = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumSignificantDigits: 3 });
const exact = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 6 });
const percentage = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

const difference = new Intl.NumberFormat(LOCALE, {
  notation: 'compact',
  maximumSignificantDigits: 3,
  signDisplay: 'exceptZero',
});

const scientific = new Intl.NumberFormat(LOCALE, {
  notation: 'scientific',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

const fixed = (n: number, decimals: number) =>
  n.toLocaleString(LOCALE, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

const number = (n: number) => exact.format(n);
const percent = (fraction: number) => percentage.format(fraction);

const plural = (n: number, one: string, many: string) => `${count.format(n)} ${n === 1 ? one : many}`;

const parts = ({ train, validation, test }: Parts) =>
  `${count.format(train)} zum Training, ${count.format(validation)} zur Validierung, ${count.format(test)} zum Testen`;

/** All text of the lab in German. */
export const de: LabText = {
  components: {
    skipToContent: 'Zum Inhalt springen',
    sections: 'Bereiche',
    themes: { system: 'System', light: 'hell', dark: 'dunkel' },
    switchTheme: (current, next) => `Farben: ${current}. Zu „${next}“ wechseln`,
    drawingCanvas:
      'Zeichenfläche. Die Pfeiltasten bewegen den Stift; die Leertaste setzt ihn auf und hebt ihn ab.',
    byEpoch: (title) => `${title} pro Epoche`,
    epoch: (epoch) => `Epoche ${epoch}`,
    valuesByEpoch: (title) => `${title} in einer Epoche`,
    fromTo: (name, first, last) => `${name} von ${first} bis ${last}`,
    probabilities: 'Wahrscheinlichkeit jeder Klasse',
    likeliestProbabilities: 'Wahrscheinlichkeiten der wahrscheinlichsten Klassen',
    likeliestOf: (shown, all) => `Die ${shown} wahrscheinlichsten von ${all} Klassen.`,
    confusionMatrix: 'Konfusionsmatrix',
    confusionCaption: 'Konfusionsmatrix. Zeilen: wahre Klasse. Spalten: vorhergesagte Klasse.',
    mostErrors: (shown) => `Nur die ${shown} Klassen mit den meisten Fehlern.`,
    predictedAs: (label, predicted, n) => `${label}, vorhergesagt als ${predicted}: ${n}`,
    featureMapsOf: (layer) => `Merkmalskarten von ${layer}`,
    channelOf: (layer) => `Kanal von ${layer}, der vergrößert wird`,
    selectChannel: 'Wähle einen Kanal, um ihn zu vergrößern',
    channelValues: (channel, channels, least, greatest) =>
      `Kanal ${channel} von ${channels}: Werte von ${least} bis ${greatest}`,
    close: 'Schließen',
  },
  locale: LOCALE,
  name: 'Inkling-Labor',
  home: 'Startseite des Inkling-Labors',
  views: { data: 'Daten', network: 'Netz', training: 'Training', try: 'Probieren' },
  next: (view) => `Weiter: ${view}`,
  language: 'Sprache',
  noLanguage: 'Diese Sprache kann ohne Verbindung nicht geladen werden.',
  count: (n) => count.format(n),
  number,
  percent,

  data: {
    title: 'Beispiele',
    privacy: 'Alles bleibt auf diesem Gerät: Das Labor gibt nichts weiter.',
    intro:
      'Ein Netz lernt aus Beispielen. Zeichne mindestens zehn für jede Klasse, oder beginne mit den eingebauten Ziffern.',
    kind: 'Die Beispiele sind',
    kinds: { drawing: 'Zeichnungen', photo: 'Fotos', largePhoto: 'große Fotos' },
    kindHints: {
      drawing:
        'Dunkle Linien auf hellem Grund, mit 28 × 28 Pixeln. Jede Zeichnung wird in die Mitte gerückt und auf die gleiche Größe gebracht.',
      photo: 'Farbig, mit 32 × 32 Pixeln.',
      largePhoto:
        'Farbig, mit 128 × 128 Pixeln, für ein Netz, das andere mit vielen Fotos trainiert haben. Eigene Netze brauchen dafür lange.',
    },
    classNames: ['Kreis', 'Quadrat', 'Dreieck'],
    useDigits: 'Eingebaute Ziffern verwenden',
    generating: 'Ziffern werden erzeugt …',
    startOver: 'Alle entfernen',
    save: 'Beispiele speichern',
    saveHint: 'Eine Datei mit allen Beispielen. Du oder andere können sie hier wieder öffnen.',
    saving: 'Wird gespeichert …',
    tooManyToSave: (max) =>
      `Das Labor speichert höchstens ${count.format(max)} Beispiele in einer Datei: Lösche zuerst einige.`,
    undo: 'Rückgängig',
    undoKeys: 'Strg+Z, auf dem Mac Cmd+Z',
    redo: 'Wiederholen',
    redoKeys: 'Strg+Umschalt+Z, auf dem Mac Cmd+Umschalt+Z',
    draw: 'Zeichnen',
    addTo: 'Klasse',
    add: (name) => `Zu „${name}“ hinzufügen`,
    addHint: 'Die Eingabetaste fügt die Zeichnung hinzu und leert die Fläche.',
    clear: 'Leeren',
    empty: 'Zeichne zuerst etwas.',
    tooSmall: 'Zeichne etwas größer.',
    chooseImages: 'Bilder auswählen',
    chooseFolder: 'Ordner auswählen',
    dropHint:
      'Oder ziehe Bilder, Ordner oder Zip-Archive irgendwo auf die Seite, auch Beispiele, die hier gespeichert wurden, oder die Dateien von MNIST. Aus Ordnern werden Klassen.',
    reading: (done, total) => `Bild ${count.format(done + 1)} von ${count.format(total)} wird gelesen …`,
    unread: (n) =>
      n === 1
        ? '1 Datei konnte nicht gelesen werden:'
        : `${count.format(n)} Dateien konnten nicht gelesen werden:`,
    unopened: (reason) => `Die Dateien lassen sich nicht öffnen: ${reason}`,
    moreFailures: (n) => `und ${count.format(n)} weitere`,
    unpaired: (other) => `öffne ${other} zusammen mit dieser Datei`,
    firstImages: (taken, total) =>
      `Die Dateien enthalten ${plural(total, 'Bild', 'Bilder')}. Das Labor hat die ersten ${count.format(taken)} genommen, von jeder Klasse den gleichen Anteil: Mehr würden es langsam machen.`,
    tooManyFiles: (max) =>
      `höchstens ${plural(max, 'Datei', 'Dateien')} auf einmal sind möglich; öffne sie in mehreren Teilen`,
    tooLarge: (megabytes) =>
      `entpackt sind sie größer als ${count.format(megabytes)} MB; öffne sie in mehreren Teilen`,
    tooManyClasses: (max, got) =>
      `zusammen mit den vorhandenen wären es ${plural(got, 'Klasse', 'Klassen')}, möglich sind höchstens ${count.format(max)}; lass einige weg`,
    camera: {
      privacy: 'Die Bilder der Kamera bleiben auf diesem Gerät: Das Labor sendet sie an niemanden.',
      start: 'Kamera einschalten',
      starting: 'Warten auf die Kamera …',
      stop: 'Kamera ausschalten',
      mirror: 'Was die Kamera sieht, wie in einem Spiegel',
      preview: 'Was die Kamera sieht',
      hold: (name) => `Gedrückt halten, um „${name}“ aufzunehmen`,
      holdHint: 'Zehn Bilder pro Sekunde, solange du die Schaltfläche oder die Leertaste gedrückt hältst.',
      recording: (n) => `Aufnahme: ${plural(n, 'Bild', 'Bilder')}`,
      added: (n, name) => `${plural(n, 'Bild', 'Bilder')} zu „${name}“ hinzugefügt.`,
      insecure:
        'Browser erlauben sie nur bei sicheren Adressen: https: oder localhost. Öffne das Labor auf dem Gerät, auf dem sein Server läuft, oder von einem Server mit https:.',
      problems: {
        missing: 'Es gibt keine Kamera. Schließe eine an und versuche es noch einmal.',
        denied:
          'Die Kamera ist nicht erlaubt. Erlaube sie in den Einstellungen des Browsers für diese Seite und versuche es noch einmal.',
        busy: 'Die Kamera startet nicht. Schließe andere Programme, die sie verwenden, und versuche es noch einmal.',
        lost: 'Die Verbindung zur Kamera ist abgebrochen.',
      },
      other: (reason) => `Die Kamera kann nicht verwendet werden: ${reason}`,
      choose: 'Kamera',
      numbered: (n) => `Kamera ${n}`,
    },
    addClass: 'Klasse hinzufügen',
    newClass: (n) => `Klasse ${n}`,
    className: 'Name der Klasse',
    removeClass: (name) => `Klasse „${name}“ entfernen`,
    examples: (n) => plural(n, 'Beispiel', 'Beispiele'),
    tooFew: (min) => `mindestens ${min} sind nötig`,
    example: (name, position) => `${name}, Beispiel ${position}`,
    showAll: (n) => `Alle ${count.format(n)} zeigen`,
    showFewer: 'Weniger zeigen',
    selected: 'Ausgewähltes Beispiel',
    deleteExample: 'Löschen',
    moveTo: 'Verschieben nach …',
    notReady: (classes, examples) =>
      `Weiter geht es mit mindestens ${classes} Klassen mit je ${examples} Beispielen.`,
    ready: (classes, { train, validation, test }) =>
      `${plural(classes, 'Klasse', 'Klassen')} mit ${plural(train + validation + test, 'Beispiel', 'Beispielen')}: ${parts({ train, validation, test })}.`,
    parts,
    split: 'Aufteilung',
    splits: {
      '60-20-20': '60 % Training, 20 % Validierung, 20 % Test',
      '70-15-15': '70 % Training, 15 % Validierung, 15 % Test',
      '80-10-10': '80 % Training, 10 % Validierung, 10 % Test',
    },
    splitHint:
      'Aus den Beispielen zum Training lernt das Netz. Die zur Validierung bestimmen die beste Epoche, und die zum Testen zeigen am Ende, wie gut es ist.',
    balance: (n) => `Ausgleichen: von jeder Klasse nur die ersten ${count.format(n)} behalten`,
    imbalanced: (most, ratio, least) =>
      `Die Klassen sind unausgewogen: „${most.name}“ hat ${plural(most.images, 'Trainingsbild', 'Trainingsbilder')}, ${short.format(ratio)}-mal so viele wie „${least.name}“ mit ${count.format(least.images)}. Das Netz wird „${most.name}“ bevorzugen.`,
  },

  network: {
    title: 'Netz',
    intro: 'Jede Schicht berechnet ihre Ausgabe aus der Ausgabe der Schicht über ihr.',
    preset: 'Beginnen mit',
    presets: {
      'report-cnn': 'CNN: zwei Faltungen',
      mlp: 'MLP: keine Faltungen',
      lenet5: 'LeNet-5 (1998)',
      'report-cnn-dropout': 'CNN mit Dropout',
      'resnet-small': 'Kleines residuales Netz',
      pretrained: 'Vortrainiertes Netz',
    },
    pretrained: {
      file: 'die Datei',
      open: 'Vortrainiertes Netz öffnen …',
      openHint: 'Ein Netz für Fotos, in einer Datei, die Inkling gespeichert hat (.safetensors).',
      loading: 'Das vortrainierte Netz wird geladen …',
      unopened: (reason) => `Das vortrainierte Netz ließ sich nicht öffnen: ${reason}`,
      unreached: 'diese Seite antwortet nicht',
      unsuitable: 'es passt nicht zu Fotos mit 128 × 128 Pixeln',
      needsPhotos:
        'Ein vortrainiertes Netz braucht große Fotos: Entferne in „Daten“ alle Beispiele und wähle dort große Fotos.',
      fixed: (n) =>
        `${plural(n, 'Schicht', 'Schichten')}, die andere trainiert haben; sie bleiben, wie sie sind`,
      trained: 'wird trainiert: eine Ausgabe pro Klasse',
    },
    changed: 'Dein eigenes',
    input: 'Eingabe',
    layers: 'Schichten',
    noParameters: 'keine Parameter',
    parameters: (n) => plural(n, 'Parameter', 'Parameter'),
    total: 'Parameter',
    multiplyAdds: 'Multiplikationen und Additionen pro Bild',
    perImage: (n) => short.format(n),
    epochTime: 'Dauer einer Epoche auf diesem Gerät',
    about: (seconds) => `etwa ${short.format(seconds)} s`,
    measure: 'Geschwindigkeit messen',
    measuring: 'Wird gemessen …',
    measureHint:
      'Trainiert eine Fünftelsekunde lang, um die Dauer einer Epoche mit diesem und anderen Netzen zu schätzen.',
    doesNotFit: 'passt nicht',
    whatIf: (field, value, change) => `${field} ${number(value)}: ${change}`,
    change: (parameters, multiplyAdds, seconds) =>
      [
        `${difference.format(parameters)} Parameter`,
        `${difference.format(multiplyAdds)} Multiplikationen und Additionen`,
        ...(seconds === undefined ? [] : [`${difference.format(seconds)} s pro Epoche`]),
      ].join('; '),
    add: 'Schicht hinzufügen',
    addType: 'Art der Schicht',
    moveUp: (name) => `${name} nach oben`,
    moveDown: (name) => `${name} nach unten`,
    remove: (name) => `${name} entfernen`,
    layer: (type, name) => `${type} (${name})`,
    classesHint: 'Eine Ausgabe pro Klasse',
    wrongOutputs: (expected, got) =>
      `Das Netz muss mit ${expected} Ausgaben enden, einer pro Klasse; es hat ${got}`,
    broken: 'Das Netz funktioniert noch nicht: siehe die markierte Schicht.',
    fields: {
      outChannels: 'Kanäle',
      kernel: 'Fenster',
      stride: 'Schritt',
      padding: 'Rand',
      outFeatures: 'Ausgaben',
      probability: 'Anteil',
    },
    types: {
      conv2d: 'Faltung',
      batchNorm2d: 'Batch-Normalisierung',
      batchNorm1d: 'Batch-Normalisierung',
      relu: 'ReLU',
      leakyRelu: 'Leaky ReLU',
      sigmoid: 'Sigmoid',
      maxPool2d: 'Max-Pooling',
      avgPool2d: 'Mittelwert-Pooling',
      globalAvgPool2d: 'Globales Mittelwert-Pooling',
      flatten: 'Flatten',
      linear: 'Lineare Schicht',
      dropout: 'Dropout',
      residual: 'Residualer Block',
    },
    hints: {
      conv2d: 'schiebt kleine Filter über das Bild',
      batchNorm2d: 'hält die Werte in einem gemeinsamen Bereich',
      batchNorm1d: 'hält die Werte in einem gemeinsamen Bereich',
      relu: 'ersetzt negative Werte durch 0',
      leakyRelu: 'verkleinert negative Werte',
      sigmoid: 'drückt Werte zwischen 0 und 1',
      maxPool2d: 'behält den größten Wert jedes Fensters',
      avgPool2d: 'behält den Mittelwert jedes Fensters',
      globalAvgPool2d: 'behält den Mittelwert jedes Kanals',
      flatten: 'macht aus dem Bild eine Liste von Zahlen',
      linear: 'jede Ausgabe ist eine gewichtete Summe aller Eingaben',
      dropout: 'setzt im Training zufällige Werte auf 0',
      residual: 'addiert seine Eingabe zur Ausgabe seiner Schichten',
    },
  },

  training: {
    title: 'Training',
    noData: 'Es gibt noch nicht genug Beispiele.',
    noNetwork: 'Das Netz funktioniert noch nicht.',
    fix: (view) => `Zu „${view}“`,
    settings: 'Einstellungen',
    epochs: 'Epochen',
    learningRate: 'Lernrate',
    batchSize: 'Batch-Größe',
    vary: 'Bilder variieren',
    gpu: 'Grafikprozessor verwenden, falls er schneller ist',
    gpuHint:
      'Die Ergebnisse weichen dann in den letzten Stellen von denen des Prozessors ab, die auf jedem Gerät gleich sind.',
    start: 'Start',
    pause: 'Pause',
    resume: 'Fortsetzen',
    startOver: 'Neu beginnen',
    step: 'Einen Batch weiter',
    pauseHint:
      'Es geht mit dem nächsten Batch weiter; nach einem Neuladen der Seite am Ende der letzten vollständigen Epoche.',
    changed: 'Daten, Netz oder Einstellungen haben sich geändert: Beginne neu, um sie zu verwenden.',
    progress: (epoch, epochs) => `Epoche ${epoch} von ${epochs}`,
    runName: (network, learningRate) => `${network}, Lernrate ${number(learningRate)}`,
    sameRunName: (name, n) => `${name} (${n})`,
    states: {
      idle: 'Nicht begonnen',
      starting: 'Beginnt …',
      running: 'Training',
      held: 'Pausiert',
      paused: 'Pausiert',
      scoring: 'Die Sicherheit wird auf den Validierungsbildern gemessen …',
      done: 'Fertig',
      failed: 'Fehlgeschlagen',
    },
    features: (done, total) =>
      `Was die vortrainierten Schichten aus den Bildern machen: ${count.format(done)} von ${count.format(total)} …`,
    runs: 'Trainings',
    runsTable: 'Tabelle der Trainings',
    runsIntro:
      'Die Diagramme zeigen die Validierungskurven der angekreuzten Trainings. Einstellungen, die bei allen gleich sind, stehen nicht in der Tabelle.',
    columns: { name: 'Training', network: 'Netz', differences: 'Unterschiede', seconds: 'Sekunden' },
    facts: {
      examples: (set, n) => `Datensatz ${set} mit ${plural(n, 'Trainingsbild', 'Trainingsbildern')}`,
      epochs: (n) => plural(n, 'Epoche', 'Epochen'),
      learningRate: (rate) => `Lernrate ${number(rate)}`,
      batchSize: (n) => `Batch-Größe ${n}`,
      varied: 'variierte Bilder',
      notVaried: 'Bilder nicht variiert',
      device: { cpu: 'auf dem Prozessor', gpu: 'auf dem Grafikprozessor' },
    },
    currentRun: (name) => `${name} (aktuell)`,
    tooManyShown: (max) =>
      `Die Diagramme zeigen höchstens ${max} frühere Trainings: Blende zuerst ein anderes aus.`,
    forget: (name) => `„${name}“ vergessen`,
    loss: 'Verlust',
    accuracy: 'Genauigkeit',
    train: 'Training',
    validation: 'Validierung',
    speed: 'Bilder pro Sekunde',
    threads: 'Threads',
    left: 'Restzeit',
    seconds: (n) => (n < 90 ? `${Math.ceil(n)} s` : `${Math.ceil(n / 60)} min`),
    lastTrainAccuracy: 'Trainingsgenauigkeit',
    bestAccuracy: 'Validierungsgenauigkeit (beste Epoche)',
    oneThread:
      'Das Training nutzt nur einen Thread, weil der Server die Seite nicht isoliert. Lade sie einmal neu; mit „inkling lab“ nutzt es mehrere.',
    samples: 'Validierungsbilder',
    samplesIntro:
      'Was das bisher beste Netz über Bilder sagt, aus denen es nicht lernt. Wähle eines, um unten zu sehen, was die Schichten daraus machen.',
    sample: (truth, predicted, confidence) => `${truth}, vorhergesagt als ${predicted} mit ${confidence}`,
    wrongSample: (predicted, truth) => `${predicted} statt ${truth}`,
    inside: 'Im Inneren des Netzes',
    insideIntro:
      'Was das bisher beste Netz gelernt hat und was seine Schichten aus dem ausgewählten Validierungsbild machen.',
    filters: (layer) => `Filter von ${layer}`,
    filtersOf: (layer, shown, total, size) =>
      shown === total
        ? `${layer}: ${plural(total, 'Filter', 'Filter')} mit ${size}.`
        : `${layer}: ${count.format(shown)} von ${plural(total, 'Filter', 'Filtern')} mit ${size}.`,
    signs: 'Blaue Gewichte sprechen für das, was sie bedecken, orange dagegen.',
    colors: 'Jeder zeigt die Farben, auf die er reagiert.',
    maps: (layer, channels, size) => `${layer}: ${plural(channels, 'Kanal', 'Kanäle')} mit ${size}`,
    histograms: 'Histogramme der Gewichte und Ausgaben',
    weights: 'Gewichte jeder Schicht',
    outputs: 'Ausgaben jeder Schicht für das ausgewählte Bild',
    gradientHistograms: 'Histogramme der Gradienten',
    gradients: 'Gradienten der Gewichte jeder Schicht',
    gradientsIntro: (images) =>
      `Wie stark sich der Verlust mit jedem Gewicht ändert: Ein Trainingsschritt bewegt das Gewicht in die andere Richtung. Berechnet mit dem gezeigten Netz für ${plural(images, 'Trainingsbild', 'Trainingsbilder')}. Sind die der ersten Schichten viel kleiner als die der letzten, lernen die ersten kaum.`,
    pretrainedGradients:
      'Für ein vortrainiertes Netz werden sie nicht gezeigt: Nur seine letzte Schicht ändert sich.',
    computingGradients: 'Die Gradienten werden berechnet…',
    noGradients:
      'Die Gradienten lassen sich nicht berechnen: Der Verlust dieses Netzes ist unendlich oder keine Zahl. Das kommt von zu großen Gewichten, etwa nach einem Training mit zu hoher Lernrate.',
    distribution: (layer, low, high) => `${layer}: Werte von ${low} bis ${high}`,
    storage: {
      title: 'Auf diesem Gerät gespeichert',
      intro:
        'Beispiele, Netz und Training bleiben in diesem Browser gespeichert, auch wenn der Tab geschlossen wird, und nirgendwo sonst.',
      removeAll: 'Alles von diesem Gerät entfernen',
      confirm: 'Alle Beispiele, Netze und Trainings entfernen? Das lässt sich nicht rückgängig machen.',
      remove: 'Alles entfernen',
      keep: 'Behalten',
      unavailable:
        'Dieser Browser speichert hier nichts: Was du tust, geht verloren, wenn der Tab geschlossen oder neu geladen wird.',
      otherTab:
        'Das Labor ist schon in einem anderen Tab offen, und nur dort wird gespeichert. Was du in diesem Tab tust, geht verloren, wenn er geschlossen oder neu geladen wird.',
      otherVersion:
        'Was auf diesem Gerät gespeichert war, stammt aus einer anderen Version des Labors und wurde entfernt.',
      damaged: 'Was auf diesem Gerät gespeichert war, war beschädigt und wurde entfernt.',
      tooLarge:
        'Das ist zu viel, um es auf diesem Gerät zu speichern: Es geht verloren, wenn der Tab geschlossen oder neu geladen wird.',
      failed: (reason) => `Das konnte nicht auf diesem Gerät gespeichert werden: ${reason}`,
    },
  },

  try: {
    title: 'Ausprobieren',
    noModel: 'Es wurde noch kein Netz trainiert.',
    draw: 'Zeichnen',
    yourImage: 'Dein Bild',
    clear: 'Leeren',
    undo: 'Rückgängig',
    takePicture: 'Bild aufnehmen',
    open: 'Bild öffnen',
    dropHint: 'Du kannst ein Bild auch auf die Seite ziehen oder einfügen.',
    notAnImage: (name) => `${name} ist kein Bild, das dieser Browser öffnen kann.`,
    prompt: 'Zeichne etwas',
    photoPrompt: 'Öffne ein Bild',
    unsure: 'Nicht sicher',
    maybe: (first, second, reason) => `Vielleicht ${first} oder ${second}: ${reason}.`,
    closest: (first, reasons) => `Am ehesten ${first}, aber ${reasons}.`,
    reasons: {
      empty: 'das Bild ist leer',
      noise: 'das Bild zeigt nur Rauschen',
      'several-digits': 'es scheint mehrere Dinge nebeneinander zu zeigen',
      'low-confidence': 'die Sicherheit ist gering',
      'out-of-distribution': 'es ähnelt keinem der Beispiele',
    },
    confidence: (value) => `Sicherheit, nicht kalibriert: ${value}`,
    calibratedConfidence: (value) => `Kalibrierte Sicherheit: ${value}`,
    prediction: 'Vorhersage',
    inputTitle: 'Was das Netz sieht',
    inputLabel: (size) => `Eingabe des Netzes, ${size} Pixel`,
    inputCaption: (size) => `Eingabe: ${size} Pixel`,
    explain: {
      method: 'Erklärt mit',
      methods: {
        occlusion: 'Verdeckung (Occlusion)',
        'layer-cam': 'LayerCAM',
        'grad-cam': 'Grad-CAM',
        gradient: 'Gradient (Saliency)',
      },
      label: 'Klasse',
      predicted: 'vorhergesagte Klasse',
      image: (name) => `Welche Pixel für ${name} sprechen`,
      captions: {
        occlusion: (name) =>
          `Verdeckt einen Teil des Bildes nach dem anderen. Blau spricht für ${name}, Orange dagegen.`,
        'layer-cam': (name) =>
          `Hell: wo die letzte Schicht, die ein Bild ausgibt, Pixel für Pixel etwas findet, das für ${name} spricht.`,
        'grad-cam': (name) =>
          `Hell: wo die Kanäle der letzten Schicht, die ein Bild ausgibt, für ${name} sprechen.`,
        gradient: (name) =>
          `Hell: Pixel, deren Änderung sich am stärksten auf die Punktzahl von ${name} auswirkt.`,
      },
    },
    featureMaps: 'Merkmalskarten',
    featureMapsIntro: 'Was die Schichten im Inneren berechnen: ein Bild pro Kanal.',
    layerMaps: (layer, channels, size) => `${layer}: ${plural(channels, 'Kanal', 'Kanäle')} mit ${size}`,
    walk: {
      title: 'Schicht für Schicht',
      intro:
        'Wie jede Zahl berechnet wird. Zeige auf ein Pixel der Ausgabe; tippe oder klicke, um es festzuhalten; die Pfeiltasten bewegen die Auswahl. Blau ist positiv, Orange negativ; die kräftigste Farbe ist die größte Zahl.',
      layer: 'Schicht',
      channel: 'Kanal',
      inputLabel: 'Eingabe der Schicht; der Teil, auf den es ankommt, ist eingerahmt',
      inputCaption: (size, channel) => `Eingabe: ${size}, Kanal ${channel}`,
      inputList: (n) => `Eingabe: eine Liste mit ${plural(n, 'Zahl', 'Zahlen')}`,
      outputLabel: (layer) => `Ausgabe von ${layer}. Die Pfeiltasten wählen eine Zahl aus.`,
      outputCaption: (size) => `Ausgabe: ${size}`,
      position: (row, column) => `Zeile ${row}, Spalte ${column}`,
      number: (position) => `Zahl ${position}`,
      weightedSum:
        'Jede Eingabe wird mit ihrem Gewicht multipliziert. Alle Produkte und der Bias werden addiert.',
      largest: 'Die größte Zahl im Fenster.',
      mean: 'Der Mittelwert der Zahlen im Fenster.',
      normalization: '(Eingabe − Mittelwert) / √(Varianz + ε) × Gewicht + Bias',
      relu: 'max(0, Eingabe): Aus negativen Zahlen wird 0.',
      leakyRelu: 'Die Eingabe, oder ein kleiner Teil davon, wenn sie negativ ist.',
      sigmoid: '1 / (1 + e^−Eingabe): eine Zahl zwischen 0 und 1.',
      copy: 'Dieselbe Zahl: Diese Schicht ändert nur die Form, oder nach dem Training gar nichts.',
      added: 'Die Ausgaben beider Zweige werden addiert.',
      unknown: 'Wie diese Art von Schicht rechnet, wird nicht gezeigt.',
      sums: 'Summe der Produkte für jeden Teil der Eingabe; wähle einen, um sie zu sehen',
      channelOf: (channel) => `Eingabekanal ${channel}`,
      part: (first, last) => `Eingaben ${first} bis ${last}`,
      products: (part) => `${part}: Eingabe × Gewicht = Produkt`,
      window: 'Zahlen im Fenster',
      padding: '0 (Rand)',
      sumOfProducts: 'Summe aller Produkte',
      input: 'Eingabe',
      runningMean: 'Mittelwert',
      variance: 'Varianz',
      weight: 'Gewicht',
      bias: 'Bias',
      result: 'Hier berechnet',
      output: 'Vom Netz berechnet',
      precision: (decimals) =>
        `Die Zahlen sind auf ${plural(decimals, 'Nachkommastelle', 'Nachkommastellen')} gerundet. Das Netz rechnet mit etwa 7 Stellen, diese Seite mit 16. Daher können sich die letzten Nachkommastellen unterscheiden.`,
    },
    neighbors: {
      title: 'Ähnlichste Trainingsbilder',
      intro: (searched, all) =>
        `Was für das Netz am ähnlichsten ist: die kleinsten Kosinus-Abstände der Zahlen, die die letzte Schicht erhält, unter ${
          searched === all
            ? `allen ${count.format(all)}`
            : `${count.format(searched)} von ${count.format(all)}`
        } Trainingsbildern. 0 bedeutet die gleiche Richtung; bei 1 haben beide nichts miteinander zu tun.`,
      searching: 'Es wird berechnet, was das Netz aus den Trainingsbildern macht …',
      image: (name) => `Ein Trainingsbild von ${name}`,
      distance: (value) => `Abstand ${fixed(value, 3)}`,
    },
    change: {
      title: 'Täusche das Netz',
      intro:
        'Die kleinste Änderung, mit der das Netz das Bild für etwas anderes hält, entlang des Gradienten der Punktzahlen.',
      target: 'Das Netz soll es halten für',
      find: 'Kleinste Änderung suchen',
      searching: 'Wird gesucht …',
      none: (name, levels) =>
        `Es wurde keine Änderung gefunden, mit der das Netz das Bild für ${name} hält und die im Mittel höchstens ${number(levels)} von 255 Graustufen beträgt.`,
      found: (name, confidence, largest, mean) =>
        `Das Netz hält das veränderte Bild für ${name} (${confidence}). Ein Pixel ändert sich im Mittel um ${fixed(mean, 1)} von 255 Graustufen, höchstens um ${number(largest)}.`,
      doubtful: 'Es merkt, dass etwas nicht stimmt: Die Vorhersage ist zweifelhaft.',
      original: (name) => `Vorher: ${name}`,
      difference: (factor) => `Unterschied, verstärkt × ${fixed(factor, 1)}: Blau ist mehr, Orange weniger`,
      changed: (name) => `Nachher: ${name}`,
    },
    test: 'Testbilder',
    testIntro:
      'Beispiele, die nicht zum Training verwendet wurden. Wähle eine Zahl, um ihre Bilder zu sehen.',
    testAccuracy: (correct, total) =>
      `${count.format(correct)} von ${count.format(total)} sind richtig (${percent(correct / total)}).`,
    testing: 'Die Testbilder werden klassifiziert …',
    cell: (truth, predicted, n) =>
      truth === predicted
        ? `${plural(n, 'Bild', 'Bilder')} von ${truth}, erkannt`
        : `${plural(n, 'Bild', 'Bilder')} von ${truth}, für ${predicted} gehalten`,
    export: 'Nimm es mit',
    exportIntro:
      'Die Dateien enthalten das Netz, seine Gewichte und seine Klassen. Die erste ist für die Kommandozeile von Inkling und für Programme mit Inkling, die zweite für Browser, und ONNX ist für andere Programme.',
    saveModel: 'Modell speichern (safetensors)',
    saveOnnx: 'Als ONNX speichern',
    onnxChecked: (images, difference, byRuntime) =>
      byRuntime
        ? `Geprüft: ONNX Runtime hat die Datei geöffnet und die Ausgaben für ${plural(images, 'Testbild', 'Testbilder')} berechnet; sie weichen um höchstens ${scientific.format(difference)} ab.`
        : `Geprüft: Inkling hat die ONNX-Datei wieder gelesen und die Ausgaben für ${plural(images, 'Testbild', 'Testbilder')} berechnet; sie weichen um höchstens ${scientific.format(difference)} ab. ONNX Runtime, ein anderes Programm, gehört nicht zu dieser Seite.`,
    onnxDiffers: (images, difference) =>
      `Die ONNX-Datei wurde nicht gespeichert: Nach dem Wiedereinlesen weichen ihre Ausgaben für ${plural(images, 'Testbild', 'Testbilder')} um bis zu ${scientific.format(difference)} ab.`,
    savePage: 'Als Seite speichern, die offline funktioniert (HTML)',
    pageSaved: 'Die Seite ist eine einzige Datei: Öffne sie in einem Browser, auch ohne Verbindung.',
    pageUnavailable:
      'Das Programm der Seite konnte nicht geladen werden. Es braucht eine Verbindung zu dem Server, von dem diese Seite kommt; versuche es mit Verbindung noch einmal.',
    offlineTitle: (classes) => `Ein Netz für ${plural(classes, 'Klasse', 'Klassen')}`,
    offlineNote: 'Trainiert im Inkling-Labor. Diese Datei enthält das Netz und gibt nichts weiter.',
  },

  project: {
    title: 'Das ganze Projekt',
    intro:
      'Eine Datei mit allem: Beispielen, Netz, Einstellungen, Trainings mit ihren Kurven und Gewichten und der Lektion. Du kannst sie abgeben oder auf einem anderen Gerät damit weitermachen.',
    seen: 'Was die Trainings gezeigt haben: Lektionen',
    save: 'Projekt speichern',
    open: 'Projekt öffnen',
    openHint: 'Es ersetzt alles, was hier ist. Das kannst du zurückholen.',
    goBack: 'Zurück zu dem, was vorher hier war',
    opened: (name, examples, runs) =>
      `${name} ist geöffnet: ${plural(examples, 'Beispiel', 'Beispiele')} und ${plural(runs, 'Training', 'Trainings')}.`,
    foreign: (name) =>
      `${name} wurde nicht geöffnet: Die Datei ist kein Projekt des Labors oder nur ein Teil davon. Nichts wurde geändert. Wähle eine Datei, die mit „Projekt speichern“ gespeichert wurde.`,
    damaged: (name) =>
      `${name} wurde nicht geöffnet: Die Datei ist beschädigt. Nichts wurde geändert. Kopiere oder speichere sie noch einmal und öffne diese Kopie.`,
    otherVersion: (name) =>
      `${name} wurde nicht geöffnet: Die Datei ist aus einer anderen Version des Labors. Nichts wurde geändert. Öffne sie mit dieser Version.`,
    tooLarge: 'Das Projekt ist zu groß für eine Datei: Vergiss einige Trainings oder lösche Beispiele.',
    notExamples: 'Es ist ein ganzes Projekt. Benutze unten „Projekt öffnen“',
  },

  lessons: {
    title: 'Lektionen',
    intro: 'Kurze Experimente mit Netzen. Jedes zeigt eine Sache, auf die es beim Lernen ankommt.',
    titled: (n, title) => `${n}. ${title}`,
    lesson: (n, title) => `Lektion ${n}: ${title}`,
    minutes: (n) => `${count.format(n)} Minuten`,
    all: {
      learningRate: {
        title: 'Große Schritte, kleine Schritte',
        question:
          'Ein Netz lernt in vielen Schritten. Nach jedem Schritt ist es ein bisschen anders. Die Lernrate sagt, wie groß die Schritte sind. Ist größer besser?',
        steps: [
          'Die Lernrate ist 0,1. Drücke {training.start}. Warte, bis dort {training.states.done} steht.',
          'Stelle die {training.learningRate} auf 0,001. Drücke {training.startOver}.',
          'Wenn du magst, probiere auch 0,0001. Rate vorher: Was wird passieren?',
        ],
        observe:
          'Sieh dir die Kurven der Genauigkeit an. Bei welcher Lernrate steigen sie? Bei welcher bleiben sie unten oder springen auf und ab?',
        first: 'mit der Lernrate 0,1',
        second: 'mit der Lernrate 0,001',
        seen: (first, second) =>
          `Die Validierungsgenauigkeit war mit ${number(first.learningRate)} ${percent(first.validation)}, mit ${number(second.learningRate)} ${percent(second.validation)}. Zu große Schritte springen über das Ziel hinaus.`,
      },
      overfitting: {
        title: 'Auswendig lernen',
        question: 'Was lernt ein Netz, wenn es nur 50 Bilder bekommt?',
        steps: [
          'Sieh dir die Bilder an: 8 von jeder Ziffer. Aus 5 davon lernt das Netz. Aus den anderen lernt es nie: Sie sind zum Prüfen da.',
          'Drücke {training.start}. Beobachte beide Kurven der Genauigkeit.',
          'Drücke {data.useDigits}. Jetzt sind es 2.500.',
          'Drücke {training.startOver} und warte, bis dort {training.states.done} steht.',
        ],
        observe:
          'Wie weit liegen die Kurven von Training und Validierung am Ende auseinander: mit 50 Bildern und mit 1.500?',
        first: 'mit 50 Bildern',
        second: 'mit 1.500 Bildern',
        seen: (first, second) =>
          `Mit ${count.format(first.images)} Bildern erkannte das Netz ${percent(first.training)} seiner eigenen Bilder, aber nur ${percent(first.validation)} der neuen: Es hat seine Bilder auswendig gelernt. Das nennt man Überanpassung (englisch „overfitting“). Mit ${count.format(second.images)} Bildern erkannte es ${percent(second.validation)} der neuen.`,
      },
      shuffledLabels: {
        title: 'Falsche Namen',
        question:
          'Jemand hat alle Namen vertauscht: Unter „3“ stehen jetzt irgendwelche Ziffern. Kann ein Netz das lernen?',
        steps: [
          'Sieh dir die Klassen an. Die Bilder passen nicht zu ihren Namen.',
          'Drücke {training.start}. Beobachte beide Kurven der Genauigkeit.',
          'Drücke {data.useDigits}. Jetzt stimmen die Namen.',
          'Drücke {training.startOver} und warte, bis dort {training.states.done} steht.',
        ],
        observe:
          'Welche Kurve steigt, obwohl die Namen falsch sind? Welche bleibt bei etwa 10 %? Warum 10 %?',
        first: 'mit falschen Namen',
        second: 'mit richtigen Namen',
        seen: (first, second) =>
          `Mit falschen Namen hatte das Netz bei ${percent(first.training)} seiner eigenen Bilder „recht“, aber nur bei ${percent(first.validation)} der neuen. Das ist kaum besser als Raten. Mit richtigen Namen erkannte es ${percent(second.validation)} der neuen. Ein Netz kann auch Unsinn auswendig lernen: Nur neue Bilder zeigen, ob es etwas verstanden hat.`,
      },
      missingClass: {
        title: 'Die fehlende Neun',
        question: 'Was sagt ein Netz zu einer 9, wenn es noch nie eine gesehen hat?',
        steps: [
          'In den Daten fehlen die Neunen. Drücke {training.start} und warte, bis dort {training.states.done} steht.',
          'Zeichne eine 9. Was sagt das Netz? Wie sicher ist es? Drücke {try.clear} und zeichne mindestens zwei weitere Neunen.',
          'Drücke {data.useDigits}. Jetzt sind auch Neunen dabei.',
          'Drücke {training.startOver} und warte, bis dort {training.states.done} steht.',
          'Zeichne noch einmal drei Neunen. Was sagt das Netz jetzt?',
        ],
        observe: 'Wie gut ist die Validierungsgenauigkeit ohne Neunen? Würdest du diesem Netz vertrauen?',
        first: 'ohne Neunen',
        second: 'mit allen zehn Ziffern',
        seen: (first, second) =>
          `Ohne Neunen war die Validierungsgenauigkeit ${percent(first.validation)}. Das sieht gut aus, aber auch unter den Validierungsbildern war keine 9. Wäre jedes zehnte Bild eine 9, wäre sie höchstens ${percent(0.9 * first.validation)}. Mit allen zehn Ziffern war sie ${percent(second.validation)}. Ein Netz kann nur sagen, was es gelernt hat, und ein Test findet nur, was in ihm vorkommt.`,
      },
      normalization: {
        title: 'Zahlen im Zaum',
        question:
          'Dieses Netz hat vier Schichten namens {network.types.batchNorm1d}. Sie halten die Zahlen im Netz in einem gemeinsamen Bereich. Braucht es sie?',
        steps: [
          'Drücke {training.start} und warte, bis dort {training.states.done} steht.',
          'Entferne alle vier Schichten {network.types.batchNorm1d}: Drücke × in jeder von ihnen.',
          'Drücke {training.startOver}.',
        ],
        observe: 'Wie schnell steigt die Genauigkeit mit Normalisierung, wie schnell ohne?',
        first: 'mit Normalisierung',
        second: 'ohne Normalisierung',
        seen: (first, second) =>
          `Die Validierungsgenauigkeit war mit Normalisierung ${percent(first.validation)}, ohne ${percent(second.validation)}. Ohne sie werden die Unterschiede zwischen den Bildern von Schicht zu Schicht kleiner, bis das Netz sie kaum noch unterscheiden kann.`,
      },
      dropout: {
        title: 'Lernen mit Lücken',
        question:
          'Dropout schaltet in jedem Schritt eine zufällige Hälfte der Zahlen einer Schicht ab. Warum sollte man es dem Netz schwerer machen?',
        steps: [
          'Drücke {training.start}. Wie weit liegen die Kurven von Training und Validierung am Ende auseinander?',
          'Wähle unter den Schichten {network.types.dropout} und drücke {network.add}.',
          'Drücke {training.startOver}.',
        ],
        observe:
          'Erkennt das Netz immer noch alle seine eigenen Bilder? Liegen die beiden Kurven näher beieinander?',
        first: 'ohne Dropout',
        second: 'mit Dropout',
        seen: (first, second) =>
          `Ohne Dropout erkannte das Netz ${percent(first.training)} seiner eigenen Bilder und ${percent(first.validation)} der neuen. Mit Dropout waren es ${percent(second.training)} und ${percent(second.validation)}: Die beiden liegen näher beieinander. Mit Lücken ist es schwerer, Bilder auswendig zu lernen.`,
      },
      augmentation: {
        title: 'Mehr aus wenigen Bildern',
        question:
          'Du hast nur 180 Bilder zum Lernen. Kannst du mehr aus ihnen machen, ohne ein einziges neues?',
        steps: [
          'Drücke {training.start} und warte, bis dort {training.states.done} steht.',
          'Kreuze {training.vary} an. Jetzt wird jedes Bild ein wenig gedreht, verschoben und vergrößert oder verkleinert, jedes Mal anders. Drücke {training.startOver}.',
        ],
        observe: 'Welches Training erkennt mehr Validierungsbilder? Welches lernt langsamer? Warum?',
        first: 'ohne variierte Bilder',
        second: 'mit variierten Bildern',
        seen: (first, second) =>
          `Die Validierungsgenauigkeit war mit immer denselben ${count.format(first.images)} Bildern ${percent(first.validation)}, mit variierten ${percent(second.validation)}. Eine etwas gedrehte 3 ist immer noch eine 3: So lernt das Netz, worauf es ankommt.`,
      },
      shifts: {
        title: 'Ein Stück daneben',
        question:
          'In den Trainingsbildern stehen die Ziffern in der Mitte. In den Validierungsbildern sind sie verschoben. Welches Netz kommt damit besser zurecht: ein MLP oder ein CNN?',
        steps: [
          'Drücke {training.start}. Das Netz ist ein MLP: Es hat keine Faltungen.',
          'Wähle bei {network.preset} den Eintrag {network.presets.report-cnn}.',
          'Drücke {training.startOver}.',
        ],
        observe: 'Beide erkennen ihre eigenen Bilder. Welches erkennt mehr von den verschobenen?',
        first: 'mit dem MLP',
        second: 'mit dem CNN',
        seen: (first, second) =>
          `Das MLP erkannte ${percent(first.validation)} der verschobenen Bilder, das CNN ${percent(second.validation)}. Eine Faltung sucht überall im Bild nach denselben Linien. Ein MLP muss sie für jede Stelle neu lernen.`,
      },
    },
    choose: 'Alle Lektionen',
    setUp: 'Lektion vorbereiten',
    settingUp: 'Wird vorbereitet …',
    end: 'Lektion beenden',
    endHint: '{lessons.end} bringt zurück, was du vorher hattest.',
    firstStep: 'Drücke {lessons.setUp}.',
    isSetUp: 'Daten, Netz und Einstellungen sind bereit.',
    setUpHint: 'Das ersetzt deine Daten, dein Netz und deine Einstellungen. {lessons.end} bringt sie zurück.',
    steps: 'So gehst du vor',
    observe: 'Achte darauf',
    check: 'Was du herausgefunden hast',
    todo: (training) => `Noch zu tun: Trainiere ${training}.`,
    todoAlike: (training) => `Noch zu tun: Trainiere ${training}, und lass alles andere, wie es ist.`,
    doneSo: (training, { validation }) =>
      `Trainiert ${training}: Die Validierungsgenauigkeit war ${percent(validation)}.`,
    unclearMark: 'Das zeigt keinen klaren Unterschied.',
    unclear: 'Bereite die Lektion neu vor und wiederhole beide Trainings.',
    seenMark: 'Du hast es gesehen!',
    done: 'Erledigt',
    reached: (validation) => `Validierungsgenauigkeit: ${percent(validation)}.`,
    nextLesson: 'Nächste Lektion',
    quote: (name) => `„${name}“`,
    copyLink: 'Link kopieren',
    copySettings: 'Link mit diesem Netz und diesen Einstellungen kopieren',
    ownNetwork: 'Der Link enthält dieses Netz nicht.',
    linkCopied: 'Der Link ist kopiert.',
    linkToCopy: 'Der Link',
    badLink: 'Der Link enthält etwas, was das Labor nicht kennt:',
    unknownInLink: (name, known) => `${name}: erwartet wurde ${known}`,
    badInLink: (name, value, expected) => `${name}: erwartet wurde ${expected}, nicht „${value}“`,
    wholeNumber: (from, to) => `eine ganze Zahl von ${from} bis ${count.format(to)}`,
    oneOf: (values) => `eins von ${values}`,
  },

  glossary: {
    words: 'Wörter:',
    explain: (term) => `Was bedeutet „${term}“?`,
    terms: {
      accuracy: {
        term: 'Genauigkeit',
        meaning: 'Der Anteil der Bilder, die das Netz richtig erkennt. 90 % heißt: 9 von 10 Bildern.',
      },
      batch: {
        term: 'Batch',
        meaning:
          'Das Netz lernt nicht aus allen Bildern auf einmal, sondern immer aus ein paar zugleich. Nach jedem Batch ändert es sich ein wenig.',
      },
      cnn: {
        term: 'CNN',
        meaning:
          'Ein Netz mit Faltungen: Kleine Filter gleiten über das Bild und suchen überall nach denselben Linien.',
      },
      confidence: {
        term: 'Sicherheit',
        meaning:
          'Wie sicher sich das Netz ist. Sie ist kalibriert, wenn das auch stimmt: Von 100 Antworten mit einer Sicherheit von 90 % sind etwa 90 richtig.',
      },
      confusion: {
        term: 'Konfusionsmatrix',
        meaning:
          'Eine Tabelle, die zählt, zu welcher Klasse die Bilder gehören und welche das Netz genannt hat. Neben der Diagonale stehen seine Fehler.',
      },
      epoch: {
        term: 'Epoche',
        meaning: 'Eine Runde des Trainings: Das Netz hat aus jedem Trainingsbild einmal gelernt.',
      },
      learningRate: {
        term: 'Lernrate',
        meaning: 'Wie groß die Schritte sind, in denen das Netz lernt. Nach jedem Batch macht es einen.',
      },
      loss: {
        term: 'Verlust',
        meaning:
          'Wie falsch das Netz liegt. Bei 0 sind alle Antworten richtig und völlig sicher. Das Training macht ihn kleiner.',
      },
      mlp: {
        term: 'MLP',
        meaning:
          'Ein Netz ohne Faltungen: Jede Zahl, die es berechnet, hängt von allen Pixeln ab, mit einem Gewicht für jedes.',
      },
      multiplyAdds: {
        term: 'Multiplikationen und Additionen',
        meaning: 'Wie viel das Netz rechnet: so viele Multiplikationen und ebenso viele Additionen.',
      },
      parameters: {
        term: 'Parameter',
        meaning: 'Die Zahlen im Netz, die das Training verändert. Sie bestimmen, was es antwortet.',
      },
      test: {
        term: 'Testbilder',
        meaning: 'Bilder, die bis zum Schluss aufgehoben werden. Sie zeigen, wie gut das fertige Netz ist.',
      },
      training: {
        term: 'Trainingsbilder',
        meaning: 'Die Bilder, aus denen das Netz lernt.',
      },
      validation: {
        term: 'Validierung',
        meaning:
          'Prüfen während des Trainings, mit Bildern, aus denen das Netz nicht lernt: Erkennt es auch neue Bilder?',
      },
      vary: {
        term: 'Bilder variieren',
        meaning:
          'Die Trainingsbilder werden jedes Mal ein wenig gedreht, verschoben und vergrößert oder verkleinert, damit wenige von ihnen weiter reichen.',
      },
    },
  },

  teacher: {
    title: 'Für Lehrkräfte',
    intro:
      'Jede Lektion ist ein Experiment aus zwei Trainings, die sich in einer Sache unterscheiden. Die Seite sagt, was zu tun ist, und prüft das Ergebnis. Vorkenntnisse sind nicht nötig. Zum Einstieg eignet sich Lektion 1; die anderen sind voneinander unabhängig.',
    preparing: 'Vor der Stunde',
    needs: [
      'Auf jedem Gerät ein Browser von 2023 oder neuer; ein Smartphone genügt. Installiert wird nichts.',
      'Das Labor auf einem Gerät öffnen und eine Lektion durchführen. Wenn die Ansicht „Training“ sagt, dass sie nur einen Thread nutzt, isoliert der Server die Seite nicht: Die Lektionen funktionieren trotzdem, dauern aber länger.',
      'Das Labor auf jedem Gerät einmal öffnen, solange es eine Verbindung gibt. Danach funktioniert es offline.',
      'Die Arbeitsblätter oder den Link einer Lektion austeilen.',
    ],
    privacyTitle: 'Datenschutz',
    privacy: [
      'Zeichnungen, Fotos und Netze bleiben auf dem Gerät. Das Labor gibt nichts weiter und hat keine Benutzerkonten.',
      'Was entstanden ist, bleibt im Browser gespeichert, auch wenn der Tab geschlossen wird. Auf gemeinsam genutzten Geräten lässt es sich mit {training.storage.removeAll} entfernen.',
    ],
    more: 'Was Browser und Server brauchen und was auf dem Gerät gespeichert wird, steht in docs/lab.md, das zum Paket gehört (auf Englisch).',
    duration: 'Dauer',
    goal: 'Lernziel',
    answer: 'Antwort',
    pitfalls: 'Was schiefgehen kann',
    open: 'Lektion öffnen',
    print: 'Arbeitsblatt drucken',
    printAll: 'Alle Arbeitsblätter drucken',
    printHint: 'Die Arbeitsblätter sind für die Klasse und enthalten keine Antworten.',
    printWithAnswers: 'Mit Antworten drucken',
    printAllWithAnswers: 'Alle mit Antworten drucken',
    showAnswers: 'Antworten zeigen',
    hideAnswers: 'Antworten verbergen',
    confirmAnswers:
      'Die Antworten sind für Lehrkräfte: Wer sie liest, hat nichts mehr herauszufinden. Trotzdem zeigen?',
    showNow: 'Zeigen',
    keepHidden: 'Nicht zeigen',
    sheet: {
      name: 'Name',
      date: 'Datum',
      address: 'Öffne diese Adresse und drücke {lessons.setUp}:',
      guess: 'Meine Vermutung',
      results: 'Meine Ergebnisse',
      training: 'Trainingsgenauigkeit',
      validation: 'Validierungsgenauigkeit',
      explanation: 'Meine Erklärung',
    },
    lessons: {
      learningRate: {
        goal: 'Eine Lernrate kann zu hoch oder zu niedrig sein: Man muss sie ausprobieren.',
        answer:
          'Mit 0,1 ist das Netz nicht besser als Raten (etwa 10 %), weil jeder Schritt die Gewichte so stark ändert, dass er die anderen zunichtemacht. Mit 0,001 lernt es. Mit 0,0001 lernt es auch, braucht aber mehr Epochen.',
        pitfalls:
          'Manche erwarten, dass das Netz mit einer höheren Rate schneller lernt. Vor jedem Training raten und die Vermutung aufschreiben lassen.',
      },
      overfitting: {
        goal: 'Überanpassung: Bei bekannten Bildern richtigzuliegen, sagt wenig über neue. Mehr Daten helfen.',
        answer:
          'Mit 50 Bildern erreicht die Trainingsgenauigkeit etwa 100 %, und die Validierungsgenauigkeit bleibt weit darunter. Mit 1.500 Bildern sind beide hoch.',
        pitfalls:
          'Zuerst gibt es nur 20 Validierungsbilder: Jedes zählt 5 %. Die beste Epoche kann Glück sein; die ganze Kurve betrachten.',
      },
      shuffledLabels: {
        goal: 'Ein Netz kann alles auswendig lernen. Nur neue Bilder zeigen, ob es etwas verstanden hat.',
        answer:
          'Die Trainingsgenauigkeit steigt, weil das Netz jedes Bild auswendig lernt. Die Validierungsgenauigkeit bleibt bei etwa 10 %: Bei zehn Ziffern ist von zehnmal Raten einmal richtig.',
        pitfalls:
          'Die Validierungsgenauigkeit ist nicht genau 10 %, und in der besten Epoche zufällig etwas höher. Der Anstieg dauert einige Epochen: nicht zu früh pausieren.',
      },
      missingClass: {
        goal: 'Ein Modell kennt nur seine Klassen, und ein Test findet nur, was in ihm vorkommt. Die Daten entscheiden.',
        answer:
          'Es hält eine 9 für etwas Ähnliches, etwa 4, 7 oder 8, oft mit hoher Sicherheit. Die Validierungsgenauigkeit sagt nichts über Neunen, weil es unter den Validierungsbildern keine gibt.',
        pitfalls:
          'Manchmal sagt die Seite „Nicht sicher“: Sie erkennt, dass die Zeichnung keinem der Beispiele ähnelt. Auch das ist richtig; darüber sprechen, warum es nicht immer so ist.',
      },
      normalization: {
        goal: 'Was im Inneren eines Netzes geschieht, entscheidet, ob es lernen kann: Werte müssen in einem brauchbaren Bereich bleiben.',
        answer:
          'Mit Normalisierung lernt das Netz in wenigen Epochen. Ohne lernt es viel langsamer: Sigmoide drücken die Werte von Schicht zu Schicht zusammen.',
        pitfalls:
          'Alle vier Normalisierungen müssen weg, und die Sigmoide müssen bleiben. Wurde versehentlich eine andere Schicht entfernt, die Lektion neu vorbereiten.',
      },
      dropout: {
        goal: 'Regularisierung: Ein schwereres Training kann das Ergebnis besser machen, oder wenigstens ehrlicher.',
        answer:
          'Mit Dropout ist die Trainingsgenauigkeit niedriger, weil im Training die Hälfte der inneren Werte fehlt. Bei der Validierung werden alle verwendet. Die beiden Genauigkeiten liegen näher beieinander, und die Validierungsgenauigkeit ist etwa gleich oder etwas höher.',
        pitfalls:
          'Der Effekt ist klein und von Training zu Training verschieden. Es kommt auf den Abstand der beiden Kurven an.',
      },
      augmentation: {
        goal: 'Augmentierung: Wissen über Bilder – eine gedrehte 3 ist immer noch eine 3 – ersetzt einen Teil der Daten.',
        answer:
          'Mit variierten Bildern ist die Validierungsgenauigkeit einige Prozent höher. Die Trainingsgenauigkeit steigt langsamer, weil kein Bild zweimal gleich vorkommt.',
        pitfalls:
          'Fragen, was man nicht variieren darf: Eine auf den Kopf gestellte 6 ist eine 9, und eine gespiegelte 2 ist keine Ziffer.',
      },
      shifts: {
        goal: 'Im Aufbau eines Netzes stecken Annahmen. Eine Faltung nimmt an, dass ein Muster überall vorkommen kann.',
        answer:
          'Beide verlieren, weil sie nur Ziffern in der Mitte gesehen haben. Das CNN verliert weniger: Seine Filter und das Pooling reagieren auf eine Linie, wo immer sie ist.',
        pitfalls:
          'In der Ansicht „Probieren“ werden Zeichnungen in die Mitte gerückt, bevor das Netz sie sieht: Dort funktioniert auch das MLP.',
      },
    },
  },
};

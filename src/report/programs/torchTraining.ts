import { optimizerOf } from '../../train/optimization/optimizers.js';
import type { ReportRun } from '../reportRun.js';
import { rateLines } from './torchRates.js';

type Config = ReportRun['config'];

/** The lines of a PyTorch program that train, validate, and test. */
export function torchTraining({ config }: ReportRun): string {
  const { batchSize, labelSmoothing, monitor } = config;
  const smoothing = labelSmoothing > 0 ? `label_smoothing=${labelSmoothing}` : '';
  const rates = rateLines(config);
  return [
    `train_loader = DataLoader(train_set, batch_size=${batchSize}, shuffle=True)`,
    `validation_loader = DataLoader(validation_set, batch_size=${batchSize})`,
    `test_loader = DataLoader(test_set, batch_size=${batchSize})`,
    `loss_function = nn.CrossEntropyLoss(${smoothing})`,
    ...optimizerLines(config),
    '',
    '',
    ...EVALUATE,
    '',
    '',
    ...(rates.length === 0 ? [] : [...rates, '', '']),
    'best, best_epoch = None, 0',
    `for epoch in range(1, ${config.epochs + 1}):`,
    '    model.train()',
    '    loss_sum = 0.0',
    ...(rates.length === 0
      ? ['    for images, labels in train_loader:']
      : [
          '    for batch, (images, labels) in enumerate(train_loader):',
          '        for group in optimizer.param_groups:',
          '            group["lr"] = rate((epoch - 1) * len(train_loader) + batch)',
        ]),
    '        loss = loss_function(model(images), labels)',
    '        optimizer.zero_grad()',
    '        loss.backward()',
    ...(config.clipNorm === undefined
      ? []
      : [`        nn.utils.clip_grad_norm_(model.parameters(), ${config.clipNorm})`]),
    '        optimizer.step()',
    '        loss_sum += loss.item() * len(labels)',
    '    validation_loss, accuracy = evaluate(validation_loader)',
    '    print(f"epoch {epoch}: training loss {loss_sum / len(train_set):.6f}, "',
    '          f"validation loss {validation_loss:.6f}, accuracy {accuracy:.4f}")',
    `    score = ${monitor === 'accuracy' ? '(accuracy, -validation_loss)' : '(-validation_loss,)'}`,
    '    if best is None or score > best[0]:',
    '        best, best_epoch = (score, copy.deepcopy(model.state_dict())), epoch',
    ...(config.patience === undefined
      ? []
      : [`    elif epoch - best_epoch >= ${config.patience}:`, '        break']),
    '',
    'model.load_state_dict(best[1])',
    'test_loss, accuracy = evaluate(test_loader)',
    'print(f"epoch {best_epoch}: test loss {test_loss:.6f}, accuracy {accuracy:.4f}")',
  ].join('\n');
}

const EVALUATE = [
  'def evaluate(loader):',
  '    """The mean cross-entropy and the accuracy in evaluation mode."""',
  '    model.eval()',
  '    loss, correct = 0.0, 0',
  '    with torch.no_grad():',
  '        for images, labels in loader:',
  '            logits = model(images)',
  '            loss += cross_entropy(logits, labels, reduction="sum").item()',
  '            correct += (logits.argmax(1) == labels).sum().item()',
  '    return loss / len(loader.dataset), correct / len(loader.dataset)',
];

/** Weight decay applies to weights, which have two dimensions or more. */
function optimizerLines(config: Config): string[] {
  const { type, weightDecay } = optimizerOf(config);
  const isAdam = type === 'adam' || type === 'adamw';
  const name = { adam: 'Adam', adamw: 'AdamW', sgd: 'SGD', nesterov: 'SGD' }[type];
  const momentum = isAdam ? '' : `, momentum=${config.momentum}`;
  const nesterov = type === 'nesterov' ? ', nesterov=True' : '';
  const settings = `lr=${config.learningRate}${momentum}${nesterov}`;
  // The default of AdamW is not zero.
  if (weightDecay === 0) {
    const none = type === 'adamw' ? ', weight_decay=0.0' : '';
    return [`optimizer = torch.optim.${name}(model.parameters(), ${settings}${none})`];
  }
  return [
    'decayed = [each for each in model.parameters() if each.ndim > 1]',
    'others = [each for each in model.parameters() if each.ndim == 1]',
    `optimizer = torch.optim.${name}(`,
    `    [{"params": decayed, "weight_decay": ${weightDecay}}, {"params": others, "weight_decay": 0.0}],`,
    `    ${settings},`,
    ')',
  ];
}

"""Prints what Optuna's SuccessiveHalvingPruner finds on the table, as JSON: optuna_halving.py TABLE < SWEEPS

SWEEPS is a list of objects with factor, first, rungs, and points: the combinations in the order in which they are trained. The pruner is asked only
after the epochs in rungs, which it takes for those that follow from factor and first.
"""

import json
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

with open(sys.argv[1]) as file:
    curves = json.load(file)["correct"]


def found(factor, first, rungs, points, **_):
    pruner = optuna.pruners.SuccessiveHalvingPruner(min_resource=first, reduction_factor=factor)
    study = optuna.create_study(direction="maximize", pruner=pruner)
    epochs = 0
    for point in points:
        trial = study.ask()
        state = optuna.trial.TrialState.COMPLETE
        for epoch, value in enumerate(curves[point], start=1):
            trial.report(value, epoch)
            epochs += 1
            if epoch in rungs and trial.should_prune():
                state = optuna.trial.TrialState.PRUNED
                break
        study.tell(trial, max(curves[point]) if state == optuna.trial.TrialState.COMPLETE else None, state)
    return {"point": points[study.best_trial.number], "epochs": epochs}


print(json.dumps([found(**sweep) for sweep in json.load(sys.stdin)]))

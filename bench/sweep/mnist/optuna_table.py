"""Prints how far Optuna's TPESampler is from the best accuracy of the table after each trial, in percentage points, as JSON:
optuna_table.py TABLE TRIALS REPETITIONS"""

import itertools
import json
import math
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

path, trials, repetitions = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path) as file:
    table = json.load(file)
grid = table["grid"]
best = {
    point: max(correct) / table["images"]["validation"] * 100
    for point, correct in zip(itertools.product(*grid.values()), table["correct"])
}


def nearest(values, number):
    return min(values, key=lambda value: abs(math.log(value / number)))


def objective(trial):
    point = (
        trial.suggest_categorical("model", grid["model"]),
        trial.suggest_categorical("optimizer", grid["optimizer"]),
        nearest(grid["learningRate"], trial.suggest_float("rate", grid["learningRate"][0], grid["learningRate"][-1], log=True)),
        nearest(grid["batchSize"], trial.suggest_int("size", grid["batchSize"][0], grid["batchSize"][-1], log=True)),
    )
    return max(best.values()) - best[point]


def lowest_values(seed):
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(objective, n_trials=trials)
    values = [trial.value for trial in study.trials]
    return [min(values[: count + 1]) for count in range(trials)]


print(json.dumps({"version": optuna.__version__, "curves": [lowest_values(seed) for seed in range(repetitions)]}))

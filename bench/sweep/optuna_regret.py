"""Prints the lowest values that Optuna's TPESampler finds on standard functions, as JSON: optuna_regret.py TRIALS REPETITIONS"""

import json
import math
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def sphere(trial):
    return sum(trial.suggest_float(f"x{i}", -5, 5) ** 2 for i in range(5))


def branin(trial):
    x = trial.suggest_float("x", -5, 10)
    y = trial.suggest_float("y", 0, 15)
    parabola = y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6
    return parabola**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10 - 0.397887


SHARPNESS = [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
]
PEAKS = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]
HEIGHTS = [1, 1.2, 3, 3.2]


def hartmann(trial):
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(6)]
    peaks = (
        height * math.exp(-sum(a * (value - p) ** 2 for a, value, p in zip(sharpness, x, peak)))
        for height, sharpness, peak in zip(HEIGHTS, SHARPNESS, PEAKS)
    )
    return 3.32237 - sum(peaks)


def mixed(trial):
    offset = {"a": 1, "b": 0.5, "c": 0, "d": 2}[trial.suggest_categorical("choice", ["a", "b", "c", "d"])]
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    size = trial.suggest_int("size", 4, 512, log=True)
    steps = trial.suggest_int("steps", 0, 30, step=3)
    return offset + (math.log10(rate) + 2.5) ** 2 + (math.log2(size) - 5) ** 2 / 4 + abs(steps - 12) / 6


def lowest_values(objective, seed, trials):
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(objective, n_trials=trials)
    values = [trial.value for trial in study.trials]
    return [min(values[: count + 1]) for count in range(trials)]


trials, repetitions = int(sys.argv[1]), int(sys.argv[2])
curves = {
    objective.__name__: [lowest_values(objective, seed, trials) for seed in range(repetitions)]
    for objective in (sphere, branin, hartmann, mixed)
}
print(json.dumps({"version": optuna.__version__, "curves": curves}))

# Prints the coefficients that other-libraries-groups.test.ts stores for scikit-learn, scipy, skglm and celer:
# python other-libraries-groups.py
import json
import warnings

import celer
import numpy as np
import scipy
import skglm
import sklearn
from scipy.optimize import nnls
from skglm.datafits import Huber
from skglm.penalties import L1
from skglm.solvers import AndersonCD
from sklearn.linear_model import LinearRegression, LogisticRegression, MultiTaskLasso

warnings.filterwarnings("ignore")
M, N = 40, 6
i, j = np.arange(M)[:, None], np.arange(N)[None, :]
A = ((i * 7 + j * 13 + (i * j) % 5) % 17) / 4 - 2 + (j + 1) * ((i * (j + 2)) % 7) / 10
b = A[:, 0] * 1.5 - A[:, 2] + 0.5 * A[:, 4] + ((np.arange(M) * 5) % 9) / 6
y = (b > np.median(b)).astype(int)
y[[3, 10, 21]] = 1 - y[[3, 10, 21]]
order = np.argsort(b, kind="stable")
classes = np.empty(M, int)
classes[order] = np.arange(M) * 3 // M
classes[[3, 10, 21]] = 2 - classes[[3, 10, 21]]
B = np.asfortranarray(np.stack([b, A[:, 1] - b / 2], axis=1))
F = np.asfortranarray(A)
w = 1.0 + np.arange(M) % 3
SAGA = {"solver": "saga", "tol": 1e-14, "max_iter": 10**6}
TIGHT = {"tol": 1e-13, "max_iter": 10**4, "max_epochs": 10**6}


def flat(model):
    """Coefficients, one output after the other, then intercepts; those of classes with mean 0."""
    intercepts = np.ravel(model.intercept_)
    if len(intercepts) > 2:
        intercepts = intercepts - intercepts.mean()
    return [float(v) for v in np.ravel(model.coef_)] + [float(v) for v in intercepts]


fits = {
    "scikit-learn MultiTaskLasso": flat(MultiTaskLasso(alpha=0.3, tol=1e-14, max_iter=10**6).fit(F, B)),
    "scikit-learn LogisticRegression classes": flat(LogisticRegression(l1_ratio=1, C=0.5, **SAGA).fit(A, classes)),
    "scikit-learn LogisticRegression classes, weighted": flat(
        LogisticRegression(l1_ratio=0.3, C=0.2, **SAGA).fit(A, classes, sample_weight=w)
    ),
    "scikit-learn LinearRegression positive": flat(LinearRegression(positive=True).fit(A, b)),
    "scipy nnls": [float(v) for v in nnls(A, b)[0]],
    "skglm GroupLasso": flat(skglm.GroupLasso(groups=2, alpha=0.4, **TIGHT).fit(F, b)),
    "skglm MultiTaskLasso": flat(skglm.MultiTaskLasso(alpha=0.3, **TIGHT).fit(F, B)),
    "skglm SparseLogisticRegression": flat(skglm.SparseLogisticRegression(alpha=0.05, **TIGHT).fit(F, y)),
    "skglm Huber": flat(
        skglm.GeneralizedLinearEstimator(
            Huber(0.5), L1(0.05), AndersonCD(tol=1e-14, max_iter=1000, max_epochs=10**5, fit_intercept=False)
        ).fit(F, b)
    ),
    "celer GroupLasso": flat(
        celer.GroupLasso(groups=2, alpha=0.4, weights=np.array([1.0, 0.5, 2.0]), **TIGHT).fit(F, b)
    ),
    "celer LogisticRegression": flat(celer.LogisticRegression(C=0.5, **TIGHT).fit(F, y)),
}
print(sklearn.__version__, scipy.__version__, skglm.__version__, celer.__version__)
print(json.dumps(fits, indent=1))

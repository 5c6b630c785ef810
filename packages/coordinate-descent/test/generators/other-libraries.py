# Prints the coefficients that other-libraries.test.ts stores for scikit-learn: python other-libraries.py
import json
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge
from sklearn.svm import LinearSVC

warnings.filterwarnings("ignore")
M, N = 40, 6
i, j = np.arange(M)[:, None], np.arange(N)[None, :]
A = ((i * 7 + j * 13 + (i * j) % 5) % 17) / 4 - 2 + (j + 1) * ((i * (j + 2)) % 7) / 10
b = A[:, 0] * 1.5 - A[:, 2] + 0.5 * A[:, 4] + ((np.arange(M) * 5) % 9) / 6
y = (b > np.median(b)).astype(int)
y[[3, 10, 21]] = 1 - y[[3, 10, 21]]
w = 1.0 + np.arange(M) % 3
TIGHT = {"tol": 1e-14, "max_iter": 10**6}
fits = {
    "Lasso": Lasso(alpha=0.3, **TIGHT).fit(A, b),
    "Lasso positive": Lasso(alpha=0.3, positive=True, fit_intercept=False, **TIGHT).fit(A, b),
    "ElasticNet": ElasticNet(alpha=0.2, l1_ratio=0.4, **TIGHT).fit(A, b, sample_weight=w),
    "Ridge": Ridge(alpha=3.0, solver="cholesky").fit(A, b),
    "LogisticRegression": LogisticRegression(l1_ratio=1, C=0.5, solver="saga", **TIGHT).fit(A, y),
    "LogisticRegression weighted": LogisticRegression(l1_ratio=0.3, C=0.2, solver="saga", **TIGHT).fit(A, y, sample_weight=w),
    "LinearSVC": LinearSVC(penalty="l1", dual=False, C=0.1, fit_intercept=False, random_state=0, **TIGHT).fit(A, y),
}
print(sklearn.__version__)
print(json.dumps({k: [float(v) for v in np.ravel(f.coef_)] + [float(np.ravel(f.intercept_)[0])] for k, f in fits.items()}, indent=1))

# Prints the coefficients that other-libraries.test.ts stores for glmnet: Rscript other-libraries.R
library(glmnet)
m <- 40
n <- 6
A <- matrix(0, m, n)
for (i in 0:(m - 1)) for (j in 0:(n - 1))
  A[i + 1, j + 1] <- ((i * 7 + j * 13 + (i * j) %% 5) %% 17) / 4 - 2 + (j + 1) * ((i * (j + 2)) %% 7) / 10
b <- A[, 1] * 1.5 - A[, 3] + 0.5 * A[, 5] + (((0:(m - 1)) * 5) %% 9) / 6
y <- as.integer(b > median(b))
for (k in c(4, 11, 22)) y[k] <- 1 - y[k]
w <- 1 + (0:(m - 1)) %% 3
lambdas <- c(2, 1, 0.5, 0.3, 0.2, 0.1, 0.05)
glmnet.control(fdev = 0, devmax = 1)
show <- function(name, lambda, ...) {
  fit <- glmnet(A, ..., lambda = lambdas, thresh = 1e-22, maxit = 1e8)
  all <- as.numeric(coef(fit, s = lambda))
  cat(name, sprintf("%.15g", c(all[-1], all[1])), "\n")
}
show("gaussian", 0.3, b, standardize = FALSE)
show("standardized", 0.3, b)
show("net", 0.2, b, alpha = 0.4, standardize = FALSE, weights = w)
show("factors", 0.3, b, standardize = FALSE, penalty.factor = c(0, 1, 1, 1, 1, 1), lower.limits = -0.5, upper.limits = 2)
show("binomial", 0.05, y, family = "binomial", standardize = FALSE)
show("binomial standardized", 0.05, y, family = "binomial", alpha = 0.5, weights = w)
cat(as.character(packageVersion("glmnet")), "\n")

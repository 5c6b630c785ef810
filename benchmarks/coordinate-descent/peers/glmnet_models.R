# Runs glmnet's logistic, softmax and multi-response models as a peer of the benchmark runner.
source(file.path(Sys.getenv("LEMMATA_PEERS"), "peer.R"))

hello <- function() list(version = as.character(packageVersion("glmnet")), details = list(R = R.version$version.string))

FAMILIES <- c(logistic = "binomial", softmax = "multinomial", `multi-task` = "mgaussian")

# The design as glmnet takes it: a matrix, or a sparse one by columns; targets as a factor of classes or a matrix.
load <- function(instance) {
  suppressPackageStartupMessages(library(glmnet))
  a <- instance$A
  instance$x <- if (a$layout == "column") {
    matrix(a$data, a$rows, a$cols)
  } else {
    Matrix::sparseMatrix(i = a$indices, p = a$indptr, x = a$data, dims = c(a$rows, a$cols), index1 = FALSE)
  }
  instance$y <- if (instance$model == "multi-task") {
    matrix(instance$b, a$rows, instance$outputs)
  } else {
    factor(instance$b)
  }
  instance
}

# One lambda, the columns as they are. Its rule bounds the change of an epoch, so the runner finds the threshold.
solve <- function(instance, tolerance) {
  began <- Sys.time()
  model <- glmnet(instance$x, instance$y, family = FAMILIES[[instance$model]], lambda = instance$lambda,
                  intercept = FALSE, standardize = FALSE, thresh = tolerance, maxit = 1e8)
  seconds <- as.numeric(difftime(Sys.time(), began, units = "secs"))
  blocks <- if (is.list(model$beta)) model$beta else list(model$beta)
  coefficients <- unlist(lapply(blocks, as.numeric))
  list(seconds = seconds, solution = list(coefficients = coefficients), counts = list(epochs = model$npasses))
}

serve(hello, load, solve)

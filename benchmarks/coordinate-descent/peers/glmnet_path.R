# Runs a path of glmnet as a peer of the benchmark runner.
source(file.path(Sys.getenv("LEMMATA_PEERS"), "peer.R"))

hello <- function() list(version = as.character(packageVersion("glmnet")), details = list(R = R.version$version.string))

# The design as glmnet takes it: a matrix, or a sparse one by columns. No path ends early.
load <- function(instance) {
  suppressPackageStartupMessages(library(glmnet))
  glmnet.control(fdev = 0, devmax = 1)
  a <- instance$A
  instance$x <- if (a$layout == "column") {
    matrix(a$data, a$rows, a$cols)
  } else {
    Matrix::sparseMatrix(i = a$indices, p = a$indptr, x = a$data, dims = c(a$rows, a$cols), index1 = FALSE)
  }
  instance
}

# All lambdas, the columns as they are. Its rule bounds the change of an epoch, so the runner finds the threshold.
solve <- function(instance, tolerance) {
  b <- instance$b
  began <- Sys.time()
  model <- glmnet(instance$x, b, lambda = instance$lambdas, intercept = FALSE, standardize = FALSE,
                  thresh = tolerance, maxit = 1e9)
  seconds <- as.numeric(difftime(Sys.time(), began, units = "secs"))
  list(seconds = seconds, solution = list(coefficients = as.numeric(as.matrix(model$beta))),
       counts = list(epochs = model$npasses))
}

serve(hello, load, solve)

# What the peers in R share: the protocol of the benchmark runner, version 1 (JSON lines, arrays in files).

suppressPackageStartupMessages(library(jsonlite))

READERS <- list(
  float64 = function(bytes, n) readBin(bytes, "double", n, endian = "little"),
  int32 = function(bytes, n) readBin(bytes, "integer", n, endian = "little"),
  uint8 = function(bytes, n) readBin(bytes, "integer", n, size = 1, signed = FALSE)
)
WIDTHS <- list(float64 = 8, int32 = 4, uint8 = 1)

# A line of JSON and the arrays after it.
read_tree <- function(path) {
  bytes <- readBin(path, "raw", file.info(path)$size)
  end <- which(bytes == as.raw(10))[1]
  head <- fromJSON(rawToChar(bytes[seq_len(end - 1)]), simplifyVector = FALSE)
  visit <- function(value) {
    if (!is.list(value)) return(value)
    mark <- value[["$array"]]
    if (is.null(mark)) return(lapply(value, visit))
    size <- WIDTHS[[mark$type]] * mark$length
    if (size == 0) return(numeric(0))
    READERS[[mark$type]](bytes[end + mark$offset + seq_len(size)], mark$length)
  }
  visit(head$tree)
}

# A flat list of numbers and vectors of doubles, in the same form: vectors become arrays, single numbers stay numbers
# unless they stand in `arrays`.
write_tree <- function(path, tree, arrays) {
  offset <- 0
  parts <- list()
  marks <- lapply(names(tree), function(name) {
    value <- tree[[name]]
    if (!(name %in% arrays)) return(value)
    parts[[length(parts) + 1]] <<- writeBin(as.double(value), raw(), endian = "little")
    mark <- list(`$array` = list(type = "float64", length = length(value), offset = offset))
    offset <<- offset + 8 * length(value)
    mark
  })
  names(marks) <- names(tree)
  head <- list(format = "lemmata/arrays", version = 1, bytes = offset, tree = marks)
  file <- file(path, "wb")
  writeBin(charToRaw(paste0(toJSON(head, auto_unbox = TRUE, digits = NA), "\n")), file)
  for (part in parts) writeBin(part, file)
  close(file)
}

send <- function(message) {
  cat(toJSON(message, auto_unbox = TRUE, digits = NA), "\n", sep = "")
  flush(stdout())
}

# Answers the runner until it says quit. hello() gives version and details, an error in it makes the peer unsupported;
# load(instance) gives a state, untimed; solve(state, tolerance) gives seconds, a solution and counts.
serve <- function(hello, load, solve, arrays = "coefficients") {
  input <- file("stdin", "r")
  state <- NULL
  folder <- NULL
  repeat {
    line <- readLines(input, 1)
    if (length(line) == 0) break
    message <- fromJSON(line, simplifyVector = FALSE)
    if (message$type == "hello") {
      reply <- tryCatch(hello(), error = function(problem) list(unsupported = conditionMessage(problem)))
      send(c(list(type = "hello", protocol = 1), reply))
    } else if (message$type == "load") {
      folder <- message$folder
      state <- load(read_tree(message$file))
      send(list(type = "loaded"))
    } else if (message$type == "run") {
      result <- solve(state, message$tolerance)
      path <- file.path(folder, "solution.bin")
      write_tree(path, result$solution, arrays)
      send(list(type = "result", seconds = result$seconds, counts = result$counts, file = path))
    } else {
      break
    }
  }
}

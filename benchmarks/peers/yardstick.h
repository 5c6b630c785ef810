/* What every yardstick in C shares: the protocol of the benchmark runner, version 1, for instances whose tree is flat
 * (numbers and arrays by name).
 *
 * A yardstick defines load (untimed, once), solve (timed, from nothing each time) and answer (untimed). */
#ifndef LEMMATA_YARDSTICK_H
#define LEMMATA_YARDSTICK_H
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What to ask for, in the unit of the metric; 0 when the suite has no target. */
static double tolerance;

static void load(void);
static void solve(void);
static void answer(void);

static char *instance_head;          /* JSON line of the instance file */
static unsigned char *instance_data; /* its arrays */
static FILE *out;           /* arrays of the solution */
static char solution_tree[4096], counts[1024];
static size_t tree_length, counts_length, out_bytes;

static void *make(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes / 64 + 1) * 64);
  if (memory == NULL) exit(3);
  memset(memory, 0, (bytes / 64 + 1) * 64);
  return memory;
}

static const char *member(const char *text, const char *name) {
  char key[80];
  snprintf(key, sizeof key, "\"%s\":", name);
  const char *found = strstr(text, key);
  if (found == NULL) {
    fprintf(stderr, "%s: expected in the message or instance, got none\n", name);
    exit(2);
  }
  return found + strlen(key);
}

/* A number of the instance. */
static inline double number(const char *name) { return strtod(member(instance_head, name), NULL); }

/* An array of the instance, at its place in memory: aligned to 8 bytes, and its number of entries. */
static inline const void *array(const char *name, long *length) {
  const char *mark = member(instance_head, name);
  *length = strtol(member(mark, "length"), NULL, 10);
  return instance_data + strtol(member(mark, "offset"), NULL, 10);
}

/* Adds a number to the solution. */
static inline void put_number(const char *name, double value) {
  tree_length += (size_t)snprintf(solution_tree + tree_length, sizeof solution_tree - tree_length, "%s\"%s\":%.17g",
                                  tree_length == 0 ? "" : ",", name, value);
}

/* Adds an array to the solution: type is float64, int32, uint8 and so on. */
static inline void put_array(const char *name, const char *type, const void *entries, long length, size_t entry_bytes) {
  static const char zeros[8];
  const size_t bytes = (size_t)length * entry_bytes, padding = (8 - bytes % 8) % 8;
  tree_length += (size_t)snprintf(solution_tree + tree_length, sizeof solution_tree - tree_length,
                                  "%s\"%s\":{\"$array\":{\"type\":\"%s\",\"length\":%ld,\"offset\":%zu}}",
                                  tree_length == 0 ? "" : ",", name, type, length, out_bytes);
  if (fwrite(entries, 1, bytes, out) != bytes || fwrite(zeros, 1, padding, out) != padding) exit(2);
  out_bytes += bytes + padding;
}

/* Adds a machine-independent cost. */
static inline void put_count(const char *name, double value) {
  counts_length += (size_t)snprintf(counts + counts_length, sizeof counts - counts_length, "%s\"%s\":%.17g",
                                    counts_length == 0 ? "" : ",", name, value);
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void copy_text(char *to, size_t size, const char *line, const char *name) {
  const char *from = member(line, name) + 1;
  size_t i = 0;
  while (from[i] != '"' && i + 1 < size) {
    to[i] = from[i];
    i++;
  }
  to[i] = 0;
}

static void read_instance(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) exit(2);
  fseek(file, 0, SEEK_END);
  const size_t bytes = (size_t)ftell(file);
  rewind(file);
  instance_head = make(bytes + 1);
  if (fread(instance_head, 1, bytes, file) != bytes) exit(2);
  fclose(file);
  char *end = memchr(instance_head, '\n', bytes);
  if (end == NULL) exit(2);
  *end = 0;
  const size_t left = bytes - (size_t)(end + 1 - instance_head);
  instance_data = make(left);
  memcpy(instance_data, end + 1, left);
}

static void write_solution(const char *path) {
  const long bytes = (long)out_bytes;
  unsigned char *arrays = make(out_bytes);
  rewind(out);
  if (fread(arrays, 1, out_bytes, out) != out_bytes) exit(2);
  FILE *file = fopen(path, "wb");
  if (file == NULL) exit(2);
  fprintf(file, "{\"format\":\"lemmata/arrays\",\"version\":1,\"bytes\":%ld,\"tree\":{%s}}\n", bytes, solution_tree);
  if (fwrite(arrays, 1, out_bytes, file) != out_bytes) exit(2);
  fclose(file);
  free(arrays);
}

int main(void) {
  static char line[16384], folder[4096], path[4200];
  while (fgets(line, sizeof line, stdin) != NULL) {
    char type[16];
    copy_text(type, sizeof type, line, "type");
    if (strcmp(type, "hello") == 0) {
      printf("{\"type\":\"hello\",\"protocol\":1,\"version\":\"C by compiler %d.%d\"}\n", __GNUC__, __GNUC_MINOR__);
    } else if (strcmp(type, "load") == 0) {
      copy_text(folder, sizeof folder, line, "folder");
      copy_text(path, sizeof path, line, "file");
      read_instance(path);
      load();
      printf("{\"type\":\"loaded\"}\n");
    } else if (strcmp(type, "run") == 0) {
      tolerance = strtod(member(line, "tolerance"), NULL);
      const double start = seconds_now();
      solve();
      const double seconds = seconds_now() - start;
      tree_length = counts_length = out_bytes = 0;
      solution_tree[0] = counts[0] = 0;
      out = tmpfile();
      if (out == NULL) exit(2);
      answer();
      snprintf(path, sizeof path, "%s/solution.bin", folder);
      write_solution(path);
      fclose(out);
      printf("{\"type\":\"result\",\"seconds\":%.9f,\"counts\":{%s},\"file\":\"%s\"}\n", seconds, counts, path);
    } else {
      return 0;
    }
    fflush(stdout);
  }
  return 0;
}
#endif

# Compiles a C source (first argument) with further flags into a folder of its own, runs the program, removes the folder.
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
source=$1
shift
"${CC:-cc}" -O3 -march=native -std=gnu11 -o "$folder/peer" "$source" "$@" -lm && "$folder/peer"

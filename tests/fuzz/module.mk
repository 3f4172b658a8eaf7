# Fuzz targets.  Under --enable-fuzzing libFuzzer drives them; else each replays
# its corpus, tests/fuzz/corpus/NAME/*, in `make check`.
if FUZZING
FUZZ_MAIN =
else
FUZZ_MAIN = tests/fuzz/replay.c
endif
EXTRA_DIST += %D%/module.mk tests/fuzz/replay.c

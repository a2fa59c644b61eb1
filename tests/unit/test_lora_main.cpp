#include <QtTest>

#include "core/tensor/torch.h"

int runLowRankTests(int argc, char** argv);
int runLoraFileTests(int argc, char** argv);

int main(int argc, char** argv) {
  at::set_num_threads(1);
  return runLowRankTests(argc, argv) | runLoraFileTests(argc, argv);
}

#include <QTest>

#include "core/tensor/torch.h"

int runPretrainTests(int argc, char** argv);
int runPretrainParityTests(int argc, char** argv);

int main(int argc, char** argv) {
  at::set_num_threads(1);  // so small a model only waits for its threads
  return runPretrainTests(argc, argv) + runPretrainParityTests(argc, argv);
}

#include <QtTest>

#include "core/tensor/torch.h"

int runLoraNamesTests(int argc, char** argv);
int runLoraParityTests(int argc, char** argv);
int runLoraWriteTests(int argc, char** argv);

int main(int argc, char** argv) {
  at::set_num_threads(1);  // the models are tiny; a second thread would mostly wait
  return runLoraNamesTests(argc, argv) | runLoraParityTests(argc, argv) | runLoraWriteTests(argc, argv);
}

#include <QtTest>

#include "core/tensor/torch.h"

int runModelConfigTests(int argc, char** argv);
int runModelClipTests(int argc, char** argv);
int runModelUnetTests(int argc, char** argv);
int runModelVaeTests(int argc, char** argv);

int main(int argc, char** argv) {
  at::set_num_threads(1);  // the models are tiny; a second thread would mostly wait
  return runModelConfigTests(argc, argv) | runModelClipTests(argc, argv) | runModelUnetTests(argc, argv) |
         runModelVaeTests(argc, argv);
}

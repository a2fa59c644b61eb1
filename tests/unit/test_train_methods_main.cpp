#include <QTest>

#include "core/tensor/torch.h"

int runMethodTests(int argc, char** argv);
int runOptimizerTests(int argc, char** argv);
int runRecomputeTests(int argc, char** argv);
int runPrecisionTests(int argc, char** argv);
int runLooksTrainingTests(int argc, char** argv);
int runLikenessScoreTests(int argc, char** argv);

int main(int argc, char** argv) {
  at::set_num_threads(1);  // so small a model only waits for its threads
  int failed = 0;
  for (const auto run :
       {runMethodTests, runOptimizerTests, runRecomputeTests, runPrecisionTests, runLooksTrainingTests,
        runLikenessScoreTests}) {
    failed += run(argc, argv);
  }
  return failed;
}

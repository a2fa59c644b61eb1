#include <QTest>

#include "core/tensor/torch.h"

int runLossTests(int argc, char** argv);
int runTrainingDrawTests(int argc, char** argv);
int runEmbeddingRowTests(int argc, char** argv);
int runCheckpointTests(int argc, char** argv);
int runPriorTests(int argc, char** argv);
int runPlannerTests(int argc, char** argv);
int runLessMemoryTests(int argc, char** argv);
int runTextConditionTests(int argc, char** argv);

int main(int argc, char** argv) {
  at::set_num_threads(1);  // so small a model only waits for its threads
  int failed = 0;
  for (const auto run : {runLossTests, runTrainingDrawTests, runEmbeddingRowTests, runCheckpointTests, runPriorTests,
                         runPlannerTests, runLessMemoryTests, runTextConditionTests}) {
    failed += run(argc, argv);
  }
  return failed;
}

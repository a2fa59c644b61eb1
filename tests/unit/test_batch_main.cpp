#include <QTest>

int runSweepFileTests(int argc, char** argv);
int runSweepTableTests(int argc, char** argv);
int runJobQueueTests(int argc, char** argv);

int main(int argc, char** argv) {
  return runSweepFileTests(argc, argv) + runSweepTableTests(argc, argv) + runJobQueueTests(argc, argv);
}

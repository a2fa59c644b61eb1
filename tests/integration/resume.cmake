likeness_test(resume TORCH
  SOURCES ${LIKENESS_TEST_DIR}/test_resume.cpp
  USES likeness_train
  TIMEOUT 600)

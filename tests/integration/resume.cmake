likeness_test(resume TORCH
  SOURCES ${LIKENESS_TEST_DIR}/test_resume.cpp
  USES likeness_train
  TIMEOUT 600)
likeness_test(lora_runs TORCH
  SOURCES ${LIKENESS_TEST_DIR}/test_lora_runs.cpp
  USES likeness_train
  TIMEOUT 600)

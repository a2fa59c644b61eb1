likeness_test(batch TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_batch_main.cpp
    ${LIKENESS_TEST_DIR}/test_sweep_file.cpp
    ${LIKENESS_TEST_DIR}/test_sweep_table.cpp
    ${LIKENESS_TEST_DIR}/test_job_queue.cpp
  USES likeness_batch)
likeness_test(import
  SOURCES
    ${LIKENESS_TEST_DIR}/test_import.cpp
  USES likeness_project)

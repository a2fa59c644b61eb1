# The pages on which one works: training, compose, export; through real widgets, without LibTorch.
likeness_test(gui_work GUI
  SOURCES
    ${LIKENESS_TEST_DIR}/work_main.cpp
    ${LIKENESS_TEST_DIR}/test_loss_history.cpp
    ${LIKENESS_TEST_DIR}/test_training_page.cpp
    ${LIKENESS_TEST_DIR}/test_compose_page.cpp
    ${LIKENESS_TEST_DIR}/test_prompt_line.cpp
    ${LIKENESS_TEST_DIR}/test_mask_painting.cpp
    ${LIKENESS_TEST_DIR}/test_picture_library.cpp
    ${LIKENESS_TEST_DIR}/test_export_page.cpp
  USES likeness_fake_backend QCustomPlotQt6::QCustomPlotQt6)

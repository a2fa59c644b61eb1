likeness_test(model TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_model_main.cpp
    ${LIKENESS_TEST_DIR}/test_model_config.cpp
    ${LIKENESS_TEST_DIR}/test_model_clip.cpp
    ${LIKENESS_TEST_DIR}/test_model_unet.cpp
    ${LIKENESS_TEST_DIR}/test_model_vae.cpp
  USES likeness_model likeness_weights)

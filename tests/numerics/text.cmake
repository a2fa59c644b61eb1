likeness_test(text TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_tokenizer.cpp
    ${LIKENESS_TEST_DIR}/test_prompt.cpp
  USES likeness_text likeness_weights)

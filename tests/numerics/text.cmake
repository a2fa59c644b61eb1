likeness_test(text TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_tokenizer.cpp
    ${LIKENESS_TEST_DIR}/test_prompt.cpp
    ${LIKENESS_TEST_DIR}/test_prompt_syntax.cpp
    ${LIKENESS_TEST_DIR}/test_encode_prompts.cpp
  USES likeness_text likeness_weights)

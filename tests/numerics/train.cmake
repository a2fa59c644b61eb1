likeness_test(train TORCH
  SOURCES ${LIKENESS_TEST_DIR}/test_trainer_parity.cpp
  USES likeness_train)
likeness_test(lora_training TORCH
  SOURCES ${LIKENESS_TEST_DIR}/test_lora_training.cpp
  USES likeness_train)

likeness_test(train TORCH
  SOURCES ${LIKENESS_TEST_DIR}/test_trainer_parity.cpp
  USES likeness_train)
likeness_test(train_recipes TORCH
  SOURCES ${LIKENESS_TEST_DIR}/test_recipes_parity.cpp
  USES likeness_train)

likeness_test(train_units TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_train_main.cpp
    ${LIKENESS_TEST_DIR}/test_losses.cpp
    ${LIKENESS_TEST_DIR}/test_training_draws.cpp
    ${LIKENESS_TEST_DIR}/test_embedding_rows.cpp
    ${LIKENESS_TEST_DIR}/test_checkpoints.cpp
    ${LIKENESS_TEST_DIR}/test_priors.cpp
    ${LIKENESS_TEST_DIR}/test_planner.cpp
    ${LIKENESS_TEST_DIR}/test_less_memory.cpp
    ${LIKENESS_TEST_DIR}/test_text_conditions.cpp
  USES likeness_train)
likeness_test(train_methods TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_train_methods_main.cpp
    ${LIKENESS_TEST_DIR}/test_methods.cpp
    ${LIKENESS_TEST_DIR}/test_optimizers.cpp
    ${LIKENESS_TEST_DIR}/test_recompute.cpp
    ${LIKENESS_TEST_DIR}/test_precision.cpp
    ${LIKENESS_TEST_DIR}/test_looks_training.cpp
    ${LIKENESS_TEST_DIR}/test_likeness_scores.cpp
  USES likeness_train)
likeness_test(pretrain TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_pretrain_main.cpp
    ${LIKENESS_TEST_DIR}/test_pretrain.cpp
    ${LIKENESS_TEST_DIR}/../numerics/test_pretrain_parity.cpp
  USES likeness_pretrain)

# The command line as its users and their scripts see it, on a tiny random model.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(cli_programs $<TARGET_FILE:likeness-cli> $<TARGET_FILE:make_tiny_model> ${CMAKE_SOURCE_DIR})
add_test(NAME cli COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/test_cli.py ${cli_programs})
add_test(NAME model_kinds COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/test_model_kinds.py ${cli_programs})
add_test(NAME recipes COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/test_recipes.py ${cli_programs})
add_test(NAME adapters COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/test_adapters.py ${cli_programs})
add_test(NAME sweep COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/test_sweep.py ${cli_programs})
add_test(NAME bad_input COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/bad_input.py ${cli_programs})
add_test(NAME kill_resume COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/kill_resume.py
  --cli $<TARGET_FILE:likeness-cli> --make-model $<TARGET_FILE:make_tiny_model> --source ${CMAKE_SOURCE_DIR} --kills 2)
add_test(NAME kill_resume_lora COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/kill_resume.py
  --cli $<TARGET_FILE:likeness-cli> --make-model $<TARGET_FILE:make_tiny_model> --source ${CMAKE_SOURCE_DIR} --kills 2
  -- --set method=lora --set lora_dropout=0.1 --set lora_dora=true)
add_test(NAME kill_resume_word COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/kill_resume.py
  --cli $<TARGET_FILE:likeness-cli> --make-model $<TARGET_FILE:make_tiny_model> --source ${CMAKE_SOURCE_DIR} --kills 1
  -- --set method=textual-inversion --set token_vectors=2 --set prior_weight=0)
add_test(NAME kill_resume_subjects COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/kill_resume.py
  --cli $<TARGET_FILE:likeness-cli> --make-model $<TARGET_FILE:make_tiny_model> --source ${CMAKE_SOURCE_DIR} --kills 1
  --subjects)
set_tests_properties(cli model_kinds recipes adapters sweep bad_input kill_resume kill_resume_lora kill_resume_word
  kill_resume_subjects PROPERTIES TIMEOUT 900)

# The readers of untrusted bytes under mutation: briefly in every test run, and by libFuzzer (packaging/linux/fuzz.sh).
set(fuzz_targets
  ${LIKENESS_TEST_DIR}/targets.cpp
  ${LIKENESS_TEST_DIR}/fuzz_weights.cpp
  ${CMAKE_SOURCE_DIR}/tests/unit/hostile_files.cpp
  ${CMAKE_SOURCE_DIR}/tests/unit/hostile_zips.cpp
  ${CMAKE_SOURCE_DIR}/tests/unit/hostile_pickles.cpp)

likeness_test(fuzz_replay TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_fuzz_replay.cpp
    ${fuzz_targets}
    ${CMAKE_SOURCE_DIR}/tests/support/allocation_peak.cpp
  USES likeness_weights likeness_torch_maker)

# What is fuzzed is compiled once more, instrumented: parsing calls nothing of LibTorch, so that needs only its headers.
option(LIKENESS_FUZZ "Build likeness_fuzz (needs clang)" OFF)
if(LIKENESS_FUZZ)
  set(fuzzed
    core/base/error.cpp
    core/base/text.cpp
    core/weights/tensor_layout.cpp
    core/weights/safetensors_header.cpp
    core/weights/pickle_value.cpp
    core/weights/torch_storages.cpp
    core/weights/pickle_machine.cpp
    core/weights/pickle_calls.cpp
    core/weights/zip_directory.cpp
    core/weights/torch_contents.cpp
    core/weights/torch_names.cpp
    tests/support/torch_maker.cpp)
  list(TRANSFORM fuzzed PREPEND ${CMAKE_SOURCE_DIR}/)
  add_executable(likeness_fuzz ${LIKENESS_TEST_DIR}/fuzz_main.cpp ${fuzz_targets} ${fuzzed})
  target_compile_options(likeness_fuzz PRIVATE -O1 -g1 -fsanitize=fuzzer,address,undefined
                         -fno-sanitize-recover=undefined)
  target_link_options(likeness_fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
  target_include_directories(likeness_fuzz SYSTEM PRIVATE ${TORCH_INCLUDE_DIRS})
  target_precompile_headers(likeness_fuzz PRIVATE ${CMAKE_SOURCE_DIR}/core/tensor/torch.h)
  target_link_libraries(likeness_fuzz PRIVATE likeness_options nlohmann_json::nlohmann_json ICU::uc)
endif()

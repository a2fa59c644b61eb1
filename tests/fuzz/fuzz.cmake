# The readers of untrusted bytes under mutation: briefly in every test run, and by libFuzzer (packaging/linux/fuzz.sh).
find_package(ZLIB REQUIRED)
set(fuzz_targets
  ${LIKENESS_TEST_DIR}/targets.cpp
  ${LIKENESS_TEST_DIR}/fuzz_weights.cpp
  ${LIKENESS_TEST_DIR}/line_source.cpp
  ${LIKENESS_TEST_DIR}/fuzz_tensors.cpp
  ${LIKENESS_TEST_DIR}/fuzz_pictures.cpp
  ${LIKENESS_TEST_DIR}/fuzz_texts.cpp
  ${CMAKE_SOURCE_DIR}/tests/unit/hostile_files.cpp
  ${CMAKE_SOURCE_DIR}/tests/unit/hostile_zips.cpp
  ${CMAKE_SOURCE_DIR}/tests/unit/hostile_pickles.cpp)

likeness_test(fuzz_replay TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_fuzz_replay.cpp
    ${fuzz_targets}
    ${CMAKE_SOURCE_DIR}/tests/support/allocation_peak.cpp
  USES likeness_weights likeness_data likeness_project likeness_torch_maker ZLIB::ZLIB)

# What is fuzzed is compiled once more, instrumented; LibTorch, zlib and ICU are as they are.
option(LIKENESS_FUZZ "Build likeness_fuzz (needs clang)" OFF)
if(LIKENESS_FUZZ)
  set(fuzzed
    core/base/error.cpp
    core/base/atomic_file.cpp
    core/base/mapped_file.cpp
    core/base/json.cpp
    core/base/text.cpp
    core/api/options.cpp
    core/api/method_options.cpp
    core/api/sampler.cpp
    core/api/sample_options.cpp
    core/api/sample_grid.cpp
    core/api/parameters_text.cpp
    core/api/recipe_json.cpp
    core/project/yaml_file.cpp
    core/project/option_importer.cpp
    core/project/import_sd_scripts.cpp
    core/project/import_one_trainer.cpp
    core/tensor/check.cpp
    core/model/low_rank.cpp
    core/model/adaptable_layer.cpp
    core/weights/tensor_layout.cpp
    core/weights/tensor_at.cpp
    core/weights/safetensors_header.cpp
    core/weights/safetensors.cpp
    core/weights/pickle_value.cpp
    core/weights/torch_storages.cpp
    core/weights/pickle_machine.cpp
    core/weights/pickle_calls.cpp
    core/weights/zip_directory.cpp
    core/weights/torch_contents.cpp
    core/weights/torch_names.cpp
    core/weights/torch_file.cpp
    core/weights/open_weights.cpp
    core/weights/mapped_source.cpp
    core/weights/textual_inversion.cpp
    core/weights/lora_key.cpp
    core/weights/lora_names.cpp
    core/weights/lora_settings.cpp
    core/weights/lora_file.cpp
    core/weights/lora.cpp
    core/weights/layouts/key_map.cpp
    core/weights/layouts/layout_maps.cpp
    core/weights/layouts/recognize.cpp
    core/weights/layouts/family_configs.cpp
    core/weights/layouts/deduce_configs.cpp
    core/weights/layouts/part_views.cpp
    core/weights/layouts/single_file_metadata.cpp
    core/weights/layouts/model_files.cpp
    core/weights/layouts/open_single_file.cpp
    core/data/heif_boxes.cpp
    core/data/inflate.cpp
    core/data/file_metadata.cpp
    core/data/png_text.cpp
    core/data/exif_text.cpp
    core/data/xmp_text.cpp
    core/data/picture_segments.cpp
    core/data/picture_texts.cpp
    tests/support/torch_maker.cpp)
  list(TRANSFORM fuzzed PREPEND ${CMAKE_SOURCE_DIR}/)
  add_executable(likeness_fuzz ${LIKENESS_TEST_DIR}/fuzz_main.cpp ${fuzz_targets} ${fuzzed})
  target_compile_options(likeness_fuzz PRIVATE -O1 -g1 -fsanitize=fuzzer,address,undefined
                         -fno-sanitize-recover=undefined)
  target_link_options(likeness_fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
  target_precompile_headers(likeness_fuzz PRIVATE ${CMAKE_SOURCE_DIR}/core/tensor/torch.h)
  foreach(file ${LIKENESS_TEST_DIR}/fuzz_main.cpp ${fuzz_targets} ${fuzzed})
    likeness_reads_torch(${file} torch)
    if(NOT torch)
      set_source_files_properties(${file} TARGET_DIRECTORY likeness_fuzz PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
  target_link_libraries(likeness_fuzz PRIVATE likeness_options likeness_torch nlohmann_json::nlohmann_json yaml-cpp
                        OpenSSL::Crypto ICU::uc ZLIB::ZLIB)
endif()

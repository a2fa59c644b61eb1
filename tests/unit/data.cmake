find_package(ZLIB REQUIRED)
likeness_test(data TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_data_main.cpp
    ${LIKENESS_TEST_DIR}/photo_maker.cpp
    ${LIKENESS_TEST_DIR}/test_photo_orientation.cpp
    ${LIKENESS_TEST_DIR}/test_photo_colour.cpp
    ${LIKENESS_TEST_DIR}/test_photo_kinds.cpp
    ${LIKENESS_TEST_DIR}/test_photo_bad.cpp
    ${LIKENESS_TEST_DIR}/test_photo_crop.cpp
    ${LIKENESS_TEST_DIR}/test_photo_looks.cpp
    ${LIKENESS_TEST_DIR}/test_photo_findings.cpp
    ${LIKENESS_TEST_DIR}/test_picture_file.cpp
    ${LIKENESS_TEST_DIR}/test_picture_texts.cpp
    ${LIKENESS_TEST_DIR}/test_picture_latents.cpp
  USES likeness_data PkgConfig::OpenImageIO PkgConfig::lcms2 ZLIB::ZLIB)

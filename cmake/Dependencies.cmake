# LibTorch: CMAKE_PREFIX_PATH or LIKENESS_TORCH (a folder that holds share/cmake/Torch) names it.
set(LIKENESS_TORCH "$ENV{LIKENESS_TORCH}" CACHE PATH "Folder of a LibTorch")
if(LIKENESS_TORCH)
  list(PREPEND CMAKE_PREFIX_PATH ${LIKENESS_TORCH})
endif()
find_package(Torch REQUIRED)
# The wheel's config does not say what it was built with beyond this; torch/csrc/api holds the C++ front end.
add_library(likeness_torch INTERFACE)
target_link_libraries(likeness_torch INTERFACE ${TORCH_LIBRARIES})
target_include_directories(likeness_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)

# Debian 12's CMake config of OpenImageIO names packages that it does not depend on; pkg-config is right.
find_package(PkgConfig REQUIRED)
pkg_check_modules(OpenImageIO REQUIRED IMPORTED_TARGET OpenImageIO)
pkg_check_modules(lcms2 REQUIRED IMPORTED_TARGET lcms2)
pkg_check_modules(turbojpeg REQUIRED IMPORTED_TARGET libturbojpeg)

# PrintSupport must come before QCustomPlot, whose config does not find it by itself.
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Svg Network PrintSupport Test LinguistTools)
find_package(QCustomPlotQt6 REQUIRED)

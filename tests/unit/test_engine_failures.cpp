#include "tests/unit/test_engine_failures.h"

#include <c10/util/Exception.h>

#include <QTest>
#include <filesystem>
#include <new>
#include <stdexcept>

#include "core/engine/failure.h"
#include "core/train/memory_changes.h"

using namespace likeness;

namespace {

template <typename Thrower>
Error errorOf(Thrower thrower, const std::string& advice = {}) {
  try {
    thrower();
  } catch (...) {
    return currentFailure(advice);
  }
  return {};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

void TestEngineFailures::convertsEveryKindOfException() {
  QCOMPARE(errorOf([] { throw ErrorException({ErrorCode::DiskFull, "full"}); }).code, ErrorCode::DiskFull);
  QCOMPARE(errorOf([] { throw std::bad_alloc(); }).code, ErrorCode::OutOfMemory);
  QCOMPARE(errorOf([] { throw std::runtime_error("odd"); }).code, ErrorCode::Internal);
  QCOMPARE(errorOf([] { throw 3; }).code, ErrorCode::Internal);
  const auto missing = errorOf([] { static_cast<void>(std::filesystem::file_size("/no/such/file")); });
  QCOMPARE(missing.code, ErrorCode::NotFound);
  QVERIFY(contains(missing.message, "/no/such/file"));
}

void TestEngineFailures::hidesBacktraces() {
  const auto error = errorOf([] { TORCH_CHECK(false, "sizes do not fit"); });
  QCOMPARE(error.code, ErrorCode::Internal);
  QVERIFY(contains(error.message, "sizes do not fit"));
  QVERIFY(!contains(error.message, "frame #") && !contains(error.message, "\n"));
  QVERIFY(error.detail.size() > error.message.size());  // the whole of it, for the log
}

void TestEngineFailures::outOfMemoryNamesSettings() {
  TrainConfig config;
  config.batchSize = 4;
  config.precision = Precision::Fp32;
  config.resolution = 512;
  const auto error = errorOf(
      [] {
        TORCH_CHECK(
            false,
            "[enforce fail at alloc_cpu.cpp:1] DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes.");
      },
      memoryAdvice(config));
  QCOMPARE(error.code, ErrorCode::OutOfMemory);
  for (const char* part : {"batch_size=1", "gradient_accumulation=4", "precision=bf16", "resolution=256"}) {
    QVERIFY2(contains(error.message, part), error.message.c_str());
  }
}

#include "moc_test_engine_failures.cpp"

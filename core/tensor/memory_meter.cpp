#include "core/tensor/memory_meter.h"

#include <c10/util/Logging.h>

#include <utility>

namespace likeness {

// The allocator tells PyTorch's profiler of each block; this stands where the profiler would.
class MemoryMeter::Counter : public c10::MemoryReportingInfoBase {
 public:
  void reportMemoryUsage(void*, std::int64_t bytes, std::size_t, std::size_t, c10::Device device) override {
    if (!device.is_cpu()) return;
    m_live += bytes;
    m_trace.push_back(m_live);
  }
  [[nodiscard]] bool memoryProfilingEnabled() const override { return true; }

  std::int64_t m_live = 0;
  std::vector<std::int64_t> m_trace;
};

constexpr int kErrorsOnly = 2;  // the allocator would warn on standard error of blocks that are older than the meter

MemoryMeter::MemoryMeter()
    : m_logLevel(std::exchange(FLAGS_caffe2_log_level, kErrorsOnly)),
      m_counter(std::make_shared<Counter>()),
      m_guard(c10::DebugInfoKind::PROFILER_STATE, m_counter) {}

MemoryMeter::~MemoryMeter() { FLAGS_caffe2_log_level = m_logLevel; }

const std::vector<std::int64_t>& MemoryMeter::trace() const { return m_counter->m_trace; }

}  // namespace likeness

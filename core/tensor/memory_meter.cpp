#include "core/tensor/memory_meter.h"

#include <algorithm>

namespace likeness {

// The allocator tells PyTorch's profiler of each block; this stands where the profiler would.
class MemoryMeter::Counter : public c10::MemoryReportingInfoBase {
 public:
  void reportMemoryUsage(void*, std::int64_t bytes, std::size_t, std::size_t, c10::Device device) override {
    if (!device.is_cpu()) return;
    m_live += bytes;
    m_peak = std::max(m_peak, m_live);
  }
  [[nodiscard]] bool memoryProfilingEnabled() const override { return true; }

  std::int64_t m_live = 0, m_peak = 0;
};

MemoryMeter::MemoryMeter()
    : m_counter(std::make_shared<Counter>()), m_guard(c10::DebugInfoKind::PROFILER_STATE, m_counter) {}

std::int64_t MemoryMeter::live() const { return m_counter->m_live; }

std::int64_t MemoryMeter::peak() const { return m_counter->m_peak; }

}  // namespace likeness

#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "core/tensor/torch.h"

namespace likeness {

/// Counts the tensor memory that the calling thread takes and gives back, from when it is made until it ends; one at a
/// time on a thread, not while PyTorch's profiler runs. What was there before is not counted, nor is giving it back.
/// Bytes. Device: the CPU's allocator. Threads: made and read on one thread; memory that other threads take is not seen.
class MemoryMeter {
 public:
  MemoryMeter();
  ~MemoryMeter();
  MemoryMeter(const MemoryMeter&) = delete;
  MemoryMeter& operator=(const MemoryMeter&) = delete;

  /// Taken and not given back yet, after each time that something was taken or given back. The same work on pictures of
  /// another size gives a trace of the same length.
  [[nodiscard]] const std::vector<std::int64_t>& trace() const;

 private:
  class Counter;
  int m_logLevel;  ///< of LibTorch's own log, put back afterwards
  std::shared_ptr<Counter> m_counter;
  c10::DebugInfoGuard m_guard;
};

}  // namespace likeness

#pragma once
#include <cstdint>
#include <memory>

#include "core/tensor/torch.h"

namespace likeness {

/// Counts the tensor memory that the calling thread takes and gives back, from when it is made until it ends; one at a
/// time on a thread, not while PyTorch's profiler runs. What was there before is not counted, nor is giving it back.
/// Bytes. Device: the CPU's allocator. Threads: made and read on one thread; memory that other threads take is not seen.
class MemoryMeter {
 public:
  MemoryMeter();

  /// Taken and not given back yet; and the most that this ever was.
  [[nodiscard]] std::int64_t live() const;
  [[nodiscard]] std::int64_t peak() const;

 private:
  class Counter;
  std::shared_ptr<Counter> m_counter;
  c10::DebugInfoGuard m_guard;
};

}  // namespace likeness

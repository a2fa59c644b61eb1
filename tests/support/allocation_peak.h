#pragma once
#include <cstddef>

namespace likeness {

/// How many bytes were in use at most, by operator new in the whole process, beyond those in use when this was made.
/// Only in programs that link allocation_peak.cpp, which replaces operator new and delete. One at a time.
class AllocationPeak {
 public:
  AllocationPeak();
  [[nodiscard]] std::size_t bytes() const;

 private:
  std::size_t m_before;
};

}  // namespace likeness

#pragma once
#include <cstdint>

namespace likeness {

/// Peak resident set of this process, bytes.
[[nodiscard]] std::uint64_t peakResidentBytes();

/// Resident set of this process now, bytes.
[[nodiscard]] std::uint64_t residentBytes();

/// Keeps freed tensor memory in the process instead of unmapping it, which costs a page fault per 4 kB at every step.
/// Call once, before the first tensor.
void tuneAllocator();

}  // namespace likeness

#pragma once
#include <cstddef>
#include <cstdint>

namespace at {
class Tensor;
}

namespace likeness {

/// Peak resident set of this process, bytes.
[[nodiscard]] std::uint64_t peakResidentBytes();

/// Peak since the last call of restartPeak(), bytes; of the whole process's life where the system can't count anew.
/// Source: Linux, Documentation/filesystems/proc.rst: VmHWM, and 5 written to clear_refs.
[[nodiscard]] std::uint64_t peakSinceRestart();
void restartPeak();

/// Resident set of this process now, bytes.
[[nodiscard]] std::uint64_t residentBytes();

/// Keeps freed tensor memory in the process instead of unmapping it, which costs a page fault per 4 kB at every step.
/// Call once, before the first tensor.
void tuneAllocator();

/// While it lives, blocks of 24 MB and more come from the system and go back to it at once, in spite of
/// tuneAllocator(): large weights that are cast, and their gradients, would leave gaps between what stays, a gigabyte for
/// a full-size UNet. Costs page faults. One at a time. Threads: any; holds for all.
class LargeBlocksApart {
 public:
  LargeBlocksApart();
  ~LargeBlocksApart();
  LargeBlocksApart(const LargeBlocksApart&) = delete;
  LargeBlocksApart& operator=(const LargeBlocksApart&) = delete;
};

/// Gives memory that was freed, and that tuneAllocator() keeps, back to the system. For the end of a phase of work that
/// is followed by one of another kind: takes milliseconds, and what is needed again costs page faults.
void releaseFreedMemory();

/// Gives back the memory of those pages in [begin, begin + bytes) that only mirror a mapped file: whoever reads them next
/// finds the file's content again. Pages that were written to, and memory of any other kind, stay.
/// Threads: nobody else may write to the range meanwhile. Does nothing where the system doesn't say which pages those are.
void releaseMirroredPages(const void* begin, std::size_t bytes);

/// The same for a tensor's memory; nothing happens to one that isn't on the CPU. It stays usable.
void releaseMirroredPages(const at::Tensor& tensor);

}  // namespace likeness

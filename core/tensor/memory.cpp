#include "core/tensor/memory.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "core/tensor/torch.h"

namespace likeness {
namespace {

constexpr int kKeptBlock = 256 << 20;
constexpr int kLargeBlock = 24 << 20;  // less than a kernel of 1280 by 1280 channels in bf16, more than most activations

// Bits of an entry of /proc/self/pagemap (Linux, Documentation/admin-guide/mm/pagemap.rst).
constexpr std::uint64_t kPresent = std::uint64_t{1} << 63;
constexpr std::uint64_t kOfFile = std::uint64_t{1} << 61;  // not a private copy

bool mirrorsFile(std::uint64_t entry) { return (entry & kPresent) != 0 && (entry & kOfFile) != 0; }

// Drops the runs of pages that mirror a file, among those that begin at `firstPage`.
void dropRuns(const std::vector<std::uint64_t>& entries, std::size_t count, std::uintptr_t firstPage, std::size_t page) {
  for (std::size_t begin = 0; begin < count;) {
    if (!mirrorsFile(entries[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < count && mirrorsFile(entries[end])) ++end;
    madvise(reinterpret_cast<void*>((firstPage + begin) * page), (end - begin) * page, MADV_DONTNEED);
    begin = end;
  }
}

}  // namespace

std::uint64_t peakResidentBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

std::uint64_t peakSinceRestart() {
  std::ifstream status("/proc/self/status");
  for (std::string key; status >> key; status.ignore(1 << 20, '\n')) {
    std::uint64_t kilobytes = 0;
    if (key == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
  }
  return peakResidentBytes();
}

void restartPeak() { std::ofstream("/proc/self/clear_refs") << 5; }

std::uint64_t residentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

void tuneAllocator() {
  mallopt(M_MMAP_THRESHOLD, kKeptBlock);
  mallopt(M_TRIM_THRESHOLD, kKeptBlock);
}

LargeBlocksApart::LargeBlocksApart() { mallopt(M_MMAP_THRESHOLD, kLargeBlock); }

LargeBlocksApart::~LargeBlocksApart() { mallopt(M_MMAP_THRESHOLD, kKeptBlock); }

void releaseFreedMemory() { malloc_trim(0); }

void releaseMirroredPages(const void* begin, std::size_t bytes) {
  if (bytes == 0) return;
  const int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (pagemap < 0) return;
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const auto address = reinterpret_cast<std::uintptr_t>(begin);
  const std::uintptr_t end = (address + bytes + page - 1) / page;
  std::vector<std::uint64_t> entries(16384);
  for (std::uintptr_t at = address / page; at < end;) {
    const std::size_t wanted = std::min<std::size_t>(entries.size(), end - at) * sizeof(std::uint64_t);
    const auto got = pread(pagemap, entries.data(), wanted, static_cast<off_t>(at * sizeof(std::uint64_t)));
    if (got < static_cast<ssize_t>(sizeof(std::uint64_t))) break;
    const auto count = static_cast<std::size_t>(got) / sizeof(std::uint64_t);
    dropRuns(entries, count, at, page);
    at += count;
  }
  close(pagemap);
}

void releaseMirroredPages(const at::Tensor& tensor) {
  if (tensor.is_cpu()) releaseMirroredPages(tensor.const_data_ptr(), tensor.nbytes());
}

}  // namespace likeness

#include "ui/shell/system_memory.h"

#include <QtGlobal>

#ifdef Q_OS_WIN
#include <windows.h>
// psapi.h needs windows.h before it
#include <psapi.h>
#else
#include <unistd.h>

#include <fstream>
#endif

namespace likeness {

#ifdef Q_OS_WIN

std::uint64_t totalMemory() {
  MEMORYSTATUSEX status{};
  status.dwLength = sizeof(status);
  return GlobalMemoryStatusEx(&status) ? status.ullTotalPhys : 0;
}

std::uint64_t residentMemory() {
  PROCESS_MEMORY_COUNTERS counters{};
  return GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)) ? counters.WorkingSetSize : 0;
}

#else

std::uint64_t totalMemory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  return pages > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) : 0;
}

std::uint64_t residentMemory() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  if (!(statm >> size >> resident)) return 0;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

#endif

}  // namespace likeness
